// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions that return structs, used whole and by member. */
#include "oomrace.h"

struct span {
	long start;
	long end;
};

struct span merged, shifted, spans[2];
long size, start_only;

static struct span make(long start, long end)
{
	struct span span = { .start = start, .end = end };

	return span;
}

static struct span merge(struct span a, struct span b)
{
	if (b.start < a.start)
		a.start = b.start;
	if (b.end > a.end)
		a.end = b.end;
	return a;
}

static struct span shift(struct span span, long by)
{
	span.start += by;
	span.end += by;
	return span;
}

void run(void)
{
	merged = merge(make(4, 9), make(1, 6));
	shifted = shift(merged, -10);
	spans[1] = shift(shift(merged, 1), 1);
	size = make(3, 17).end;
	start_only = merge(shifted, spans[1]).start;
	spans[0] = spans[1];
	spans[0].end--;
}
