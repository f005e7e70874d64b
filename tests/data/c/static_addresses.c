// SPDX-License-Identifier: GPL-2.0-or-later
/* Addresses of objects, members and elements in static initialisers. */
#include "oomrace.h"

struct zone {
	int node;
	int free[2];
	struct zone *fallback;
};

struct zoneref {
	struct zone *zone;
	int index;
};

struct zone zones[3] = {
	{ .node = 0, .free = { 5, 6 }, .fallback = &zones[2] },
	{ .node = 1, .free = { 7, 8 } },
	{ .node = 2, .free = { 9, 10 }, .fallback = zones },
};
struct zoneref zonelist[4] = {
	{ .zone = &zones[1], .index = 1 },
	{ .zone = &zones[2], .index = 2 },
	{ .zone = zones },
};
int *counter = &zones[1].free[1];
struct zone **link = &zonelist[2].zone;
const struct zoneref *last = &zonelist[3], *start = zonelist;
int order, through;

void run(void)
{
	const struct zoneref *z;

	for (z = start; z->zone; z++)
		order = order * 10 + z->zone->node;
	*counter += 100;
	through = (*link)->fallback->fallback->free[0];
	(*link)->free[1] = last - start;
}
