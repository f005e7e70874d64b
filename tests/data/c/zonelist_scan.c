// SPDX-License-Identifier: GPL-2.0-or-later
/* The walk that every level is about, in miniature. */
#include "oomrace.h"

#define NODES 3

struct zone {
	const int node;
	int free;
	int watermark;
};

struct zoneref {
	struct zone *zone;
};

struct zone zones[NODES] = {
	{ .node = 0, .free = 12, .watermark = 10 },
	{ .node = 1, .free = 50, .watermark = 10 },
	{ .node = 2, .free = 11, .watermark = 10 },
};
const struct zoneref zonelist[NODES + 1] = {
	{ &zones[1] }, { &zones[0] }, { &zones[2] },
};
unsigned long mems_allowed = 0x5;
int taken_from[5], failed;

static struct zone *get_page(const struct zoneref *list, unsigned long mask)
{
	const struct zoneref *z;

	for (z = list; z->zone; z++) {
		struct zone *zone = z->zone;

		if (!(mask >> zone->node & 1))
			continue;
		if (zone->free <= zone->watermark)
			continue;
		zone->free--;
		return zone;
	}
	return NULL;
}

void run(void)
{
	for (int i = 0; i < 5; i++) {
		struct zone *zone = get_page(zonelist, mems_allowed);

		taken_from[i] = zone ? zone->node : -1;
		if (!zone && !failed++)
			mems_allowed = 2;
	}
}
