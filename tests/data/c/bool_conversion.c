// SPDX-License-Identifier: GPL-2.0-or-later
/* Any nonzero value becomes 1 in a bool, whatever its low bits are. */
#include "oomrace.h"

struct flags {
	bool ready;
	bool busy;
};

bool from_int, from_wide, from_pointer, from_null, from_zero, compound, masked;
struct flags flags = { .ready = 256, .busy = 0 };
bool ticks[3];
int sum;
int target;

static bool positive_part(long value)
{
	return value & 0x7fffffff00000000l;
}

void run(void)
{
	int *pointer = &target;
	int *nothing = NULL;
	unsigned long high = 1ul << 40;

	from_int = 2;
	from_wide = high;
	from_pointer = pointer;
	from_null = nothing;
	from_zero = high - high;
	compound = 1;
	compound += 255;
	masked = 6;
	masked &= 5;
	flags.busy = positive_part(high);
	ticks[from_int] = 8;
	ticks[2] = positive_part(77);
	sum = from_int + from_wide + flags.ready + ticks[1];
}
