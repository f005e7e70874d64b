/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 3.17 and later: the bits that others set have a word of their own.
 *
 * Commit 2ad654bc5e2b (2014): the two bits by which a cpuset spreads the memory
 * of a task leave the flags of the task and go to atomic_flags, which
 * 1d4457f99928 (Kees Cook, 3.17) had made for no_new_privs. All who change bits
 * there do it with atomic operations.
 *
 * Source: the texts of the patches, and a tree of 4.x. More, and what of it is
 * in doubt, is in the notes of the game:
 * oomrace history flags-atomic
 *
 * The model leaves out: what spreads, and all of the allocator; all flags but
 * three; the filter that a task installs once it has given up its privileges,
 * and what exec() would have given it; the test of a cpuset that changes
 * against its parent and children; the hierarchy of cpusets; fork and exit. An
 * atomic operation is a loop, as on machines that have no instruction for it.
 * Every access in the text happens once, in order.
 */
#include "oomrace.h"
#include "spread.h"

/* Bits of atomic_flags. */
#define PFA_NO_NEW_PRIVS 0 /* never gets a privilege again */
#define PFA_SPREAD_PAGE 1  /* spread the page cache over the cpuset */
#define PFA_SPREAD_SLAB 2  /* spread some slabs over the cpuset */

struct mutex cpuset_mutex;
static struct mutex callback_mutex;

/* Atomic operations on a word of bits. Who finds it changed begins again. */

static bool test_bit(int nr, const unsigned long *addr)
{
	return *addr >> nr & 1;
}

static void set_bit(int nr, unsigned long *addr)
{
	unsigned long old;

again:
	old = *addr;
	if (cmpxchg(addr, old, old | 1UL << nr) != old)
		goto again;
}

static void clear_bit(int nr, unsigned long *addr)
{
	unsigned long old;

again:
	old = *addr;
	if (cmpxchg(addr, old, old & ~(1UL << nr)) != old)
		goto again;
}

static bool task_no_new_privs(const struct task_struct *p)
{
	return test_bit(PFA_NO_NEW_PRIVS, &p->atomic_flags);
}

static void task_set_no_new_privs(struct task_struct *p)
{
	set_bit(PFA_NO_NEW_PRIVS, &p->atomic_flags);
}

static void task_set_spread_page(struct task_struct *p)
{
	set_bit(PFA_SPREAD_PAGE, &p->atomic_flags);
}

static void task_clear_spread_page(struct task_struct *p)
{
	clear_bit(PFA_SPREAD_PAGE, &p->atomic_flags);
}

static void task_set_spread_slab(struct task_struct *p)
{
	set_bit(PFA_SPREAD_SLAB, &p->atomic_flags);
}

static void task_clear_spread_slab(struct task_struct *p)
{
	clear_bit(PFA_SPREAD_SLAB, &p->atomic_flags);
}

/*
 * A task gives up what privileges it could still get, for good, and starts a
 * program that would have some to give.
 */
void sandbox(void)
{
	task_set_no_new_privs(current);
	BUG_ON(!task_no_new_privs(current));
}

/* Changing the flags of a cpuset. */

static void cpuset_update_task_spread_flag(const struct cpuset *cs,
					   struct task_struct *tsk)
{
	if (is_spread_page(cs))
		task_set_spread_page(tsk);
	else
		task_clear_spread_page(tsk);
	if (is_spread_slab(cs))
		task_set_spread_slab(tsk);
	else
		task_clear_spread_slab(tsk);
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
