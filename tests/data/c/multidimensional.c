// SPDX-License-Identifier: GPL-2.0-or-later
/* Arrays of arrays: rows are arrays, and decay to pointers. */
#include "oomrace.h"

#define NODES 3

int distance[NODES][NODES] = {
	{ 10, 20, 30 },
	{ 20, 10, 25 },
	{ 30, 25, 10 },
};
int nearest[NODES], sums[2], cube[2][2][3];
int *row, *cell;
long gap;

static int sum(const int *values, int length)
{
	int total = 0;

	for (int i = 0; i < length; i++)
		total += values[i];
	return total;
}

static int closest(int node)
{
	int best = -1;

	for (int other = 0; other < NODES; other++) {
		if (other == node)
			continue;
		if (best < 0 || distance[node][other] < distance[node][best])
			best = other;
	}
	return best;
}

void run(void)
{
	for (int node = 0; node < NODES; node++)
		nearest[node] = closest(node);
	row = distance[1];
	cell = &distance[2][1];
	gap = cell - distance[2];
	sums[0] = sum(distance[2], NODES);
	sums[1] = sum(row + 1, 2);
	for (int i = 0; i < 12; i++)
		cube[i / 6][i / 3 % 2][i % 3] = i * i;
	cube[1][0][2] -= cube[0][1][1];
	*cell = cube[1][1][2]++;
}
