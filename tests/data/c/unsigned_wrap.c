// SPDX-License-Identifier: GPL-2.0-or-later
/* Unsigned types wrap at their own width, 32 and 64 bits. */
#include "oomrace.h"

unsigned int sum, difference, product, negated, square;
unsigned long long_sum, long_difference, long_product, long_negated;
unsigned int counter = 4294967295u;
unsigned long long_counter;

void run(void)
{
	unsigned int big = 4000000000u, small = 5;
	unsigned long huge = 18446744073709551610ul;

	sum = big + big;
	difference = small - big;
	product = big * 3u;
	negated = -small;
	square = 65537u * 65537u;
	long_sum = huge + 10;
	long_difference = 3ul - huge;
	long_product = huge * huge;
	long_negated = -huge;
	counter++;
	long_counter--;
}
