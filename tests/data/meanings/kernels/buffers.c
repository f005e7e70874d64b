/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Store buffers: what waits in them, what waits for them, what goes through them. */
#include "oomrace.h"

spinlock_t s;
int x, y, seen_x, seen_y;

void first(void)
{
	spin_lock(&s);
	x = 1;
	spin_unlock(&s);
	seen_y = y;
	smp_mb();
}

void second(void)
{
	y = 1;
	smp_wmb();
	seen_x = x;
	rebind_begin();
	cmpxchg(&y, 1, 2);
	rebind_end();
}
