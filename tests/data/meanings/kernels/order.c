/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of accesses: operands, assignments, copies, calls, loops, switches. */
#include "oomrace.h"

#define STEP 2

struct pair { int a; int b; };
struct pair pair = { 1, 2 }, other = { 3, 4 };
const struct pair fixed = { 5, 6 };
int x, y = 1, table[3] = { 7, 8, 9 };
unsigned long wide;
int *p = &x;

static int next(int v)
{
	return v + STEP;
}

void reads(void)
{
	int l = y++ + table[x & 1];

	p = l > 8 ? &y : &x;
	wide = x - y - fixed.b;
	pair = other;
	switch (l) {
	case 8:
		*p += next(l);
		/* falls through */
	case 9:
		x = -x;
		break;
	default:
		x = !x && pair.a;
	}
}

void writes(void)
{
	for (int i = 0; i < 2; i++)
		table[i] = next(x);
	other.b = x = 1;
	do
		*p = table[2]--;
	while (table[2] > 8 || y > 100);
}
