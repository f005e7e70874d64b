// SPDX-License-Identifier: GPL-2.0-or-later
/* Prototypes, several declarators, local types, arrays of unnamed size. */
#include "oomrace.h"

static int later(int, const int *values);
static inline void store(int *where, int value);
extern int shared;

enum { FIRST, SECOND = FIRST + 3, THIRD = SECOND << 2, };
struct node { int value; struct node *next; } nodes[2] = { { 1, &nodes[1] }, { 2, 0 } }, spare;
static const unsigned long masks[] = { 1, 1ul << 40, THIRD, };
int shared = THIRD, *cursor = &shared, grid[2][2] = { { 1, 2 }, { 3 } };
int const limit = 4;
int sums[3], kept;
signed long_name = -1;

void run(void)
{
	enum state { IDLE = 5, BUSY } state = BUSY;
	struct local { int a[2]; struct { bool b; } inner; } local = { { 1, 2 }, { 3 } }, copy = local;
	int counts[] = { 7, 8, 9 }, *last = &counts[2];

	copy.a[0] += state;
	local.inner.b = copy.inner.b + 1;
	sums[0] = copy.a[0] * 10 + copy.a[1] + local.inner.b;
	sums[1] = later(limit, counts) + *last;
	store(&sums[2], IDLE);
	spare = *nodes[0].next;
	spare.next = nodes;
	kept = spare.next->next->value + (int)(masks[1] >> 38) + grid[1][0];
	*cursor += long_name;
}

static int later(int count, const int *values)
{
	int total = 0;

	while (count-- > 1)
		total += values[count - 1];
	return total;
}

static inline void store(int *where, int value)
{
	*where = value + FIRST + SECOND;
}
