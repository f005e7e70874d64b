// SPDX-License-Identifier: GPL-2.0-or-later
/* A ring of bounded size: unsigned indices wrap, the mask follows. */
#include "oomrace.h"

#define RING 4

struct ring {
	long slots[RING];
	unsigned int head, tail;
};

struct ring ring = { .head = 0xfffffffe, .tail = 0xfffffffe };
int refused, empty;
long taken[6];

static bool put(struct ring *to, long value)
{
	if (to->head - to->tail == RING)
		return false;
	to->slots[to->head++ % RING] = value;
	return true;
}

static bool get(struct ring *from, long *value)
{
	if (from->head == from->tail)
		return false;
	*value = from->slots[from->tail % RING];
	from->tail++;
	return true;
}

void run(void)
{
	int count = 0;

	for (int i = 1; i <= 6; i++)
		if (!put(&ring, i * -1000000000l))
			refused++;
	while (get(&ring, &taken[count]))
		count++;
	put(&ring, 7);
	if (!get(&ring, &taken[5]) || get(&ring, &taken[0]))
		count = -1;
	empty = count;
}
