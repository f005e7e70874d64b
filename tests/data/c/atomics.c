// SPDX-License-Identifier: GPL-2.0-or-later
/* Atomic counters and compare-and-exchange, as one thread sees them. */
#include "oomrace.h"

struct mm {
	atomic_t users;
	unsigned long flags;
};

atomic_t total;
struct mm mms[2] = { [1] = { .users = { .counter = 1 } } };
int last, returned, below;
bool freed, not_freed;
unsigned long owner, found, lost;
int *slot, *previous;

static void get(struct mm *mm)
{
	atomic_inc(&mm->users);
}

static bool put(struct mm *mm)
{
	return atomic_dec_and_test(&mm->users);
}

void run(void)
{
	get(&mms[1]);
	not_freed = put(&mms[1]);
	freed = put(&mms[1]);
	atomic_set(&total, 41);
	returned = atomic_inc_return(&total) * 10;
	atomic_dec(&mms[0].users);
	below = atomic_dec_return(&mms[0].users);
	last = atomic_read(&total) + atomic_read(&mms[1].users);
	found = cmpxchg(&owner, 0ul, 7ul);
	lost = cmpxchg(&owner, 0, 9);
	previous = cmpxchg(&slot, NULL, &last);
	if (cmpxchg(&mms[0].flags, mms[0].flags, ~0ul) == 0)
		mms[1].flags = 1;
}
