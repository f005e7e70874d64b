/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory policies: modes, flags and the arithmetic that all eras share. */
#ifndef MEMPOLICY_H
#define MEMPOLICY_H 1

#include "nodemask.h"

enum mpol_mode {
	MPOL_DEFAULT,
	MPOL_PREFERRED,
	MPOL_BIND,
	MPOL_INTERLEAVE,
	MPOL_LOCAL,
	MPOL_PREFERRED_MANY,
};

#define MPOL_F_LOCAL (1 << 1)
#define MPOL_F_RELATIVE_NODES (1 << 14)
#define MPOL_F_STATIC_NODES (1 << 15)

/*
 * w is what nodes was made from: with the flag STATIC or RELATIVE the nodes
 * that the user named, else the nodes of the cpuset at the last rebind.
 */
struct mempolicy {
	const enum mpol_mode mode;
	const int flags;
	nodemask_t nodes;
	nodemask_t w;
#ifdef MPOL_REBIND_STEPS
	bool rebinding;
#endif
#ifdef MPOL_FREED
	bool freed;
#endif
};

/* The mapping of this policy gives it up, and its memory is used again. */
static inline void mpol_put(struct mempolicy *pol)
{
#ifdef MPOL_FREED
	if (pol)
		pol->freed = true;
#else
	(void)pol;
#endif
}

#ifdef MPOL_FREED
/* After the allocation: the kernel looks whether the policy is shared. */
static inline void mpol_cond_put(const struct mempolicy *pol)
{
	BUG_ON(pol->freed);
}
#endif

static inline bool mpol_store_user_nodemask(const struct mempolicy *pol)
{
	return pol->flags & (MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES);
}

static inline void mpol_relative_nodemask(nodemask_t *dst,
					  const nodemask_t *user,
					  const nodemask_t *allowed)
{
	nodemask_t folded;

	nodes_fold(&folded, user, nodes_weight(allowed));
	nodes_onto(dst, &folded, allowed);
}

/*
 * To other nodes with a policy that prefers one node, or none: then the CPU's
 * own is preferred.
 */
static inline void mpol_rebind_preferred(struct mempolicy *pol,
					 const nodemask_t *old,
					 const nodemask_t *new)
{
	nodemask_t nodes;
	nodemask_t tmp;

	if (pol->flags & MPOL_F_STATIC_NODES) {
		nodes_clear(&tmp);
		if (node_isset(first_node(old), new))
			node_set(first_node(old), &tmp);
	} else if (pol->flags & MPOL_F_RELATIVE_NODES) {
		mpol_relative_nodemask(&tmp, old, new);
	} else {
		nodes = pol->nodes;
		nodes_remap(&tmp, &nodes, old, new);
		pol->w = *new;
	}
	pol->nodes = tmp;
}

#endif
