// SPDX-License-Identifier: GPL-2.0-or-later
/* Designators by member and index, nested, out of order, gaps zero. */
#include "oomrace.h"

enum mark { MIN, LOW, HIGH, MARKS };

struct zone {
	int node;
	int marks[MARKS];
	struct {
		bool active;
		unsigned long pages;
	} stats;
};

struct zone zone = {
	.stats = { .pages = 1ul << 33, .active = true },
	.marks = { [HIGH] = 30, [MIN] = 10 },
	.node = -1,
};
struct zone table[] = {
	[2] = { .node = 2, .marks = { 1, 2, 3 } },
	[0] = { .stats.pages = 8, .marks[LOW] = 20 },
	{ .node = MARKS * 2 },
};
int squares[6] = { 0, 1, 4, [4] = 16, 25 };
int matrix[2][3] = { [1] = { [2] = 6, [0] = 4 } };
long negative = -(1l << 40), expression = (3 + 4) * 2 - 1 / 2;
bool truth = 12, both = 1 && 0, chosen = 3 > 2 ? 1 : 0;
unsigned int all = ~0, cut = 1u << 31;
int sum;

void run(void)
{
	for (int i = 0; i < 3; i++)
		sum += table[i].node * 10 + table[i].marks[LOW];
	sum += squares[4] + matrix[1][2];
	zone.marks[LOW] = zone.marks[MIN] + zone.marks[HIGH];
}
