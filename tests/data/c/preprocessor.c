// SPDX-License-Identifier: GPL-2.0-or-later
/* #define of constants and #if on them; text left out does not count. */
#include "oomrace.h"

#define SIZE 4
#define LIMIT (SIZE * 2 + 1)
#define HAVE_CPUSETS
#define VERSION 26
#define MASK 0xf0ul

int table[SIZE] = { [SIZE - 1] = LIMIT };
int branch, nested, undefined, elif, conditional;
unsigned long mask = MASK;

#ifdef HAVE_CPUSETS
int cpusets = 1;
#else
this text is no C at all
#endif

#ifndef HAVE_POLICY
static int policy(void)
{
	return -LIMIT;
}
#endif

void run(void)
{
#if VERSION >= 30
	branch = 30;
#elif VERSION > 20 && defined(HAVE_CPUSETS)
	branch = 20;
# if SIZE == 4
	nested = 4;
# else
	nested = 5;
# endif
#else
	branch = 10;
#endif
#if defined(HAVE_POLICY) || !VERSION
	undefined = 1;
#endif
#if 0
	elif = 1;
#elif 1
	elif = 2;
#endif
	for (int i = 0; i < SIZE; i++)
		table[i] += i * LIMIT;
	conditional = policy() + (VERSION % 10);
	mask &= ~MASK >> 2;
}
