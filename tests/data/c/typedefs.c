// SPDX-License-Identifier: GPL-2.0-or-later
/* Names for integers, structs, pointers, arrays and enums. */
#include "oomrace.h"

typedef unsigned int gfp_t;
typedef struct { unsigned long bits[2]; } nodemask_t;
typedef struct zone zone_t, *zone_p;
typedef int row_t[3];
typedef enum { COLD, WARM, HOT = 4 } heat_t;

struct zone {
	gfp_t flags;
	nodemask_t mask;
	zone_p next;
	heat_t heat;
};

zone_t zones[2] = { { .next = &zones[1] }, { .heat = HOT } };
row_t rows[2] = { { 1, 2, 3 }, { 4 } };
zone_p current_zone = zones;
const gfp_t wait = 0x10u;
nodemask_t copy;
gfp_t inverted;

static void node_set(int node, nodemask_t *mask)
{
	mask->bits[node / 64] |= 1ul << node % 64;
}

void run(void)
{
	heat_t heat = current_zone->next->heat;

	node_set(3, &zones[0].mask);
	node_set(70, &current_zone->next->mask);
	node_set(WARM, &zones[1].mask);
	copy = zones[1].mask;
	inverted = ~wait;
	zones[0].heat = heat - WARM;
	zones[0].flags = (gfp_t)-1 & ~wait;
	rows[1][2] = rows[0][heat / 2];
}
