/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 2.6.31 to 2.6.34 with wide masks: a mask of 128 nodes is two words.
 *
 * linux-2.6.31.c as it is, built for more nodes than a word has bits. A mask
 * is then read and written word by word, and who reads one while it changes
 * can get one word of the old mask and the other one of the new. Nick Piggin
 * asked about that in February 2010, before c0ff7453bb5c (2.6.35). A whole
 * mask is read when a policy is compared with the cpuset, when the first zone
 * is looked for, and when a page of the page cache is to be spread over the
 * nodes of the cpuset.
 *
 * Source: the tree of 2.6.31.3. More, and what is in doubt, is in the notes:
 * oomrace history in-place
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
#define MAX_NUMNODES 128
#define MAX_ZONES_PER_ZONELIST 4
#define CPUSET_SPREAD 1

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

/* Is the page cache spread over the cpuset? A level may say so. */
const bool memory_spread_page;

static const struct mempolicy default_policy = {
	.mode = MPOL_PREFERRED,
	.flags = MPOL_F_LOCAL,
};

/* Does the writer move the pages of a task along? A level may say so. */
const bool memory_migrate;

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

/* Says how many pages the first allowed zone with anything to give up freed. */
static unsigned long try_to_free_pages(const struct zonelist *zonelist,
				       const nodemask_t *nodemask)
{
	const struct zoneref *z;
	unsigned long freed;

	for (z = first_zones_zonelist(zonelist, nodemask); z->zone;
	     z = next_zones_zonelist(z + 1, nodemask)) {
		if (!node_isset(z->zone->node, &current->mems_allowed))
			continue;
		freed = shrink_zone(z->zone);
		if (freed)
			return freed;
	}
	return 0;
}

/* Another task may have been killed meanwhile: one more look, a strict one. */
static struct zone *__alloc_pages_may_oom(const struct zonelist *zonelist,
					  const nodemask_t *nodemask)
{
	struct zone *page;

	page = get_page_from_freelist(zonelist, nodemask, WMARK_HIGH);
	if (!page)
		out_of_memory();
	return page;
}

static struct zone *__alloc_pages_slowpath(const struct zonelist *zonelist,
					   const nodemask_t *nodemask)
{
	struct zone *page;

restart:
	page = get_page_from_freelist(zonelist, nodemask, WMARK_MIN);
	if (page)
		return page;

rebalance:
	if (try_to_free_pages(zonelist, nodemask)) {
		page = get_page_from_freelist(zonelist, nodemask, WMARK_MIN);
		if (page)
			return page;
		goto rebalance;
	}

	page = __alloc_pages_may_oom(zonelist, nodemask);
	if (page)
		return page;
	goto restart;
}

static struct zone *__alloc_pages_nodemask(const struct zonelist *zonelist,
					   const nodemask_t *nodemask)
{
	const struct zoneref *preferred;
	struct zone *page;

	preferred = first_zones_zonelist(zonelist, nodemask);
	if (!preferred->zone) {
		allocation_failed();
		return NULL;
	}

	page = get_page_from_freelist(zonelist, nodemask, WMARK_LOW);
	if (!page)
		page = __alloc_pages_slowpath(zonelist, nodemask);
	return page;
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

	return __alloc_pages_nodemask(policy_zonelist(pol),
				      policy_nodemask(pol));
}

static struct zone *alloc_pages_current(void)
{
	const struct mempolicy *pol = current->mempolicy;

	if (!pol)
		pol = &default_policy;
	return __alloc_pages_nodemask(policy_zonelist(pol),
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

/*
 * The next node of the cpuset; after the last one comes the first. Each of the
 * two searches reads the mask of that moment, word by word.
 */
static int cpuset_mem_spread_node(void)
{
	nodemask_t mems = current->mems_allowed;
	int node = next_node(current->cpuset_mem_spread_rotor, &mems);

	if (node == MAX_NUMNODES) {
		mems = current->mems_allowed;
		node = first_node(&mems);
	}
	current->cpuset_mem_spread_rotor = node;
	return node;
}

/* Kernels built without CONFIG_DEBUG_VM go on with a node that is none. */
static struct zone *alloc_pages_exact_node(int nid)
{
	BUG_ON(nid == MAX_NUMNODES);
	return __alloc_pages_nodemask(node_zonelist(nid), NULL);
}

/* A read() that misses the page cache allocates without mmap_sem. */
int do_generic_file_read(void)
{
	struct zone *page;

	allocation_begin();
	if (memory_spread_page)
		page = alloc_pages_exact_node(cpuset_mem_spread_node());
	else
		page = alloc_pages_current();
	if (!page)
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
 * First all new nodes are added, then the old ones are removed, so that no
 * reader should find none. The policy is rebound twice for the same reason.
 *
 * The task counts as rebound from the last store to its masks on, although its
 * mappings follow later, perhaps much later: mpol_rebind_mm() waits for a fault
 * in progress. But a fault that started now would see the same state, and an
 * old mapping policy that the new nodes miss is ignored. It is a view that the
 * kernel stands for, not a half-written one.
 */
static void cpuset_change_task_nodemask(struct task_struct *tsk,
					const nodemask_t *newmems)
{
	nodemask_t both;

	rebind_begin();
	nodes_or(&both, &tsk->mems_allowed, newmems);
	tsk->mems_allowed = both;
	mpol_rebind_task(tsk, &both);
	mpol_rebind_task(tsk, newmems);
	tsk->mems_allowed = *newmems;
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
	__alloc_pages_nodemask(node_zonelist(first_node(to)), NULL);
	guarantee_online_mems(&cpuset, &tsk->mems_allowed);
}

static void cpuset_change_nodemask(struct task_struct *p, struct cpuset *cs)
{
	nodemask_t newmems;

	guarantee_online_mems(cs, &newmems);

	task_lock(p);
	cpuset_change_task_nodemask(p, &newmems);
	task_unlock(p);

	if (p->mm)
		mpol_rebind_mm(p->mm, &newmems);
	if (p->mm && memory_migrate)
		cpuset_migrate_mm(&newmems);
}

static void update_tasks_nodemask(struct cpuset *cs)
{
	int i;

	for (i = 0; cs->tasks[i]; i++)
		cpuset_change_nodemask(cs->tasks[i], cs);
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
