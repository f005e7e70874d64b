// SPDX-License-Identifier: GPL-2.0-or-later
/* Casts between integer types, alone and inside larger expressions. */
#include "oomrace.h"

typedef unsigned long mask_t;

int to_int, back;
unsigned int to_unsigned;
long to_long, product, kept;
unsigned long to_mask, filled;
bool to_bool, from_mask;

void run(void)
{
	long wide = 0x1ffffffffl;
	int million = 1000000;
	int negative = -7;

	to_int = (int)wide;
	to_unsigned = (unsigned int)negative;
	to_long = (long)to_unsigned;
	to_mask = (mask_t)negative;
	to_bool = (bool)wide;
	from_mask = (bool)(to_mask >> 63 << 63);
	product = (long)million * million;
	kept = (long)(int)wide;
	filled = ~(mask_t)0 ^ (unsigned int)-1;
	from_mask |= (int)(bool)(mask_t)(wide - wide);
	filled >>= (int)(mask_t)-60 & 63;
	back = (int)(unsigned int)(long)negative;
}
