/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A task asks which node it may use, and the administrator moves it from node
 * 0 to node 1 meanwhile. There are no other nodes.
 *
 * The model leaves out: what the task wants there.
 */
#include "oomrace.h"

/* The node whose memory the task may use: 0 or 1. */
int home;

bool homeless;

/* A: the task asks about node 1 first, for it is the nearer one. */
void find_home(void)
{
	if (home != 1 && home != 0)
		homeless = true;
}

/* R: the administrator moves the task to node 1. */
void move_task(void)
{
	home = 1;
}
