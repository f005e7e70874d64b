// SPDX-License-Identifier: GPL-2.0-or-later
/* bool becomes int in arithmetic; int beside unsigned becomes unsigned. */
#include "oomrace.h"

bool yes = true, no;
int truths, minus, inverted;
unsigned int to_unsigned, half;
long from_int, from_unsigned, quotient;
unsigned long spread;

void run(void)
{
	int minus_one = -1;
	unsigned int one = 1;
	long long_one = 1;

	truths = yes + yes + no + (3 > 2);
	minus = -yes;
	inverted = !yes - !no;
	to_unsigned = minus_one + one * 2;
	half = (minus_one + one - 1) / 2;
	from_int = minus_one * long_one;
	from_unsigned = -one * long_one;
	quotient = (minus_one - one) / 2;
	spread = minus_one + 2ul;
}
