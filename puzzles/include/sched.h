/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tasks and their address spaces, as far as page allocation looks at them. */
#ifndef SCHED_H
#define SCHED_H 1

#include "mempolicy.h"
#ifdef CPUSET_SEQCOUNT
#include "seqlock.h"
#endif

/* vm_policy changes under the mmap_sem of its mm, held for writing. */
struct vm_area_struct {
#ifdef PER_VMA_LOCK
	struct rw_semaphore vm_lock;
#endif
	struct mempolicy *vm_policy;
	struct vm_area_struct *const vm_next;
};

struct mm_struct {
#ifdef PER_VMA_LOCK
	struct rw_semaphore mmap_lock;
#else
	struct rw_semaphore mmap_sem;
#endif
	struct vm_area_struct *const mmap;
};

/*
 * Since 2.6.31 another task that writes mems_allowed or mempolicy holds
 * alloc_lock. Readers take no lock, and for its own words a task needs none.
 */
struct task_struct {
	struct mm_struct *const mm;
	spinlock_t alloc_lock;
	nodemask_t mems_allowed;
#ifdef CPUSET_GENERATIONS
	int cpuset_mems_generation;
#endif
#ifdef CPUSET_READER_COUNT
	int mems_allowed_change_disable;
#endif
#ifdef CPUSET_SEQCOUNT
	seqcount_t mems_allowed_seq;
#endif
#ifdef CPUSET_SPREAD
	int cpuset_mem_spread_rotor;
#endif
	struct mempolicy *mempolicy;
};

static inline void task_lock(struct task_struct *p)
{
	spin_lock(&p->alloc_lock);
}

static inline void task_unlock(struct task_struct *p)
{
	spin_unlock(&p->alloc_lock);
}

#endif
