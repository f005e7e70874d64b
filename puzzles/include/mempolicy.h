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
};

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

#endif
