// SPDX-License-Identifier: GPL-2.0-or-later
/* Empty, nested and unusual statements, and an else that is near two ifs. */
#include "oomrace.h"

int dangling[4], empty, loops, assigned, declared;

static int choose(int a, int b)
{
	int result = 0;

	if (a) {
		if (b)
			result = 1;
		else
			result = 2;
	}
	if (a)
		;
	else if (b)
		result += 10;
	else
		for (int i = 0; i < 3; i++)
			if (i == 1)
				result += 100;
	return (result);
}

static int next(int *value)
{
	return --*value;
}

void run(void)
{
	int n = 4, count = 0;
	unsigned mixed = 1, *at = &mixed, list[2] = { 5, };
	long unsigned int wide = 1;
	int const fixed = 9;
	int *const pointer = &n;

	for (int i = 0; i < 4; i++)
		dangling[i] = choose(i & 1, i >> 1);
	{}
	{
		{
			;
		}
		empty++;
	}
	while (n-- > 1)
		;
	do {} while (loops++ < 3);
	for (; loops < 9; loops += 2)
		;
	if ((assigned = n + 7) > 6 && (count = assigned))
		empty += count;
	n = 5;
	while ((count = next(&n)))
		assigned += count;
	switch (n) {
	default:;
	}
	*at += list[0] + list[1] + fixed;
	wide <<= 33;
	*pointer -= mixed;
	declared += n + (wide >> 30);
	goto end;
end:
	;
}
