/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stops the machine. */
#include "oomrace.h"

struct mutex m;
int x, *p = &x, table[2];

void first(void)
{
	x = 1;
	*p = 2;
	x = 6 / (2 - x);
	mutex_unlock(&m);
}

void second(void)
{
	p = NULL;
	p = table + 2;
	x = 3;
	p = table;
	table[x] = 1;
}
