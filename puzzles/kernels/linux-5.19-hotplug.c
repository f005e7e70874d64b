/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 4.14 to 5.19: zonelists are built anew in place.
 *
 * When a zone loses its last page, or gets its first one, all zonelists are
 * built anew in place, under a lock that writers take and readers do not. Until
 * 4.13 all CPUs were stopped for it; 11cd8638c37f (Michal Hocko, 2017, 4.14)
 * ended that. Since 4.7 an allocation keeps the place in the list where its
 * passes begin. Next comes 3d36424b3b58 (Mel Gorman, 2022, 6.0; stable kernels
 * from 4.14 on have it, too).
 *
 * Source: both patches, and what was written with them. More, and what of it
 * is in doubt, is in the notes of the game:
 * oomrace history hotplug-lists
 *
 * The model leaves out: cpusets and memory policies; all requests but order 0
 * ones; zones other than one per node; the OOM lock; compaction; all but 1 of
 * the kernel's 16 retries; kswapd, node reclaim, write-out and waiting; the
 * free pages that each CPU keeps; moving the pages that are in use before
 * memory goes away; watermarks that are computed anew when it has gone; lists
 * without fallback to other nodes; CPUs that have no memory on their node; the
 * slabs between kmalloc() and a page.
 * Every access in the text happens once, in order.
 */
#define MAX_RECLAIM_RETRIES 1 /* 16 */

#include "oomrace.h"
#include "memory_hotplug.h"

/* The page allocator. A page is known only by the zone that it comes from. */

static struct zone *__alloc_pages_slowpath(struct alloc_context *ac,
					   bool can_direct_reclaim)
{
	struct zone *page;
	unsigned long did_some_progress;
	int no_progress_loops = 0;

	ac->preferred_zoneref = first_zones_zonelist(ac->zonelist,
						     ac->highest_zoneidx);
	if (!ac->preferred_zoneref->zone)
		return NULL;

	page = get_page_from_freelist(ac, WMARK_MIN);
	if (page)
		return page;

retry:
	page = get_page_from_freelist(ac, WMARK_MIN);
	if (page)
		return page;

	if (!can_direct_reclaim)
		return NULL;

	did_some_progress = try_to_free_pages(ac);
	if (did_some_progress) {
		page = get_page_from_freelist(ac, WMARK_MIN);
		if (page)
			return page;
	}

	if (should_reclaim_retry(ac, did_some_progress > 0,
				 &no_progress_loops))
		goto retry;

	page = __alloc_pages_may_oom(ac);
	if (page)
		return page;
	no_progress_loops = 0;
	goto retry;
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

/* Zonelists. */

static spinlock_t lock;

static void __build_all_zonelists(void)
{
	int nid;

	spin_lock(&lock);
	for (nid = 0; nid < NR_NODES; nid++)
		build_zonelists_in_node_order(nid);
	spin_unlock(&lock);
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
