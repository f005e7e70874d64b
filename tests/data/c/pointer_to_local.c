// SPDX-License-Identifier: GPL-2.0-or-later
/* A local's address goes down the call chain, and its fields come back. */
#include "oomrace.h"

struct range {
	int low;
	int high;
};

int sum, swapped_a, swapped_b, deep, minimum, maximum;

static void swap(int *a, int *b)
{
	int old = *a;

	*a = *b;
	*b = old;
}

static void widen(struct range *range, int value)
{
	if (value < range->low)
		range->low = value;
	if (value > range->high)
		range->high = value;
}

static void scan(struct range *range, const int *values, int length)
{
	for (int i = 0; i < length; i++)
		widen(range, values[i]);
}

static void deeper(int **where)
{
	**where += 5;
	*where += 1;
	**where *= 3;
}

void run(void)
{
	int a = 3, b = 8;
	int pair[2] = { 1, 2 };
	int *cursor = pair;
	int values[5] = { 4, -9, 0, 12, 7 };
	struct range range = { .low = 100, .high = -100 };

	swap(&a, &b);
	swapped_a = a;
	swapped_b = b;
	scan(&range, values + 1, 4);
	minimum = range.low;
	maximum = range.high;
	deeper(&cursor);
	sum = pair[0] * 10 + pair[1];
	deep = cursor - pair;
	swap(&values[0], &range.low);
	sum += values[0];
}
