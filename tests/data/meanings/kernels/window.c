/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A rebind whose inside nobody is to see, and stores that are read back. */
#include "oomrace.h"

unsigned long allowed = 1, scratch, seen;

bool exhausted(void)
{
	return !(allowed & 1);
}

void allocate(void)
{
	allocation_begin();
	scratch = 1;
	scratch = 2;
	seen = scratch;
	if (allowed & 1 && seen == 2)
		return;
	out_of_memory();
}

void rebind(void)
{
	rebind_begin();
	allowed = 2;
	allowed = 4;
	allowed = 1;
	rebind_end();
	allowed = 0;
}
