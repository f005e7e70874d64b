/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What no thread may do with a lock: take it twice, release what it has not, return with it. */
#include "oomrace.h"

struct mutex m;
spinlock_t s;
struct rw_semaphore r;
int which;

void first(void)
{
	switch (which) {
	case 1:
		mutex_lock(&m);
		mutex_lock(&m);
		break;
	case 2:
		mutex_unlock(&m);
		break;
	case 3:
		spin_lock(&s);
		spin_lock(&s);
		break;
	case 4:
		spin_unlock(&s);
		break;
	case 5:
		down_read(&r);
		down_read(&r);
		break;
	case 6:
		up_read(&r);
		break;
	case 7:
		down_write(&r);
		down_write(&r);
		break;
	case 8:
		up_write(&r);
		break;
	case 9:
		down_read(&r);
		up_write(&r);
		break;
	case 10:
		down_write(&r);
		up_read(&r);
		break;
	case 11:
		spin_lock(&s);
	}
}

void second(void)
{
	for (int i = 1; i < 12; i++)
		which = i;
}
