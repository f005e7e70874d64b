/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A task may take a page of node 0 or of node 1, and another program takes and
 * gives back pages meanwhile. A task that finds none calls the OOM killer at
 * once: Linux looks more often, and tries to free pages first.
 *
 * The model leaves out: further looks, and freeing pages; which page it is; who
 * is killed.
 */
#include "oomrace.h"
#include "mmzone.h"

/* A page of the first node that has more of them than its min watermark. */
static struct zone *get_page(void)
{
	int node;

	for (node = 0; node < 2; node++)
		if (zone_watermark_ok(&zones[node], WMARK_MIN))
			return buffered_rmqueue(&zones[node]);
	return NULL;
}

/* A: the task asks one node after the other. */
void take_page(void)
{
	allocation_begin();
	if (!get_page())
		out_of_memory();
}

/* Would a kill be right at this instant? The game asks, no thread does. */
bool no_memory(void)
{
	return !zone_watermark_ok(&zones[0], WMARK_MIN) &&
	       !zone_watermark_ok(&zones[1], WMARK_MIN);
}

/* R: the other program frees a page, takes two, and frees one again. */
void other_program(void)
{
	zones[0].free++;
	zones[1].free--;
	zones[0].free--;
	zones[1].free++;
}
