// SPDX-License-Identifier: GPL-2.0-or-later
/* A list is built, reversed and walked; links stay in shared memory. */
#include "oomrace.h"

struct node {
	int value;
	struct node *next;
};

struct node pool[6];
int used;
struct node *head, *tail;
int forwards, backwards;

static struct node *new_node(int value)
{
	struct node *node = &pool[used++];

	node->value = value;
	node->next = NULL;
	return node;
}

static void push(int value)
{
	struct node *node = new_node(value);

	node->next = head;
	head = node;
	if (!tail)
		tail = node;
}

static int digits(const struct node *node)
{
	int result = 0;

	for (; node; node = node->next)
		result = result * 10 + node->value;
	return result;
}

static struct node *reverse(struct node *list)
{
	struct node *done = NULL;

	while (list) {
		struct node *rest = list->next;

		list->next = done;
		done = list;
		list = rest;
	}
	return done;
}

void run(void)
{
	for (int i = 1; i <= 5; i++)
		push(i);
	forwards = digits(head);
	tail = head;
	head = reverse(head);
	backwards = digits(head);
}
