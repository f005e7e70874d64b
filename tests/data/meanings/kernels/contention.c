/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two threads want each lock. */
#include "oomrace.h"

struct mutex m;
spinlock_t s;
struct rw_semaphore r;
int x;

static void enter(int who)
{
	spin_lock(&s);
	x = who;
	spin_unlock(&s);
	mutex_lock(&m);
	x = who;
	mutex_unlock(&m);
	down_write(&r);
	x = who;
	up_write(&r);
	down_read(&r);
	up_read(&r);
}

void first(void)
{
	enter(1);
}

void second(void)
{
	enter(2);
}
