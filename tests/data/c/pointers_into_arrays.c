// SPDX-License-Identifier: GPL-2.0-or-later
/* Indexing, &a[i], array decay, and pointers kept in globals. */
#include "oomrace.h"

int values[6] = { 3, 1, 4, 1, 5, 9 };
int *first, *middle, *decayed, *found, *missing = &values[0];
int sum, by_offset, back, negative_index;

static int *find(int *array, int length, int wanted)
{
	for (int i = 0; i < length; i++) {
		if (array[i] == wanted)
			return &array[i];
	}
	return NULL;
}

static int total(const int array[], int length)
{
	int result = 0;

	while (length--)
		result += array[length];
	return result;
}

void run(void)
{
	first = &values[0];
	middle = &values[3];
	decayed = values;
	found = find(values, 6, 5);
	missing = find(values, 6, 2);
	sum = total(values, 6) * 100 + total(middle, 2);
	by_offset = *(values + 2);
	back = *(middle - 1);
	negative_index = middle[-2];
	*found = 50;
	middle[2] += 1;
}
