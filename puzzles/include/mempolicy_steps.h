/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rebinding a policy to other nodes in two steps, 2.6.35 to 4.12: the first
 * only adds nodes, the second only removes some. Commit 708c1bbc9d0c made
 * them, 213980c0f23b took them away. The rules are in the notes of the game.
 */
#ifndef MEMPOLICY_STEPS_H
#define MEMPOLICY_STEPS_H 1

#include "mempolicy.h"

/* Between STEP1 and STEP2 a policy is half rebound, and w belongs to STEP2. */
enum mpol_rebind_step {
	MPOL_REBIND_ONCE,
	MPOL_REBIND_STEP1,
	MPOL_REBIND_STEP2,
};

/*
 * STEP1 adds the new nodes and notes in w what STEP2 shall leave; ONCE does
 * both at one go. A result without any node is all of the cpuset.
 */
static inline void mpol_rebind_nodemask(struct mempolicy *pol,
					const nodemask_t *old,
					const nodemask_t *new,
					enum mpol_rebind_step step)
{
	nodemask_t nodes;
	nodemask_t tmp;

	if (pol->flags & MPOL_F_STATIC_NODES) {
		nodes_and(&tmp, old, new);
	} else if (pol->flags & MPOL_F_RELATIVE_NODES) {
		mpol_relative_nodemask(&tmp, old, new);
	} else if (step == MPOL_REBIND_STEP2) {
		tmp = *old;
		pol->w = *new;
	} else {
		nodes = pol->nodes;
		nodes_remap(&tmp, &nodes, old, new);
		pol->w = step == MPOL_REBIND_STEP1 ? tmp : *new;
	}
	if (nodes_empty(&tmp))
		tmp = *new;
	if (step == MPOL_REBIND_STEP1)
		nodes_or(&tmp, &pol->nodes, &tmp);
	pol->nodes = tmp;
}

static inline void mpol_rebind_policy(struct mempolicy *pol,
				      const nodemask_t *new,
				      enum mpol_rebind_step step)
{
	nodemask_t old;

	if (!pol)
		return;
	old = pol->w;
	if (!mpol_store_user_nodemask(pol) && step == MPOL_REBIND_ONCE &&
	    nodes_equal(&old, new))
		return;
	if (step == MPOL_REBIND_STEP1) {
		if (pol->rebinding)
			return;
		pol->rebinding = true;
	} else if (step == MPOL_REBIND_STEP2) {
		BUG_ON(!pol->rebinding);
		pol->rebinding = false;
	}
	if (pol->mode == MPOL_PREFERRED)
		mpol_rebind_preferred(pol, &old, new);
	else
		mpol_rebind_nodemask(pol, &old, new, step);
}

#endif
