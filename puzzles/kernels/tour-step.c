/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A task takes a page of memory, and the administrator moves the task to
 * another node and back. This is not Linux: it is as small as can be.
 *
 * The model leaves out: how a page is looked for.
 */
#include "oomrace.h"

/* The node whose memory the task may use. Both threads see it. */
int home;

/* The node that the task's page is from; -1 stands for none. */
int page = -1;

/* A: the task looks where it may take a page, and takes it there. */
void take_page(void)
{
	int node = home;

	if (node < 0)
		node = 0;
	page = node;
}

/* R: the administrator moves the task to node 1, and back to node 0. */
void move_task(void)
{
	home = 1;
	home = 0;
}
