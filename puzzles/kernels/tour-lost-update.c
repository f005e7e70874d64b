/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two tasks give back two pages each. One word counts the free pages, and
 * nobody takes a lock.
 *
 * The model leaves out: the pages themselves.
 */
#include "oomrace.h"

int free_pages;

static void free_page(void)
{
	free_pages++;
}

void free_two_pages(void)
{
	free_page();
	free_page();
}
