/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What waits for no room in a store buffer, though it is full; a wild access and an OOM behind a store. */
#include "oomrace.h"

int x, y, *nowhere;

void first(void)
{
	for (int i = 1; i < 9; i++)
		x = i;
	smp_rmb();
	smp_wmb();
	if (y == 1)
		out_of_memory();
	if (y == 2)
		*nowhere = 1;
}

void second(void)
{
	y = 1;
	y = 2;
}
