// SPDX-License-Identifier: GPL-2.0-or-later
/* long has 64 bits; an int operand is widened before the operation. */
#include "oomrace.h"

long product, sum, narrow_sum, far, negative;
unsigned long pages, bytes;
unsigned int low_half;

void run(void)
{
	int million = 1000000;
	long wide = million;

	product = wide * million * million;
	sum = wide + 2147483647;
	narrow_sum = million + million;
	far = -9223372036854775807l - 1;
	negative = -wide * 3;
	pages = 262144;
	bytes = pages << 12;
	bytes += 4294967296ul;
	low_half = bytes + 17;
}
