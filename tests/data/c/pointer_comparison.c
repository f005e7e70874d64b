// SPDX-License-Identifier: GPL-2.0-or-later
/* Equality with NULL and with others, order inside one array. */
#include "oomrace.h"

struct zone {
	int node;
};

struct zone zones[4];
int cells[4];
int order[6];
bool is_null, not_null, same, different, as_condition;
int steps;

void run(void)
{
	struct zone *low = &zones[1], *high = &zones[3];
	int *nothing = NULL, *p;

	order[0] = low < high;
	order[1] = low > high;
	order[2] = low <= &zones[1];
	order[3] = high >= zones + 3;
	order[4] = low == high;
	order[5] = low + 2 != high;
	is_null = nothing == NULL;
	not_null = low != NULL;
	same = &zones[1] == low;
	different = cells != &cells[1];
	if (!nothing && low)
		as_condition = true;
	for (p = &cells[3]; p > cells; p--)
		steps++;
	while (low != high) {
		low->node = ++steps;
		low++;
	}
}
