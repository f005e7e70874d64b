/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tasks and a cpuset, as far as the flags by which a cpuset spreads the memory
 * of its tasks over its nodes are concerned.
 */
#ifndef SPREAD_H
#define SPREAD_H 1

#include "oomrace.h"

#define CPUSET_TASKS 4

struct task_struct {
	unsigned int flags;
	bool fpu_state;
	unsigned long atomic_flags;
};

/* Bits of the flags of a cpuset. */
enum cpuset_flagbits {
	CS_SPREAD_PAGE,
	CS_SPREAD_SLAB,
};

struct cpuset {
	unsigned int flags;
	struct task_struct *const tasks[CPUSET_TASKS + 1];
};

struct task_struct task;
struct task_struct sibling;
struct task_struct shell;

struct cpuset cpuset = { .tasks = { &sibling, &task } };

static inline bool is_spread_page(const struct cpuset *cs)
{
	return cs->flags >> CS_SPREAD_PAGE & 1;
}

static inline bool is_spread_slab(const struct cpuset *cs)
{
	return cs->flags >> CS_SPREAD_SLAB & 1;
}

#endif
