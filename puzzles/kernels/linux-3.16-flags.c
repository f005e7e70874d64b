/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux up to 3.16: a cpuset changes bits in the flags of its tasks.
 *
 * A cpuset can ask that the page cache, or some slabs, of its tasks be spread
 * over its nodes. Each task has two bits for that, among its other flags. The
 * cpuset changes these two, and the task all others. It is all done by plain
 * reads and writes. Next comes 2ad654bc5e2b (2014, 3.17).
 *
 * Source: trees of 3.x, and the text of the patch. More, and what of it is in
 * doubt, is in the notes of the game:
 * oomrace history flags-plain
 *
 * The model leaves out: what spreads, and all of the allocator; all flags but
 * three; the registers of the FPU, the instruction that touches them and the
 * trap that it takes; machines on which a task keeps a state of the FPU for
 * good; the test of a cpuset that changes against its parent and children; the
 * hierarchy of cpusets; fork and exit. Every access in the text happens once,
 * in order.
 */
#include "oomrace.h"
#include "spread.h"

#define PF_USED_MATH 0x00002000   /* a state of the FPU is kept for the task */
#define PF_SPREAD_PAGE 0x01000000 /* spread the page cache over the cpuset */
#define PF_SPREAD_SLAB 0x02000000 /* spread some slabs over the cpuset */

struct mutex cpuset_mutex;
static struct mutex callback_mutex;

/* The FPU. Its state gets memory when it is used first. */

static bool tsk_used_math(const struct task_struct *p)
{
	return p->flags & PF_USED_MATH;
}

static void set_used_math(void)
{
	current->flags |= PF_USED_MATH;
}

static void clear_used_math(void)
{
	current->flags &= ~PF_USED_MATH;
}

static void init_fpu(struct task_struct *tsk)
{
	tsk->fpu_state = true;
	set_used_math();
}

static void drop_fpu(void)
{
	clear_used_math();
}

static void free_thread_xstate(struct task_struct *tsk)
{
	tsk->fpu_state = false;
}

/* A program begins: nothing is left of the FPU of the one before. */
static void flush_thread(void)
{
	drop_fpu();
	free_thread_xstate(current);
}

/* The first use of the FPU since the task got its CPU. */
static void math_state_restore(void)
{
	struct task_struct *tsk = current;

	if (!tsk_used_math(tsk))
		init_fpu(tsk);
	BUG_ON(!tsk->fpu_state);
}

/* A program that uses the FPU calls exec(), and the next one uses it too. */
void exec(void)
{
	math_state_restore();
	flush_thread();
	math_state_restore();
}

/* Changing the flags of a cpuset. */

static void cpuset_update_task_spread_flag(const struct cpuset *cs,
					   struct task_struct *tsk)
{
	if (is_spread_page(cs))
		tsk->flags |= PF_SPREAD_PAGE;
	else
		tsk->flags &= ~PF_SPREAD_PAGE;
	if (is_spread_slab(cs))
		tsk->flags |= PF_SPREAD_SLAB;
	else
		tsk->flags &= ~PF_SPREAD_SLAB;
}

static void update_tasks_flags(const struct cpuset *cs)
{
	int i;

	for (i = 0; cs->tasks[i]; i++)
		cpuset_update_task_spread_flag(cs, cs->tasks[i]);
}

static void update_flag(unsigned int bit, struct cpuset *cs, bool turning_on)
{
	unsigned int old = cs->flags;
	unsigned int flags = turning_on ? old | 1U << bit : old & ~(1U << bit);

	mutex_lock(&callback_mutex);
	cs->flags = flags;
	mutex_unlock(&callback_mutex);

	if (flags != old)
		update_tasks_flags(cs);
}

/* echo turning_on > cpuset.memory_spread_page */
void cpuset_write_spread_page(struct cpuset *cs, bool turning_on)
{
	mutex_lock(&cpuset_mutex);
	update_flag(CS_SPREAD_PAGE, cs, turning_on);
	mutex_unlock(&cpuset_mutex);
}
