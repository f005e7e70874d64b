/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An allocation under rebinds: marks, ghost bits, windows, the tables of the machine. */
#include "oomrace.h"

struct zone { const int node; const unsigned long pages; unsigned long free, reclaimable; const unsigned long watermark[3]; };
struct zoneref { struct zone *zone; };
struct zonelist { struct zoneref zoneref[3]; };
struct zone zones[2];
const struct zonelist node_zonelists[2];
struct task_struct { unsigned long allowed; };
struct task_struct task = { 2 };

bool exhausted(void)
{
	for (int node = 0; node < 2; node++)
		if (task.allowed >> node & 1 && zones[node].free > zones[node].watermark[0])
			return false;
	return true;
}

void allocate(void)
{
	const struct zoneref *z = node_zonelists[numa_node_id()].zoneref;

	allocation_begin();
	for (; z->zone; z++) {
		if (!(current->allowed >> z->zone->node & 1))
			continue;
		if (z->zone->free > z->zone->watermark[1]) {
			z->zone->free--;
			page_allocated(z->zone);
			return;
		}
	}
	if (zones[1].reclaimable)
		allocation_failed();
	else
		out_of_memory();
	task.allowed = 3;
}

void rebind(void)
{
	rebind_begin();
	task.allowed |= 1;
	task.allowed &= ~2ul;
	rebind_end();
	zones[1].free = 20;
	zones[1].reclaimable = 1;
}
