/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory: one zone per node, and one zonelist per node, in the order in which
 * a CPU of that node tries the zones. The simulator fills both at boot.
 */
#ifndef MMZONE_H
#define MMZONE_H 1

#include "nodemask.h"

enum zone_watermarks {
	WMARK_MIN,
	WMARK_LOW,
	WMARK_HIGH,
	NR_WMARK,
};

struct zone {
	const int node;
	const unsigned long pages;
	unsigned long free;
	unsigned long reclaimable;
	const unsigned long watermark[NR_WMARK];
	spinlock_t lru_lock;
};

struct zoneref {
	struct zone *zone;
};

#ifndef MAX_ZONES_PER_ZONELIST
#define MAX_ZONES_PER_ZONELIST MAX_NUMNODES
#endif
/* Ends with a zoneref whose zone is NULL. */
struct zonelist {
	struct zoneref zoneref[MAX_ZONES_PER_ZONELIST + 1];
};

struct zone zones[MAX_NUMNODES];
const struct zonelist node_zonelists[MAX_NUMNODES];

static inline const struct zonelist *node_zonelist(int node)
{
	return &node_zonelists[node];
}

/*
 * The first zone from here on whose node is in the mask, or any without a mask.
 * It is not a copy: its owner may change it between two turns of this loop.
 */
static inline const struct zoneref *
next_zones_zonelist(const struct zoneref *z, const nodemask_t *nodes)
{
	while (nodes && z->zone && !node_isset(z->zone->node, nodes))
		z++;
	return z;
}

static inline const struct zoneref *
first_zones_zonelist(const struct zonelist *zonelist, const nodemask_t *nodes)
{
	return next_zones_zonelist(zonelist->zoneref, nodes);
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

/*
 * Do other tasks swap so hard that they have taken what reclaim frees before
 * anyone can look? Then reclaim makes progress for ever, and nothing changes.
 */
const bool swapping;

#define SWAP_CLUSTER_MAX 32

/*
 * Frees a batch of reclaimable pages and says how many. Pages are counted as
 * free before they stop counting as reclaimable, so that at no instant the
 * zone looks as if they had never existed.
 */
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
	if (nr && !swapping) {
		do
			free = zone->free;
		while (cmpxchg(&zone->free, free, free + nr) != free);
		zone->reclaimable = reclaimable - nr;
	}
	spin_unlock(&zone->lru_lock);
	return nr;
}

/* Has reclaim not given the zone up? That takes many fruitless rounds. */
static inline bool zone_reclaimable(const struct zone *zone)
{
	return zone->reclaimable || zone_watermark_ok(zone, WMARK_MIN);
}

/* Nodes are not plugged or unplugged: no step is spent on this. */
static inline void nodes_with_memory(nodemask_t *nodes)
{
	int node;

	nodes_clear(nodes);
	for (node = 0; node < MAX_NUMNODES; node++)
		if (zones[node].pages)
			node_set(node, nodes);
}

#endif
