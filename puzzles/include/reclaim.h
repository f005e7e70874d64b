/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the allocator knows and, since 4.7, what it does when a pass brought no
 * page: reclaim, then decide whether to try again. A kernel file says first how
 * many fruitless retries there are: MAX_RECLAIM_RETRIES.
 */
#ifndef RECLAIM_H
#define RECLAIM_H 1

#include "mmzone.h"
#include "sched.h"

/* What an allocation knows. It lives on its stack: nobody else writes to it. */
struct alloc_context {
	const struct zonelist *zonelist;
	const nodemask_t *nodemask;
	const struct zoneref *preferred_zoneref;
};

/* Says how many pages the first allowed zone with anything to give up freed. */
static inline unsigned long
try_to_free_pages(const struct zonelist *zonelist, const nodemask_t *nodemask)
{
	const struct zoneref *z;
	unsigned long freed;

	for (z = first_zones_zonelist(zonelist, nodemask); z->zone;
	     z = next_zones_zonelist(z + 1, nodemask)) {
		if (!node_isset(z->zone->node, &current->mems_allowed))
			continue;
		freed = shrink_zone(z->zone);
		if (freed)
			return freed;
	}
	return 0;
}

/*
 * Would a retry find a page if reclaim did its work? From the head of the list,
 * and until 6.11 without a look at the cpuset.
 */
static inline bool should_reclaim_retry(const struct alloc_context *ac,
					bool did_some_progress,
					int *no_progress_loops)
{
	const struct zoneref *z;
	unsigned long available;

	if (did_some_progress)
		*no_progress_loops = 0;
	else
		*no_progress_loops += 1;
	if (*no_progress_loops > MAX_RECLAIM_RETRIES)
		return false;

	for (z = first_zones_zonelist(ac->zonelist, ac->nodemask); z->zone;
	     z = next_zones_zonelist(z + 1, ac->nodemask)) {
#ifdef RECLAIM_RETRY_CPUSET
		if (!node_isset(z->zone->node, &current->mems_allowed))
			continue;
#endif
		available = z->zone->reclaimable + z->zone->free;
		if (available > z->zone->watermark[WMARK_MIN])
			return true;
	}
	return false;
}

#endif
