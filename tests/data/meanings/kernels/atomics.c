/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atomics, barriers, volatile accesses, and a BUG. */
#include "oomrace.h"

atomic_t count;
int owner, seen;

static void enter(int who)
{
	atomic_inc(&count);
	smp_mb();
	if (cmpxchg(&owner, 0, who) == 0)
		WRITE_ONCE(seen, atomic_inc_return(&count));
	smp_wmb();
	if (atomic_dec_and_test(&count))
		atomic_set(&count, 4);
	smp_rmb();
	BUG_ON(READ_ONCE(seen) == 3 && atomic_read(&count) == 2);
	cpu_relax();
	atomic_dec(&count);
	seen = atomic_dec_return(&count);
}

void first(void)
{
	enter(1);
}

void second(void)
{
	enter(2);
}
