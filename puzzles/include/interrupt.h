/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An allocation in an interrupt, in any of the kernels: it is the same in all of
 * them.
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H 1

#include "mmzone.h"

/*
 * A network card wants a buffer now. On nobody's behalf: neither a policy nor a
 * cpuset is asked. And nobody may wait: there is no reclaim, and no kill. Of the
 * reserves below the min watermark, which it may use in part, there is nothing
 * here.
 */
static inline bool __netdev_alloc_skb(void)
{
	const struct zonelist *zonelist = node_zonelist(numa_node_id());
	const struct zoneref *z;

	allocation_begin();
	for (z = first_zones_zonelist(zonelist, NULL); z->zone;
	     z = next_zones_zonelist(z + 1, NULL))
		if (zone_watermark_ok(z->zone, WMARK_MIN) &&
		    buffered_rmqueue(z->zone))
			return true;
	allocation_failed();
	return false;
}

#endif
