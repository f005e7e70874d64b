// SPDX-License-Identifier: GPL-2.0-or-later
/* Locals are initialised again each time their block is entered. */
#include "oomrace.h"

struct sample {
	int value;
	int history[3];
	struct sample *origin;
};

struct sample kept[3];
int collected, sparse_sum, runtime;

static int twice(int n)
{
	return n * 2;
}

void run(void)
{
	for (int i = 0; i < 3; i++) {
		int fresh = 5;
		int history[3] = { i, twice(i) };
		struct sample sample = {
			.value = twice(i + 1),
			.history = { [2] = fresh, [0] = history[1] },
			.origin = &kept[i],
		};

		fresh += i;
		collected = collected * 10 + fresh;
		history[2] += sample.value;
		sample.history[1] = history[2];
		kept[2 - i] = sample;
	}
	{
		int sparse[8] = { [3] = 4, 5, [7] = collected };
		struct sample empty = { 0 };
		int first = sparse[3], second = first + sparse[4];

		for (int i = 0; i < 8; i++)
			sparse_sum += sparse[i] * (i + 1);
		runtime = second + empty.history[1] + !empty.origin;
	}
}
