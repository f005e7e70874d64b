// SPDX-License-Identifier: GPL-2.0-or-later
/* Comparisons of signed with unsigned: gcc -Wextra warns, the rules are firm. */
#include "oomrace.h"

bool less, equal, greater, long_less, unsigned_long_less, constant_less;
int chosen;
long chosen_long;
enum level { LOW, HIGH } level = HIGH;
bool below_level;

void run(void)
{
	int minus_one = -1;
	unsigned int one = 1, ones = 0xffffffffu;
	long long_minus_one = -1;
	unsigned long long_one = 1;

	less = minus_one < one;
	equal = minus_one == ones;
	greater = minus_one > one;
	long_less = long_minus_one < one;
	unsigned_long_less = long_minus_one < long_one;
	constant_less = -1 < 1u;
	chosen = one ? minus_one : ones;
	chosen_long = one ? minus_one : ones;
	below_level = minus_one < level;
	for (int i = -2; i < (long)one; i++)
		chosen += i;
}
