/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 4.4 to 4.12: one static key switches both ends of a retry loop on.
 *
 * While there is only one cpuset, a static key keeps the look at the sequence
 * counter out of the way: begin answers 0, retry answers no. Enabling the key
 * rewrites the code at each place that asks it, one after the other, and after
 * each the other CPUs must confirm, for which they need interrupts. The slab
 * allocator loops between begin and retry with interrupts off. The commit that
 * follows, 89affbf5d9eb (Dima Zavin, 2017, 4.13), uses two keys.
 *
 * Source: the tree of 4.13.4 and the report. That the key came with 4.4 is in
 * doubt (?). More is in the notes of the game:
 * oomrace history one-key
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

/* Which place is rewritten first? It depends on where the compiler put them. */
const bool begin_is_patched_first;

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

/* One key: its places change one after the other, in the order of addresses. */
static void static_key_set(bool enable)
{
	if (begin_is_patched_first) {
		arch_jump_label_transform(&begin_site, enable);
		arch_jump_label_transform(&retry_site, enable);
	} else {
		arch_jump_label_transform(&retry_site, enable);
		arch_jump_label_transform(&begin_site, enable);
	}
}

/* The first cpuset is made, the last one removed. */
void cpuset_inc(void)
{
	static_key_set(true);
}

void cpuset_dec(void)
{
	static_key_set(false);
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
