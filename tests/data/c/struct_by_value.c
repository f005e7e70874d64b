// SPDX-License-Identifier: GPL-2.0-or-later
/* A struct argument is a copy: the callee's changes stay there. */
#include "oomrace.h"

struct vector {
	int x;
	int y;
	int weights[2];
};

struct vector origin = { .x = 1, .y = 2, .weights = { 3, 4 } };
int inside, length, through_call;

static int squared(struct vector v)
{
	v.x *= v.x;
	v.y *= v.y;
	v.weights[0] = 0;
	return v.x + v.y;
}

static int weigh(struct vector v, const struct vector *unchanged)
{
	v.weights[1] += 10;
	return v.weights[1] * 100 + unchanged->weights[1];
}

void run(void)
{
	struct vector local = origin;

	local.x = 5;
	length = squared(local);
	inside = local.x + local.weights[0];
	through_call = weigh(origin, &origin);
	origin.y += squared(origin);
}
