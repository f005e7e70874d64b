/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calls by which a program chooses a policy. The new policy is an object
 * that no other thread knows yet, with mode and flags set; user is what the
 * program asks for. Where mappings have locks, the kernel file has do_mbind().
 * Until 3.17 set_mempolicy() takes mmap_sem, too.
 */
#ifndef MEMPOLICY_CALLS_H
#define MEMPOLICY_CALLS_H 1

#include "sched.h"

/*
 * What the cpuset leaves of the nodes asked for. Under current's alloc_lock,
 * but in mbind() since 5.10.
 */
static inline int mpol_set_nodemask(struct mempolicy *pol,
				    const nodemask_t *user)
{
	nodemask_t allowed = current->mems_allowed;
	nodemask_t nodes;
	int node;

	if (pol->flags & MPOL_F_RELATIVE_NODES)
		mpol_relative_nodemask(&nodes, user, &allowed);
	else
		nodes_and(&nodes, user, &allowed);
	if (nodes_empty(&nodes))
		return -EINVAL;

	if (pol->mode == MPOL_PREFERRED) {
		node = first_node(&nodes);
		nodes_clear(&nodes);
		node_set(node, &nodes);
	}
	pol->nodes = nodes;
	pol->w = mpol_store_user_nodemask(pol) ? *user : allowed;
	return 0;
}

static inline int do_set_mempolicy(struct mempolicy *new,
				   const nodemask_t *user)
{
	int err;

	task_lock(current);
	err = mpol_set_nodemask(new, user);
	if (!err)
		current->mempolicy = new;
	task_unlock(current);
	return err;
}

#ifndef PER_VMA_LOCK
/* The old policy goes. Nobody who found it in the mapping is still about. */
static inline int do_mbind(struct vm_area_struct *vma, struct mempolicy *new,
			   const nodemask_t *user)
{
	struct mm_struct *mm = current->mm;
	struct mempolicy *old;
	int err;

	down_write(&mm->mmap_sem);
	task_lock(current);
	err = mpol_set_nodemask(new, user);
	task_unlock(current);
	if (!err) {
		old = vma->vm_policy;
		vma->vm_policy = new;
		mpol_put(old);
	}
	up_write(&mm->mmap_sem);
	return err;
}
#endif

#endif
