/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each lock, each atomic operation and smp_rmb behind a store that waits. */
#include "oomrace.h"

atomic_t count;
struct mutex m;
spinlock_t s;
struct rw_semaphore r;
int x, seen;

void first(void)
{
	x = 1;
	atomic_inc(&count);
	x = 2;
	atomic_dec(&count);
	x = 3;
	atomic_inc_return(&count);
	x = 4;
	atomic_dec_return(&count);
	x = 5;
	if (atomic_dec_and_test(&count))
		return;
	x = 6;
	mutex_lock(&m);
	x = 7;
	mutex_unlock(&m);
	x = 8;
	spin_lock(&s);
	x = 9;
	spin_unlock(&s);
	down_read(&r);
	x = 10;
	up_read(&r);
	x = 11;
	down_write(&r);
	x = 12;
	up_write(&r);
	x = 13;
	smp_rmb();
}

void second(void)
{
	down_read(&r);
	seen = x;
	up_read(&r);
}
