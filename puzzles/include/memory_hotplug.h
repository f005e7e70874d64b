/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is taken away and given back, and an allocation of the kernel
 * for itself, as far as neither depends on how zonelists are built anew. There
 * are two nodes, so each list is the own node and the other one. A zone counts
 * its present pages only, which are all managed. The simulator fills zones and
 * zonelists at boot, but types and present pages, which the level sets.
 */
#ifndef MEMORY_HOTPLUG_H
#define MEMORY_HOTPLUG_H 1

#include "oomrace.h"

#define NR_NODES 2
#define ENOMEM 12

/* What the kernel keeps for itself cannot be moved: it asks for ZONE_NORMAL. */
enum zone_type {
	ZONE_NORMAL,
	ZONE_MOVABLE,
};

enum zone_watermarks {
	WMARK_MIN,
	WMARK_LOW,
	WMARK_HIGH,
	NR_WMARK,
};

struct zone {
	const int node;
	const enum zone_type type;
	const unsigned long pages;
	unsigned long present_pages;
	unsigned long free;
	unsigned long reclaimable;
	const unsigned long watermark[NR_WMARK];
	spinlock_t lru_lock;
};

struct zoneref {
	struct zone *zone;
};

/* Ends with a zoneref whose zone is NULL. */
struct zonelist {
	struct zoneref zoneref[NR_NODES + 1];
};

struct zone zones[NR_NODES];
struct zonelist node_zonelists[NR_NODES];

/* Who changes what memory there is keeps all others out that do. */
struct mutex mem_hotplug_lock;

/* What an allocation knows. It lives on its stack: nobody else writes to it. */
struct alloc_context {
	const struct zonelist *zonelist;
	enum zone_type highest_zoneidx;
	const struct zoneref *preferred_zoneref;
};

static inline const struct zonelist *node_zonelist(int node)
{
	return &node_zonelists[node];
}

/*
 * The first zone from here on that the request may use. The list is not a copy:
 * it may be built anew between two turns of this loop.
 */
static inline const struct zoneref *
next_zones_zonelist(const struct zoneref *z, enum zone_type highest_zoneidx)
{
	const struct zone *zone = z->zone;

	while (zone && zone->type > highest_zoneidx) {
		z++;
		zone = z->zone;
	}
	return z;
}

static inline const struct zoneref *
first_zones_zonelist(const struct zonelist *zonelist,
		     enum zone_type highest_zoneidx)
{
	return next_zones_zonelist(zonelist->zoneref, highest_zoneidx);
}

static inline bool zone_watermark_ok(const struct zone *zone,
				     enum zone_watermarks mark)
{
	return zone->free > zone->watermark[mark];
}

/* One cmpxchg stands for zone->lock and the per-CPU lists. */
static inline struct zone *buffered_rmqueue(struct zone *zone)
{
	unsigned long free;

	do {
		free = zone->free;
		if (!free)
			return NULL;
	} while (cmpxchg(&zone->free, free, free - 1) != free);
	page_allocated(zone);
	return zone;
}

#define SWAP_CLUSTER_MAX 32

/* Frees a batch of reclaimable pages and says how many. */
static inline unsigned long shrink_zone(struct zone *zone)
{
	unsigned long reclaimable;
	unsigned long free;
	unsigned long nr;

	if (!zone->reclaimable)
		return 0;
	spin_lock(&zone->lru_lock);
	reclaimable = zone->reclaimable;
	nr = reclaimable < SWAP_CLUSTER_MAX ? reclaimable : SWAP_CLUSTER_MAX;
	if (nr) {
		do
			free = zone->free;
		while (cmpxchg(&zone->free, free, free + nr) != free);
		zone->reclaimable = reclaimable - nr;
	}
	spin_unlock(&zone->lru_lock);
	return nr;
}

/*
 * One pass over the zonelist, from the preferred zone on: a page from the first
 * zone that the request may use and that is above the watermark.
 */
static inline struct zone *
get_page_from_freelist(const struct alloc_context *ac,
		       enum zone_watermarks mark)
{
	const struct zoneref *z;
	struct zone *zone;
	struct zone *page;

	for (z = ac->preferred_zoneref; (zone = z->zone);
	     z = next_zones_zonelist(z + 1, ac->highest_zoneidx)) {
		if (!zone_watermark_ok(zone, mark))
			continue;
		page = buffered_rmqueue(zone);
		if (page)
			return page;
	}
	return NULL;
}

/* Says how many pages the first zone with anything to give up freed. */
static inline unsigned long try_to_free_pages(const struct alloc_context *ac)
{
	const struct zoneref *z;
	struct zone *zone;
	unsigned long freed;

	for (z = first_zones_zonelist(ac->zonelist, ac->highest_zoneidx);
	     (zone = z->zone);
	     z = next_zones_zonelist(z + 1, ac->highest_zoneidx)) {
		freed = shrink_zone(zone);
		if (freed)
			return freed;
	}
	return 0;
}

/*
 * Would a retry find a page if reclaim did its work? From the head of the list,
 * like reclaim itself.
 */
static inline bool should_reclaim_retry(const struct alloc_context *ac,
					bool did_some_progress,
					int *no_progress_loops)
{
	const struct zoneref *z;
	struct zone *zone;
	unsigned long available;

	if (did_some_progress)
		*no_progress_loops = 0;
	else
		*no_progress_loops += 1;
	if (*no_progress_loops > MAX_RECLAIM_RETRIES)
		return false;

	for (z = first_zones_zonelist(ac->zonelist, ac->highest_zoneidx);
	     (zone = z->zone);
	     z = next_zones_zonelist(z + 1, ac->highest_zoneidx)) {
		available = zone->reclaimable + zone->free;
		if (available > zone->watermark[WMARK_MIN])
			return true;
	}
	return false;
}

/* Another task may have been killed meanwhile: one more look, a strict one. */
static inline struct zone *
__alloc_pages_may_oom(const struct alloc_context *ac)
{
	struct zone *page;

	page = get_page_from_freelist(ac, WMARK_HIGH);
	if (!page)
		out_of_memory();
	return page;
}

/*
 * Are all zones that a request may use at or below their min watermark, with
 * nothing left to reclaim? It asks the zones and not the lists of them.
 */
static inline bool no_memory_up_to(enum zone_type highest_zoneidx)
{
	int node;

	for (node = 0; node < NR_NODES; node++)
		if (zones[node].type <= highest_zoneidx &&
		    (zone_watermark_ok(&zones[node], WMARK_MIN) ||
		     zones[node].reclaimable))
			return false;
	return true;
}

static inline bool populated_zone(const struct zone *zone)
{
	return zone->present_pages;
}

/* Free pages are set apart: nobody gets one. Those in use are moved before. */
static inline void start_isolate_page_range(struct zone *zone)
{
	unsigned long free;

	do
		free = zone->free;
	while (cmpxchg(&zone->free, free, 0) != free);
}

static inline void undo_isolate_page_range(struct zone *zone)
{
	unsigned long free;

	do
		free = zone->free;
	while (cmpxchg(&zone->free, free, free + zone->pages) != free);
}

/* One zonelist, zone by zone, in place. Only populated zones are in it. */
static inline void build_zonelists_in_node_order(int nid)
{
	struct zoneref *zoneref = node_zonelists[nid].zoneref;
	struct zone *zone;
	int i;

	for (i = 0; i < NR_NODES; i++) {
		zone = &zones[(nid + i) % NR_NODES];
		if (populated_zone(zone)) {
			zoneref->zone = zone;
			zoneref++;
		}
	}
	zoneref->zone = NULL;
}

#endif
