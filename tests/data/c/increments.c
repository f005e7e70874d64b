// SPDX-License-Identifier: GPL-2.0-or-later
/* ++ and -- before and after, on every kind of lvalue. */
#include "oomrace.h"

struct counter {
	int hits;
	unsigned long seen[2];
};

int global = 5, before, after, old, new;
int cells[4] = { 10, 20, 30, 40 };
struct counter counter;
struct counter *view = &counter;
unsigned int wrapped;
int *cursor = cells;
int taken[3];

void run(void)
{
	int local = 1;
	int *pointer = &local;

	before = ++local;
	after = local++;
	old = global--;
	new = --global;
	(*pointer)++;
	global += ++*pointer;
	cells[1]++;
	--cells[before];
	counter.hits++;
	++view->hits;
	view->seen[1]--;
	++counter.seen[0];
	wrapped--;
	taken[0] = *cursor++;
	taken[1] = *++cursor;
	taken[2] = (*cursor--)++;
}
