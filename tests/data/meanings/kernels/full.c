/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store buffer that is full. */
#include "oomrace.h"

int x, seen;

void first(void)
{
	for (int i = 1; i < 11; i++)
		x = i;
}

void second(void)
{
	seen = x;
}
