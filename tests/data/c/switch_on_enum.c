// SPDX-License-Identifier: GPL-2.0-or-later
/* A switch over an enum, with cases named by constant expressions. */
#include "oomrace.h"

enum mpol_mode { MPOL_DEFAULT, MPOL_PREFERRED, MPOL_BIND, MPOL_INTERLEAVE };
#define MPOL_LAST 3

enum mpol_mode modes[4] = { MPOL_BIND, MPOL_INTERLEAVE, MPOL_DEFAULT, MPOL_PREFERRED };
int nodes[4], wide;

static int node_of(enum mpol_mode mode, int local)
{
	switch (mode) {
	case MPOL_DEFAULT:
		break;
	case MPOL_PREFERRED:
	case MPOL_BIND:
		local += mode;
		break;
	case MPOL_LAST:
		return -1;
	}
	return local;
}

void run(void)
{
	for (int i = 0; i < 4; i++)
		nodes[i] = node_of(modes[i], 10 * i);
	switch ((long)modes[0] << 33) {
	case (long)MPOL_BIND << 33:
		wide = 1;
		break;
	case MPOL_DEFAULT:
		wide = 2;
	}
}
