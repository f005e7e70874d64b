/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads that the level holds. */
#include "oomrace.h"

int x, y;

static void turn(void)
{
	x++;
}

void first(void)
{
	turn();
	turn();
again:
	y = x;
	if (y < 3)
		goto again;
}

void second(void)
{
	x = 2;
	turn();
}
