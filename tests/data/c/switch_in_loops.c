// SPDX-License-Identifier: GPL-2.0-or-later
/* break leaves the switch, continue the turn of the loop around it. */
#include "oomrace.h"

int counts[4], ended_at, inner, outer;

static int nested(int a, int b)
{
	switch (a) {
	case 0:
		switch (b) {
		case 0:
			return 1;
		case 1:
			break;
		default:
			return 2;
		}
		return 3;
	case 1:
		while (true) {
			if (b++ > 3)
				break;
			inner++;
		}
		break;
	default:
		return 4;
	}
	return 5;
}

void run(void)
{
	int i;

	for (i = 0; ; i++) {
		switch (i % 4) {
		case 0:
			counts[0]++;
			break;
		case 1:
			counts[1]++;
			continue;
		case 2:
			if (i > 9)
				goto out;
			/* fall through */
		default:
			counts[2]++;
		}
		counts[3]++;
	}
out:
	ended_at = i;
	for (int a = 0; a < 3; a++) {
		for (int b = 0; b < 3; b++)
			outer = outer * 10 + nested(a, b);
	}
}
