// SPDX-License-Identifier: GPL-2.0-or-later
/* The classic unlink through the address of the link. */
#include "oomrace.h"

struct item {
	int key;
	struct item *next;
};

struct item items[4] = {
	{ .key = 10, .next = &items[1] },
	{ .key = 20, .next = &items[2] },
	{ .key = 30, .next = &items[3] },
	{ .key = 40 },
};
struct item *head = &items[0];
struct item *removed[2];
struct item **link;
int seen;

static struct item *unlink_key(struct item **from, int key)
{
	struct item **p;

	for (p = from; *p; p = &(*p)->next) {
		struct item *found = *p;

		if (found->key == key) {
			*p = found->next;
			found->next = NULL;
			return found;
		}
	}
	return NULL;
}

void run(void)
{
	removed[0] = unlink_key(&head, 10);
	removed[1] = unlink_key(&head, 30);
	link = &head->next;
	(*link)->key++;
	for (struct item *p = head; p; p = p->next)
		seen = seen * 100 + p->key;
}
