// SPDX-License-Identifier: GPL-2.0-or-later
/* Stores convert: the low bits stay, a wider type gets sign or zeros. */
#include "oomrace.h"

int narrow, narrow_negative, from_unsigned;
unsigned int cut, cut_negative;
long widened, widened_unsigned, from_huge;
unsigned long sign_spread, zero_spread;
bool truth;

static long through_parameter(int value)
{
	return value;
}

static int through_return(long value)
{
	return value;
}

void run(void)
{
	long big = 0x123456789abcdefl;
	int negative = -2;
	unsigned int high = 0xfffffffeu;
	unsigned long huge = 0xfffffffffffffff0ul;

	narrow = big;
	narrow_negative = high;
	from_unsigned = huge;
	cut = big;
	cut_negative = negative;
	widened = negative;
	widened_unsigned = high;
	from_huge = huge;
	sign_spread = negative;
	zero_spread = high;
	truth = big;
	widened += through_parameter(big);
	narrow += through_return(huge) / 2;
}
