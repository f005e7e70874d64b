// SPDX-License-Identifier: GPL-2.0-or-later
/* The type of a shift is that of its left side; signed >> keeps the sign. */
#include "oomrace.h"

int left, right, right_negative, promoted;
unsigned int top_bit, unsigned_right, out;
long long_left, long_right;
unsigned long long_top, mask, by_long;

void run(void)
{
	int value = 1234, negative = -1234, count = 5;
	unsigned int ones = 0xffffffffu;

	left = value << count;
	right = value >> 3;
	right_negative = negative >> 3;
	promoted = true << 4;
	top_bit = 1u << 31;
	unsigned_right = ones >> 31;
	out = ones << 28 << 4;
	long_left = (long)value << 40;
	long_right = -5000000000l >> 20;
	long_top = 1ul << 63;
	mask = (1ul << count) - 1;
	by_long = ones << 4l;
	by_long >>= 2;
	mask <<= 33;
	negative >>= 30;
	left += negative;
}
