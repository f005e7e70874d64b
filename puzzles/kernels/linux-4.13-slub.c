/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 4.13 and later: two static keys for the two ends of a retry loop.
 *
 * Commit 89affbf5d9eb (Dima Zavin, 2017): the key that begin asks is enabled
 * first and disabled last, so the order does not depend on addresses. Each of
 * the keys still changes its places one by one, and each time all CPUs must
 * confirm. The price is a second key, and an order that has to be kept by who
 * writes the code.
 *
 * Source: the tree of 4.13.4 and the report. More is in the notes:
 * oomrace history static-key
 *
 * The model leaves out: all of the slab allocator but this loop, which finds
 * no object here; all places but one of each kind; the lock of code patching
 * and its breakpoints; how many cpusets there are. A CPU with interrupts off
 * holds a lock that who waits for its confirmation needs. Every access in the
 * text happens once, in order.
 */
#define CPUSET_SEQCOUNT 1

#define EINVAL 22

#include "oomrace.h"
#include "system.h"

/* A place in the code: does it ask the counter, or go on straight? */
struct static_key_site {
	bool enabled;
};

static struct static_key_site begin_site;
static struct static_key_site retry_site;

/* Held by the allocator's CPU while its interrupts are off. */
static spinlock_t interrupts_off;

/* Other CPUs must not run old code any more: each of them has to answer. */
static void on_each_cpu_sync_core(void)
{
	spin_lock(&interrupts_off);
	spin_unlock(&interrupts_off);
}

static void arch_jump_label_transform(struct static_key_site *site, bool enable)
{
	site->enabled = enable;
	on_each_cpu_sync_core();
}

/* The first cpuset is made, the last one removed. Begin has its own key. */
void cpuset_inc(void)
{
	arch_jump_label_transform(&begin_site, true);
	arch_jump_label_transform(&retry_site, true);
}

void cpuset_dec(void)
{
	arch_jump_label_transform(&retry_site, false);
	arch_jump_label_transform(&begin_site, false);
}

static unsigned int read_mems_allowed_begin(void)
{
	if (!begin_site.enabled)
		return 0;
	return read_seqcount_begin(&current->mems_allowed_seq);
}

static bool read_mems_allowed_retry(unsigned int seq)
{
	if (!retry_site.enabled)
		return false;
	return read_seqcount_retry(&current->mems_allowed_seq, seq);
}

/* Looks for an object on other nodes, and finds none. */
static void get_any_partial(void)
{
	unsigned int cpuset_mems_cookie;

	do
		cpuset_mems_cookie = read_mems_allowed_begin();
	while (read_mems_allowed_retry(cpuset_mems_cookie));
}

void kmem_cache_alloc(void)
{
	spin_lock(&interrupts_off);
	get_any_partial();
	spin_unlock(&interrupts_off);
}
