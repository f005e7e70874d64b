// SPDX-License-Identifier: GPL-2.0-or-later
/* default may stand anywhere; it is taken only if no case fits. */
#include "oomrace.h"

int middle[5], first[4], only, none = 3;

static int default_in_the_middle(int value)
{
	int result = 0;

	switch (value) {
	case 1:
		result = 1;
		break;
	default:
		result = 50;
		/* fall through */
	case 2:
		result += 2;
		break;
	case -3:
		result = 3;
	}
	return result;
}

static int default_first(unsigned long value)
{
	switch (value) {
	default:
		return -1;
	case 0x100000000ul:
		return 32;
	case 2:
		return 2;
	}
}

void run(void)
{
	for (int i = 0; i < 5; i++)
		middle[i] = default_in_the_middle(i - 3);
	for (int i = 0; i < 4; i++)
		first[i] = default_first(i == 3 ? 1ul << 32 : (unsigned long)i);
	switch (only) {
	default:
		only = 9;
	}
	switch (none) {
	case 4:
		none = 0;
	}
}
