/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loops that wait for each other. */
#include "oomrace.h"

int x, y;
struct mutex m;

void first(void)
{
	mutex_lock(&m);
	while (!x)
		cpu_relax();
	mutex_unlock(&m);
}

void second(void)
{
	if (y++ > 5)
		return;
	mutex_lock(&m);
	x = 1;
	mutex_unlock(&m);
}
