/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every lock, a writer that queues, and a deadlock. */
#include "oomrace.h"

struct mutex m;
spinlock_t s;
struct rw_semaphore r;
int x;

void reader(void)
{
	down_read(&r);
	mutex_lock(&m);
	x++;
	mutex_unlock(&m);
	up_read(&r);
}

void writer(void)
{
	mutex_lock(&m);
	down_write(&r);
	x = 5;
	up_write(&r);
	mutex_unlock(&m);
}

void spinner(void)
{
	spin_lock(&s);
	down_read(&r);
	x = 7;
	up_read(&r);
	spin_unlock(&s);
}
