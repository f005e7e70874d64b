// SPDX-License-Identifier: GPL-2.0-or-later
/* And, or, exclusive or, complement, and the usual mask idioms. */
#include "oomrace.h"

unsigned long mask = 0xf0;
unsigned int low;
int both, either, one, inverted, negative;
long long_inverted;
bool is_set, is_clear;

void run(void)
{
	int a = 0x5a5a, b = 0x0ff0;

	both = a & b;
	either = a | b;
	one = a ^ b;
	inverted = ~a;
	negative = -256 & 0xfff;
	long_inverted = ~0xffu;
	low = ~0u >> 4;
	mask |= 1ul << 40;
	mask &= ~0x30ul;
	mask ^= 0xff;
	is_set = mask & (1ul << 40);
	is_clear = !(mask & 0x40);
	one |= a & ~b;
	both = (a & ~b) == (a ^ both) && ~(a | b) == (~a & ~b);
}
