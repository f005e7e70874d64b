// SPDX-License-Identifier: GPL-2.0-or-later
/* Elements through index, pointer and ->, members that are arrays. */
#include "oomrace.h"

#define ZONES 3
#define MARKS 2

struct zone {
	int free;
	unsigned long watermark[MARKS];
	bool full;
};

struct zone zones[ZONES];
int best = -1;
unsigned long needed, total;

static void setup(struct zone *zone, int free)
{
	zone->free = free;
	for (int mark = 0; mark < MARKS; mark++)
		zone->watermark[mark] = 10 * (mark + 1) + free / 4;
}

void run(void)
{
	struct zone *z;

	for (int i = 0; i < ZONES; i++)
		setup(&zones[i], 30 - i * 12);
	for (z = zones; z < zones + ZONES; z++) {
		total += z->watermark[0];
		z->full = (unsigned long)z->free <= z->watermark[1];
	}
	for (int i = ZONES - 1; i >= 0; i--) {
		if (!zones[i].full)
			best = i;
	}
	zones[best].free--;
	zones[2].watermark[best] += zones[1].watermark[1];
	needed = zones[2].watermark[0] - (&zones[1])->free;
}
