/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 2.6.26 to 2.6.30: generation counters; a task refreshes its own masks.
 *
 * The writer of cpuset.mems changes the cpuset and a number in it, no task. At
 * the start of each allocation a task compares that number with its own; when
 * they differ it copies the cpuset's nodes and rebinds its own policy. Since
 * 2.6.28 it does so once more before it reclaims. Nobody else ever touches its
 * masks. Since commit 68860ec10bcc (Paul Jackson, 2.6.15) the task policy
 * follows, since 4225399a66b3 (2.6.16) those of mappings; the numbers are as
 * old as cpusets (2.6.12). Before 19770b32609b (2.6.26) BIND was a private
 * zonelist; before 2.6.30 reclaim does not know the mask of BIND, and here it
 * never does. Commit 58568d2a8215 (2.6.31) lets the writer edit tasks.
 *
 * Source: the tree of 2.6.29.4; for the look before reclaim, trees of 2.6.27
 * and 2.6.28. More, and what of it is in doubt, is in the notes of the game:
 * oomrace history generation
 *
 * The model leaves out: all requests but order 0, user, hardwall ones; zones
 * other than one per node; the zonelist cache and the OOM lock of a zonelist;
 * kswapd, zone reclaim, write-out and waiting (reclaim is a batch of one
 * zone); the free pages that each CPU keeps; page tables; the rotor of
 * INTERLEAVE, whose node is that of the first page of a mapping; shared memory
 * policies; of page migration all but an allocation by the writer; fork and
 * exit; the hierarchy of cpusets and the move of tasks between them. Every
 * access in the text happens once, in order.
 */
#define CPUSET_GENERATIONS 1

#include "oomrace.h"
#include "system.h"
#include "sibling.h"
#include "oom.h"

#define EINVAL 22
#define ENOMEM 12
#define ENOSPC 28
#define VM_FAULT_OOM 1

struct mutex cgroup_mutex;
static struct mutex callback_mutex;

static const struct mempolicy default_policy = {
	.mode = MPOL_PREFERRED,
	.flags = MPOL_F_LOCAL,
};

/* The number of the next change of any cpuset; under cgroup_mutex. */
static int cpuset_mems_generation = 1;

/*
 * Does reclaim write pages out, and allocate for that? A level may say so: the
 * allocation inside of the allocation refreshes the masks of the outer one.
 */
const bool reclaim_allocates;

/* Does a task look at its cpuset before it reclaims? Not before 2.6.28. */
const bool looks_before_reclaim = true;

/* Does the writer move the pages of a task along? A level may say so. */
const bool memory_migrate;

static void cpuset_update_task_memory_state(void);

/* The page allocator. A page is known only by the zone that it comes from. */

/*
 * One pass over the zonelist: a page from the first zone that the policy, the
 * cpuset and the watermark all allow.
 */
static struct zone *get_page_from_freelist(const struct zonelist *zonelist,
					   const nodemask_t *nodemask,
					   enum zone_watermarks mark)
{
	const struct zoneref *z;
	struct zone *page;

	for (z = first_zones_zonelist(zonelist, nodemask); z->zone;
	     z = next_zones_zonelist(z + 1, nodemask)) {
		if (!node_isset(z->zone->node, &current->mems_allowed))
			continue;
		if (!zone_watermark_ok(z->zone, mark))
			continue;
		page = buffered_rmqueue(z->zone);
		if (page)
			return page;
	}
	return NULL;
}

/*
 * Writing a page out needs memory too. That allocation may sleep, so it begins
 * like any other; its page comes from reserves and is not part of the model.
 */
static void pageout(void)
{
	cpuset_update_task_memory_state();
}

/* Says how many pages the first allowed zone with anything to give up freed. */
static unsigned long try_to_free_pages(const struct zonelist *zonelist)
{
	const struct zoneref *z;
	unsigned long freed;

	for (z = first_zones_zonelist(zonelist, NULL); z->zone;
	     z = next_zones_zonelist(z + 1, NULL)) {
		if (!node_isset(z->zone->node, &current->mems_allowed))
			continue;
		if (reclaim_allocates && z->zone->reclaimable)
			pageout();
		freed = shrink_zone(z->zone);
		if (freed)
			return freed;
	}
	return 0;
}

