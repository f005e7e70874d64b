// SPDX-License-Identifier: GPL-2.0-or-later
/* The six comparisons give int 0 or 1, and can be calculated with. */
#include "oomrace.h"

int results[6], unsigned_results[6], chained, counted;
bool widened, narrowed, equal_bools;

void run(void)
{
	int a = -3, b = 4;
	unsigned int x = 4294967293u, y = 4;
	long wide = -1;

	results[0] = a < b;
	results[1] = a > b;
	results[2] = a <= b;
	results[3] = a >= b;
	results[4] = a == b;
	results[5] = a != b;
	unsigned_results[0] = x < y;
	unsigned_results[1] = x > y;
	unsigned_results[2] = x <= 4294967293u;
	unsigned_results[3] = x >= y;
	unsigned_results[4] = x == y;
	unsigned_results[5] = x != y;
	chained = (a < b) < (b < 1);
	counted = (a < 0) + (b > 0) + (x > 0) * 10;
	widened = wide < x;
	narrowed = a == (int)x;
	equal_bools = !a == !b;
}
