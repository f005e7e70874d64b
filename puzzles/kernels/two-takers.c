/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two takers and one page. This is not Linux, but the kernel is full of code of
 * this shape: look without the lock, to be quick; look again under it, to be
 * right. With look_again = 0 a taker trusts its first look.
 *
 * The model leaves out: which page it is, and giving it back; takers that wait
 * for a page.
 */
#include "oomrace.h"

struct mutex lock;
int free_pages = 1;
const bool look_again = true;

void take_page(void)
{
	if (free_pages < 1)
		return;

	mutex_lock(&lock);
	if (!look_again || free_pages > 0) {
		free_pages--;
		BUG_ON(free_pages < 0);
	}
	mutex_unlock(&lock);
}
