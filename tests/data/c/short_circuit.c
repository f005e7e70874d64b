// SPDX-License-Identifier: GPL-2.0-or-later
/* The right half of && and || runs only if it is needed. */
#include "oomrace.h"

int calls, both, either, guarded, nested, third;
struct node {
	int value;
	struct node *next;
};
struct node last = { .value = 3 };
struct node first = { .value = 2, .next = &last };
bool has_second, has_third;

static bool count(bool result)
{
	calls++;
	return result;
}

void run(void)
{
	struct node *nothing = NULL;

	both = count(true) && count(false) && count(true);
	either = count(false) || count(true) || count(true);
	guarded = nothing && nothing->value;
	has_second = first.next && first.next->value == 3;
	has_third = first.next->next != NULL || (first.value > 2 && count(true));
	nested = (count(false) && count(true)) || (!count(false) && 7);
	third = !!5 + !0 + !nothing;
	if (!nothing && ++calls > 3 && calls++ < 9)
		third += 100;
}
