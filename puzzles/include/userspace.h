/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What user space does, as threads of a level run it: an administrator who
 * writes several masks, and an application that touches its memory. A kernel
 * file includes this at its end.
 */
#ifndef USERSPACE_H
#define USERSPACE_H 1

#include "cpuset.h"
#include "mempolicy_calls.h"

#define MAX_WRITES 24

/* What is written to cpuset.mems in turn, up to the first empty mask. */
const nodemask_t writes[MAX_WRITES + 1];

/* Do nothing: a level can let another thread start once these are reached. */
static inline void administrator_done(void)
{
}

static inline void application_done(void)
{
}

static inline void administrator(struct cpuset *cs)
{
	int i;

	for (i = 0; !nodes_empty(&writes[i]); i++)
		cpuset_write_mems(cs, &writes[i]);
	administrator_done();
}

/* There and back, for ever, as cpuset01 of the Linux Test Project does. */
static inline void flip_for_ever(struct cpuset *cs)
{
	for (;;) {
		cpuset_write_mems(cs, &writes[0]);
		cpuset_write_mems(cs, &writes[1]);
	}
}

static inline void application(struct vm_area_struct *mapping)
{
	do_page_fault(mapping);
	application_done();
}

/* The application binds itself to other nodes before it goes on. */
static inline void application_binds(struct mempolicy *new,
				     const nodemask_t *user,
				     struct vm_area_struct *mapping)
{
	do_set_mempolicy(new, user);
	application(mapping);
}

#endif
