// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls inside calls, early returns, void functions, unused results. */
#include "oomrace.h"

int nested, classified[5], called, deep, ignored;
unsigned long widened;

static int add(int a, int b)
{
	called++;
	return a + b;
}

static int classify(int n)
{
	if (n < 0)
		return -1;
	if (!n)
		return 0;
	for (int i = 2; i < n; i++) {
		if (n % i == 0)
			return i;
	}
	return 1;
}

static void store_if(bool condition, int *where, int value)
{
	if (!condition)
		return;
	*where = value;
}

static unsigned long widen(unsigned long value)
{
	return value * 2;
}

static int one(void) { return 1; }
static int two(void) { return one() + one(); }
static int four(void) { return two() * two(); }

void run(void)
{
	nested = add(add(1, 2), add(3, add(4, 5)));
	for (int i = 0; i < 5; i++)
		classified[i] = classify(i * 5 - 5);
	store_if(true, &deep, 3);
	store_if(false, &deep, 4);
	deep += four() * add(two(), one());
	add(1, 1);
	(void)add(2, 2);
	ignored = called;
	widened = widen(-1);
}
