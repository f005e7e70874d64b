// SPDX-License-Identifier: GPL-2.0-or-later
/* READ_ONCE and WRITE_ONCE are a plain read and write; barriers do nothing here. */
#include "oomrace.h"

struct zone {
	long free;
	struct zone *next;
};

struct zone zones[2] = { { .free = 3 } };
struct zone *head;
bool ready;
unsigned int sequence;
long seen;

void run(void)
{
	struct zone *zone = &zones[0];

	WRITE_ONCE(zone->free, READ_ONCE(zone->free) - 10);
	WRITE_ONCE(zones[1].next, zone);
	WRITE_ONCE(head, &zones[1]);
	smp_wmb();
	WRITE_ONCE(ready, 64);
	WRITE_ONCE(sequence, -1);
	while (!READ_ONCE(ready))
		cpu_relax();
	smp_rmb();
	seen = READ_ONCE(head)->next->free;
	smp_mb();
	cond_resched();
	yield();
	BUG_ON(seen > 0);
	WRITE_ONCE(zones[READ_ONCE(sequence) & 1].free, seen * 2);
}
