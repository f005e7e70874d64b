/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When is a kill genuine? */
#ifndef OOM_H
#define OOM_H 1

#include "mmzone.h"
#include "sched.h"

/*
 * Does the system of this instant justify an OOM kill: are all nodes that the
 * cpuset and the policy leave to the task at or below their min watermark, with
 * nothing left to reclaim? A policy that has no node in common with the cpuset
 * is ignored, as the kernel ignores it. For an allocation outside a page fault
 * there is no vma: NULL.
 */
static inline bool no_memory_for(const struct task_struct *tsk,
				 const struct vm_area_struct *vma)
{
	const struct mempolicy *pol = tsk->mempolicy;
	nodemask_t nodes = tsk->mems_allowed;
	int node;

	if (vma && vma->vm_policy)
		pol = vma->vm_policy;
	if (pol && pol->mode == MPOL_BIND &&
	    nodes_intersects(&pol->nodes, &nodes))
		nodes_and(&nodes, &nodes, &pol->nodes);

	for (node = first_node(&nodes); node < MAX_NUMNODES;
	     node = next_node(node, &nodes))
		if (zone_watermark_ok(&zones[node], WMARK_MIN) ||
		    zones[node].reclaimable)
			return false;
	return true;
}

#endif
