/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 4.13: get_mempolicy() copies the nodes under its lock.
 *
 * Commit 73223e4e2e38 (zhong jiang, 2017; also in 4.12.9): mmap_sem is held from
 * the look at the mapping to the copy of the nodes of its policy. The rest is
 * as before.
 *
 * Source: the patch and its text. More, and what of it is in
 * doubt, is in the notes of the game:
 * oomrace history policy-locked
 *
 * The model leaves out: all of get_mempolicy() but its answer for an address;
 * modes and flags of policies; policies that are shared and counted; the page
 * allocator; all of the slab allocator but that a CPU uses again first what it
 * has freed last; merging and splitting of mappings; cpusets, so that mbind()
 * takes the nodes as they are. Every access in the text happens once, in order.
 */
#define MPOL_FREED 1

#include "oomrace.h"
#include "sched.h"

/* Two mappings, their policies, and a policy that is not in use. */
struct mempolicy policies[3];
static struct vm_area_struct vmas[2] = {
	{ .vm_policy = &policies[0] },
	{ .vm_policy = &policies[1] },
};

struct mm_struct mm;
struct task_struct task = { .mm = &mm };
struct task_struct sibling = { .mm = &mm };

/* What mbind() is called with, and what get_mempolicy() answers. */
const nodemask_t first_nodes;
const nodemask_t second_nodes;
nodemask_t answer;

/* The slab of policies, as the CPU sees it that frees and allocates them. */
static struct mempolicy *freelist = &policies[2];

static struct mempolicy *mpol_new(const nodemask_t *nodes)
{
	struct mempolicy *pol = freelist;

	pol->nodes = *nodes;
	pol->freed = false;
	return pol;
}

static void mpol_free(struct mempolicy *pol)
{
	mpol_put(pol);
	freelist = pol;
}

static void do_mbind(struct vm_area_struct *vma, const nodemask_t *nodes)
{
	struct mm_struct *mm = current->mm;
	struct mempolicy *new = mpol_new(nodes);
	struct mempolicy *old;

	down_write(&mm->mmap_sem);
	old = vma->vm_policy;
	vma->vm_policy = new;
	mpol_free(old);
	up_write(&mm->mmap_sem);
}

static void do_munmap(struct vm_area_struct *vma)
{
	struct mm_struct *mm = current->mm;
	struct mempolicy *old;

	down_write(&mm->mmap_sem);
	old = vma->vm_policy;
	vma->vm_policy = NULL;
	mpol_free(old);
	up_write(&mm->mmap_sem);
}

/* One mapping gets other nodes, then the next one; then that is not needed. */
void change_policies(void)
{
	do_mbind(&vmas[0], &first_nodes);
	do_mbind(&vmas[1], &second_nodes);
	do_munmap(&vmas[1]);
}

static void get_policy_nodemask(const struct mempolicy *pol,
				nodemask_t *nodes)
{
	BUG_ON(pol->freed);
	*nodes = pol->nodes;
}

/* The nodes of the policy at the address where the first mapping is. */
void do_get_mempolicy(nodemask_t *nmask)
{
	struct mm_struct *mm = current->mm;
	const struct mempolicy *pol;

	down_read(&mm->mmap_sem);
	pol = vmas[0].vm_policy;
	task_lock(current);
	get_policy_nodemask(pol, nmask);
	task_unlock(current);
	mpol_cond_put(pol);
	up_read(&mm->mmap_sem);
}