static struct zone *__alloc_pages_internal(const struct zonelist *zonelist,
					   const nodemask_t *nodemask)
{
	struct zone *page;

restart:
	page = get_page_from_freelist(zonelist, nodemask, WMARK_LOW);
	if (page)
		return page;
	page = get_page_from_freelist(zonelist, nodemask, WMARK_MIN);
	if (page)
		return page;

rebalance:
	/* The cpuset may have got more nodes by now. */
	if (looks_before_reclaim)
		cpuset_update_task_memory_state();
	if (try_to_free_pages(zonelist)) {
		page = get_page_from_freelist(zonelist, nodemask, WMARK_MIN);
		if (page)
			return page;
		goto rebalance;
	}

	/* Another task may have been killed meanwhile: a last, strict look. */
	page = get_page_from_freelist(zonelist, nodemask, WMARK_HIGH);
	if (page)
		return page;
	out_of_memory();
	goto restart;
}

/* Policy lookup. */

static const struct mempolicy *get_vma_policy(const struct vm_area_struct *vma)
{
	const struct mempolicy *pol = current->mempolicy;
	const struct mempolicy *vpol = vma->vm_policy;

	if (vpol)
		pol = vpol;
	if (!pol)
		pol = &default_policy;
	return pol;
}

static const struct zonelist *policy_zonelist(const struct mempolicy *pol)
{
	int nd = numa_node_id();
	nodemask_t nodes;

	if (pol->mode != MPOL_BIND && !(pol->flags & MPOL_F_LOCAL)) {
		nodes = pol->nodes;
		if (!nodes_empty(&nodes))
			nd = first_node(&nodes);
	}
	return node_zonelist(nd);
}

/*
 * What the allocator gets is the address of the policy's own mask. If the mask
 * and the cpuset have nothing in common, the cpuset wins.
 */
static const nodemask_t *policy_nodemask(const struct mempolicy *pol)
{
	if (pol->mode == MPOL_BIND &&
	    nodes_intersects(&pol->nodes, &current->mems_allowed))
		return &pol->nodes;
	return NULL;
}

static struct zone *alloc_page_vma(const struct vm_area_struct *vma)
{
	const struct mempolicy *pol = get_vma_policy(vma);

	cpuset_update_task_memory_state();
	return __alloc_pages_internal(policy_zonelist(pol),
				      policy_nodemask(pol));
}

static struct zone *alloc_pages_current(void)
{
	const struct mempolicy *pol = current->mempolicy;

	cpuset_update_task_memory_state();
	if (!pol)
		pol = &default_policy;
	return __alloc_pages_internal(policy_zonelist(pol),
				      policy_nodemask(pol));
}

/* A page fault: the first touch of anonymous memory. */

static int handle_mm_fault(const struct vm_area_struct *vma)
{
	if (!alloc_page_vma(vma))
		return VM_FAULT_OOM;
	return 0;
}

/* The killer is given no zonelist to look at; no second attempt comes first. */
static void pagefault_out_of_memory(void)
{
	out_of_memory();
}

void do_page_fault(const struct vm_area_struct *vma)
{
	struct mm_struct *mm = current->mm;
	int fault;

	down_read(&mm->mmap_sem);
	allocation_begin();
	fault = handle_mm_fault(vma);
	up_read(&mm->mmap_sem);
	if (fault & VM_FAULT_OOM)
		pagefault_out_of_memory();
}

/* A read() that misses the page cache allocates without mmap_sem. */
int do_generic_file_read(void)
{
	allocation_begin();
	if (!alloc_pages_current())
		return -ENOMEM;
	return 0;
}

/* Rebinding to other nodes; the caller keeps other writers out. old is w. */

static void mpol_rebind_nodemask(struct mempolicy *pol, const nodemask_t *old,
				 const nodemask_t *new)
{
	nodemask_t nodes;
	nodemask_t tmp;

	if (pol->flags & MPOL_F_STATIC_NODES) {
		nodes_and(&tmp, old, new);
	} else if (pol->flags & MPOL_F_RELATIVE_NODES) {
		mpol_relative_nodemask(&tmp, old, new);
	} else {
		nodes = pol->nodes;
		nodes_remap(&tmp, &nodes, old, new);
		pol->w = *new;
	}
	pol->nodes = tmp;
}

