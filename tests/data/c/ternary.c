// SPDX-License-Identifier: GPL-2.0-or-later
/* ?: evaluates one arm, and has the common type of both. */
#include "oomrace.h"

int largest, graded[5], evaluated;
long widened;
unsigned long shared_type;
int odd = 1, even = 2;
int *chosen, *none;

static int noted(int value)
{
	evaluated += value;
	return value;
}

static int grade(int score)
{
	return score > 90 ? 1 : score > 70 ? 2 : score > 50 ? 3 : 4;
}

void run(void)
{
	int a = 12, b = 31;
	unsigned long zero = 0;

	largest = a > b ? a : b;
	for (int i = 0; i < 5; i++)
		graded[i] = grade(i * 24);
	a = a < b ? noted(1) : noted(10);
	widened = a ? 4000000000u : 0;
	shared_type = a ? zero - 1 : zero;
	chosen = a % 2 ? &odd : &even;
	none = a % 2 ? NULL : &even;
	*(b > 30 ? &odd : &even) = 77;
	even = (b ? a : b) + (zero ? 1 : 2) * 3;
}
