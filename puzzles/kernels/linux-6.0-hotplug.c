/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 6.0 to 6.2: who failed looks whether zonelists have been built anew.
 *
 * Commit 3d36424b3b58 (Mel Gorman, 2022; reported by Patrick Daly): the lock
 * of those who build zonelists becomes one with a sequence counter. The slow
 * path notes the number, compares it before it kills and before it fails, and
 * begins again if zonelists were built meanwhile. Each list that is built is
 * also printed, since 5.16. Next comes 1007843a9190 (Tetsuo Handa, 2023, 6.3,
 * 6.2.13).
 *
 * Source: the two patches, and what was written with them. More, and what of
 * it is in doubt, is in the notes of the game:
 * oomrace history hotplug-counter
 *
 * The model leaves out: cpusets and memory policies; all requests but order 0
 * ones; zones other than one per node; the OOM lock; compaction; all but 1 of
 * the kernel's 16 retries; kswapd, node reclaim, write-out and waiting; the
 * free pages that each CPU keeps; moving the pages that are in use before
 * memory goes away; watermarks that are computed anew when it has gone; lists
 * without fallback to other nodes; CPUs that have no memory on their node; the
 * slabs between kmalloc() and a page; the reserves below the min watermark,
 * which GFP_ATOMIC may use in part; what the terminal keeps of buffers; what is
 * printed, and all of printing but the lock of the console's port; interrupts.
 * Every access in the text happens once, in order.
 */
#define SEQLOCK 1
#define MAX_RECLAIM_RETRIES 1 /* 16 */

#include "oomrace.h"
#include "memory_hotplug.h"
#include "seqlock.h"

/* Counts the builds of zonelists: odd while one is under way. */
static seqlock_t zonelist_update_seq;

/* The lock of the terminal port that the console is. */
static spinlock_t port_lock;

/*
 * The reader's side. What is read of a zonelist between the two may belong to
 * two lists if the second says so. Only who has failed asks it.
 */
static unsigned int zonelist_iter_begin(void)
{
	return read_seqbegin(&zonelist_update_seq);
}

static bool check_retry_zonelist(unsigned int seq)
{
	return read_seqretry(&zonelist_update_seq, seq);
}

/* The page allocator. A page is known only by the zone that it comes from. */

static struct zone *__alloc_pages_slowpath(struct alloc_context *ac,
					   bool can_direct_reclaim)
{
	struct zone *page;
	unsigned long did_some_progress;
	int no_progress_loops;
	unsigned int zonelist_iter_cookie;

restart:
	no_progress_loops = 0;
	zonelist_iter_cookie = zonelist_iter_begin();
	ac->preferred_zoneref = first_zones_zonelist(ac->zonelist,
						     ac->highest_zoneidx);
	if (!ac->preferred_zoneref->zone)
		goto nopage;

	page = get_page_from_freelist(ac, WMARK_MIN);
	if (page)
		return page;

retry:
	page = get_page_from_freelist(ac, WMARK_MIN);
	if (page)
		return page;

	if (!can_direct_reclaim)
		goto nopage;

	did_some_progress = try_to_free_pages(ac);
	if (did_some_progress) {
		page = get_page_from_freelist(ac, WMARK_MIN);
		if (page)
			return page;
	}

	if (should_reclaim_retry(ac, did_some_progress > 0,
				 &no_progress_loops))
		goto retry;

	if (check_retry_zonelist(zonelist_iter_cookie))
		goto restart;

	page = __alloc_pages_may_oom(ac);
	if (page)
		return page;
	no_progress_loops = 0;
	goto retry;

nopage:
	if (check_retry_zonelist(zonelist_iter_cookie))
		goto restart;
	return NULL;
}

static struct zone *__alloc_pages(enum zone_type highest_zoneidx,
				  bool can_direct_reclaim)
{
	struct zone *page;
	struct alloc_context ac = {
		.zonelist = node_zonelist(numa_node_id()),
		.highest_zoneidx = highest_zoneidx,
	};

	ac.preferred_zoneref = first_zones_zonelist(ac.zonelist,
						    ac.highest_zoneidx);
	page = get_page_from_freelist(&ac, WMARK_LOW);
	if (page)
		return page;
	return __alloc_pages_slowpath(&ac, can_direct_reclaim);
}

/* Memory for the kernel itself, GFP_KERNEL: it may wait, and reclaim. */
int kmalloc(void)
{
	allocation_begin();
	if (!__alloc_pages(ZONE_NORMAL, true)) {
		allocation_failed();
		return -ENOMEM;
	}
	return 0;
}

/*
 * Text goes to a terminal. It needs a buffer at once, GFP_ATOMIC: who holds a
 * spinlock may not wait. Where there is none, the text is dropped.
 */
void pty_write(void)
{
	spin_lock(&port_lock);
	allocation_begin();
	if (!__alloc_pages(ZONE_NORMAL, false))
		allocation_failed();
	spin_unlock(&port_lock);
}

/* A message goes to the console at once, by the CPU that has it. */
static void printk(void)
{
	spin_lock(&port_lock);
	spin_unlock(&port_lock);
}

/* Zonelists. */

static void build_zonelists(int nid)
{
	build_zonelists_in_node_order(nid);
	printk();
}

static void __build_all_zonelists(void)
{
	int nid;

	write_seqlock(&zonelist_update_seq);
	for (nid = 0; nid < NR_NODES; nid++)
		build_zonelists(nid);
	write_sequnlock(&zonelist_update_seq);
}

static void build_all_zonelists(void)
{
	__build_all_zonelists();
}

/* Taking memory away, and giving it back. */

static void offline_pages(struct zone *zone)
{
	mutex_lock(&mem_hotplug_lock);
	start_isolate_page_range(zone);
	zone->present_pages = 0;
	if (!populated_zone(zone))
		build_all_zonelists();
	mutex_unlock(&mem_hotplug_lock);
}

static void online_pages(struct zone *zone)
{
	bool need_zonelists_rebuild;

	mutex_lock(&mem_hotplug_lock);
	need_zonelists_rebuild = !populated_zone(zone);
	zone->present_pages = zone->pages;
	if (need_zonelists_rebuild)
		build_all_zonelists();
	undo_isolate_page_range(zone);
	mutex_unlock(&mem_hotplug_lock);
}

/* echo offline > memory/state */
void memory_goes(int nid)
{
	offline_pages(&zones[nid]);
}

/* echo offline > memory/state; echo online_movable > memory/state */
void memory_goes_and_comes(int nid)
{
	offline_pages(&zones[nid]);
	online_pages(&zones[nid]);
}

/*
 * walk __alloc_pages_slowpath calls first_zones_zonelist(): first-zone lookup
 * walk __alloc_pages calls first_zones_zonelist(): first-zone lookup
 * walk get_page_from_freelist(mark = WMARK_LOW): pass with the low mark
 * walk get_page_from_freelist(mark = WMARK_MIN): pass with the min mark
 * walk get_page_from_freelist(mark = WMARK_HIGH): last pass before the kill
 * walk try_to_free_pages(): reclaim
 * walk should_reclaim_retry(): look whether to try again
 * walk build_zonelists_in_node_order(): build of the list
 */