static void mpol_rebind_policy(struct mempolicy *pol, const nodemask_t *new)
{
	nodemask_t old;

	if (!pol)
		return;
	old = pol->w;
	if (!mpol_store_user_nodemask(pol) && nodes_equal(&old, new))
		return;
	if (pol->mode == MPOL_PREFERRED)
		mpol_rebind_preferred(pol, &old, new);
	else
		mpol_rebind_nodemask(pol, &old, new);
}

static void mpol_rebind_task(struct task_struct *tsk, const nodemask_t *new)
{
	mpol_rebind_policy(tsk->mempolicy, new);
}

static void mpol_rebind_mm(struct mm_struct *mm, const nodemask_t *new)
{
	struct vm_area_struct *vma;

	down_write(&mm->mmap_sem);
	vma = mm->mmap;
	while (vma) {
		mpol_rebind_policy(vma->vm_policy, new);
		vma = vma->vm_next;
	}
	up_write(&mm->mmap_sem);
}

/* Changing the memory nodes of a cpuset. */

/*
 * Catch up with the cpuset. Only the task itself comes here, when it allocates
 * and may sleep; one that never allocates keeps its old nodes.
 */
static void cpuset_update_task_memory_state(void)
{
	struct task_struct *tsk = current;
	nodemask_t newmems;

	if (cpuset.mems_generation == tsk->cpuset_mems_generation)
		return;

	rebind_begin();
	mutex_lock(&callback_mutex);
	task_lock(tsk);
	guarantee_online_mems(&cpuset, &newmems);
	tsk->mems_allowed = newmems;
	tsk->cpuset_mems_generation = cpuset.mems_generation;
	task_unlock(tsk);
	mutex_unlock(&callback_mutex);
	mpol_rebind_task(tsk, &newmems);
	rebind_end();
}

/*
 * Moving pages takes memory of the new nodes, asked for by node: no policy is
 * looked at. The writer lends itself these nodes for it, and afterwards takes
 * those of its own cpuset, which here is the only one.
 */
static void cpuset_migrate_mm(const nodemask_t *to)
{
	struct task_struct *tsk = current;

	tsk->mems_allowed = *to;
	allocation_begin();
	__alloc_pages_internal(node_zonelist(first_node(to)), NULL);
	guarantee_online_mems(&cpuset, &tsk->mems_allowed);
}

/* Policies of mappings cannot wait for their task: the writer rebinds them. */
static void update_tasks_nodemask(struct cpuset *cs)
{
	nodemask_t newmems = cs->mems_allowed;
	int i;

	for (i = 0; cs->tasks[i]; i++) {
		if (cs->tasks[i]->mm)
			mpol_rebind_mm(cs->tasks[i]->mm, &newmems);
		if (cs->tasks[i]->mm && memory_migrate)
			cpuset_migrate_mm(&newmems);
	}
}

static int update_nodemask(struct cpuset *cs, const nodemask_t *newmems)
{
	nodemask_t online;

	nodes_with_memory(&online);
	if (!nodes_subset(newmems, &online))
		return -EINVAL;
	if (nodes_equal(&cs->mems_allowed, newmems))
		return 0;
	if (nodes_empty(newmems))
		return -ENOSPC;

	mutex_lock(&callback_mutex);
	cs->mems_allowed = *newmems;
	cs->mems_generation = cpuset_mems_generation++;
	mutex_unlock(&callback_mutex);

	update_tasks_nodemask(cs);
	return 0;
}

/* echo newmems > cpuset.mems */
int cpuset_write_mems(struct cpuset *cs, const nodemask_t *newmems)
{
	int retval;

	mutex_lock(&cgroup_mutex);
	retval = update_nodemask(cs, newmems);
	mutex_unlock(&cgroup_mutex);
	return retval;
}

#include "userspace.h"
#include "walks.h"
