// SPDX-License-Identifier: GPL-2.0-or-later
/* Sums, products and precedence of int, close to both ends of its range. */
#include "oomrace.h"

int top = 2147483647, bottom = -2147483647 - 1;
int sum, difference, product, mixed, negated, plus, chain, grouped;

void run(void)
{
	int a = 46340, b = -46341, c = 7;

	sum = top + bottom;
	difference = bottom - b;
	product = a * b;
	mixed = a + b * c - -c;
	negated = -top;
	plus = +b - +1;
	chain = a - b - c - 1;
	grouped = a - (b - (c - 1));
	top -= 1;
	bottom += c;
}
