// SPDX-License-Identifier: GPL-2.0-or-later
/* ++ on a bool sets it, -- turns it over; gcc warns of both. */
#include "oomrace.h"

bool set, again = true, toggled = true, untoggled;
int before[2], after[2];
struct flags {
	bool bits[2];
} flags;

void run(void)
{
	bool local = false;

	set++;
	again++;
	toggled--;
	--untoggled;
	before[0] = local++;
	before[1] = local--;
	after[0] = --local;
	after[1] = ++local;
	flags.bits[1]--;
	flags.bits[0] = ~set;
	local = -true;
	set += local * 2;
	toggled |= 6;
	untoggled ^= 2;
}
