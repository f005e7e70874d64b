// SPDX-License-Identifier: GPL-2.0-or-later
/* Inner names hide outer ones; labels and members have their own space. */
#include "oomrace.h"

int value = 1;
struct value {
	int value;
};
struct value object = { .value = 5 };
int seen[6], after;

static int parameter_hides(int value)
{
	value += 10;
	{
		int value = 100;

		value++;
		seen[0] = value;
	}
	return value;
}

void run(void)
{
	int local = 2;

	seen[1] = parameter_hides(value);
	if (local) {
		int local = value + 20;
		int value = local + 1;

		seen[2] = value;
		for (int local = 0; local < 3; local++) {
			int value = local * local;

			seen[3] += value;
		}
		local++;
		seen[4] = local;
	}
	seen[5] = object.value;
	if (local > 5)
		goto value;
	value += local;
value:
	after = value;
}
