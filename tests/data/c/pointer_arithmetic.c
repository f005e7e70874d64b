// SPDX-License-Identifier: GPL-2.0-or-later
/* p + n, n + p, p - q, ++ and -- on pointers, steps of whole structs. */
#include "oomrace.h"

struct pair {
	int key;
	long value;
};

struct pair pairs[5];
int cells[8];
long distance, back_distance, struct_distance;
int *moved, *end, *stepped;
struct pair *third, *second;
int count;

void run(void)
{
	int *p = cells;
	struct pair *q = pairs;

	p += 5;
	moved = p;
	distance = p - cells;
	back_distance = cells - p;
	end = 2 + p;
	p -= 2;
	stepped = --p;
	*p++ = 11;
	*p-- = 12;
	*++p = 13;
	for (p = cells; p < cells + 8; p++)
		count += *p;
	third = q + 2;
	struct_distance = &pairs[4] - third;
	q++;
	q->key = 4;
	(q + 1)->value = -5;
	second = q--;
	q->value = second->key + (q + 2)->value;
}
