// SPDX-License-Identifier: GPL-2.0-or-later
/* Backward jumps: retry loops, one with a local made anew each time. */
#include "oomrace.h"

int attempts, order = 4, pages[5] = { 0, 0, 1, 0, 0 };
int got = -1, seen;

static bool take(int wanted)
{
	attempts++;
	if (!pages[wanted])
		return false;
	pages[wanted]--;
	return true;
}

void run(void)
{
	int round = 0;

retry:
	round++;
	{
		int local = round * 2;

		seen = seen * 10 + local;
	}
	if (take(order))
		goto done;
	if (order-- > 0)
		goto retry;
	seen = -1;
done:
	got = order;
	if (round < 6) {
		round = 6;
		pages[0] = 1;
		order = 0;
		goto retry;
	}
}
