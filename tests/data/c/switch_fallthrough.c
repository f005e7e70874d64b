// SPDX-License-Identifier: GPL-2.0-or-later
/* Cases that run into the next, share a body, or hold their own scope. */
#include "oomrace.h"

int trace[7], total;

static int walk(int from)
{
	int result = 0;

	switch (from) {
	case 0:
		result += 1;
		/* fall through */
	case 1:
		result += 10;
		/* fall through */
	case 2: {
		int bonus = result + 1;

		result += 100 * bonus;
		break;
	}
	case 3:
	case 4:
		result = -from;
		break;
	case 2 * 2 + 1:
		return 5555;
	}
	return result + 1000000;
}

void run(void)
{
	for (int i = 0; i < 7; i++) {
		trace[i] = walk(i);
		total += trace[i];
	}
}
