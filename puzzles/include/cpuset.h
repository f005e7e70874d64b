/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cpuset, its memory nodes and its tasks. */
#ifndef CPUSET_H
#define CPUSET_H 1

#include "mmzone.h"
#include "sched.h"

#define CPUSET_TASKS 4

struct cpuset {
	nodemask_t mems_allowed;
#ifdef CPUSET_GENERATIONS
	int mems_generation;
#endif
	struct task_struct *const tasks[CPUSET_TASKS + 1];
};

/*
 * The nodes of the cpuset that have memory. A cpuset without any would borrow
 * its parent's: here such a mask is refused when it is written.
 */
static inline void guarantee_online_mems(const struct cpuset *cs,
					 nodemask_t *mems)
{
	nodemask_t online;

	nodes_with_memory(&online);
	nodes_and(mems, &cs->mems_allowed, &online);
}

#endif
