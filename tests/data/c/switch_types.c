// SPDX-License-Identifier: GPL-2.0-or-later
/* Case labels are converted to the promoted type of what is switched on. */
#include "oomrace.h"

int found[10];

static int on_unsigned(unsigned int value)
{
	switch (value) {
	case -1:
		return 1;
	case 0x80000000:
		return 2;
	case 1 ? 3 : 4:
		return 3;
	}
	return 4;
}

static int on_long(long value)
{
	switch (value) {
	case 0xffffffff:
		return 1;
	case -1:
		return 2;
	case 1l << 32:
		return 3;
	}
	return 4;
}

static int on_unsigned_long(unsigned long value)
{
	switch (value) {
	case -1:
		return 1;
	case ~1u:
		return 2;
	default:
		return 3;
	}
}

static int on_int(int value)
{
	switch (value) {
	case 0xffffffff:
		return 1;
	case true:
		return 2;
	default:
		return 3;
	}
}

void run(void)
{
	found[0] = on_unsigned(4294967295u);
	found[1] = on_unsigned(-2147483647 - 1);
	found[2] = on_unsigned(3);
	found[3] = on_long(4294967295);
	found[4] = on_long(-1);
	found[5] = on_long(4294967296);
	found[6] = on_unsigned_long(-1);
	found[7] = on_unsigned_long(4294967294);
	found[8] = on_int(-1) * 10 + on_int(1);
	switch (found[0] == 1) {
	case false:
		found[9] = 1;
		break;
	case true:
		found[9] = 2;
	}
}
