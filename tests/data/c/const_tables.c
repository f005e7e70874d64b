// SPDX-License-Identifier: GPL-2.0-or-later
/* Const tables are read by index, by pointer and by nested member. */
#include "oomrace.h"

struct rule {
	int mode;
	int limits[2];
	const struct rule *next;
};

const int primes[5] = { 2, 3, 5, 7, 11 };
static const unsigned long masks[3] = { [1] = 0xfful, [2] = ~0ul };
const struct rule strict = { .mode = 1, .limits = { 4, 8 } };
const struct rule loose = { .mode = 2, .limits = { -4, 80 }, .next = &strict };
static const struct rule *const rules[2] = { &loose, &strict };
const int *cursor = &primes[1];
const struct rule *applied;
int product = 1, total;
unsigned long combined;

void run(void)
{
	const int *const end = primes + 5;

	for (const int *p = primes; p < end; p++)
		product *= *p;
	for (int i = 0; i < 2; i++) {
		for (applied = rules[i]; applied->next; applied = applied->next)
			total += applied->limits[1];
	}
	cursor += 2;
	combined = masks[1] << 8 | (masks[2] & *cursor);
	total += rules[0]->next->limits[0];
}
