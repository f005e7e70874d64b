/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 3.2 and 3.3: a writer that waits for tasks with a memory policy, or
 * disjoint nodes.
 *
 * Commit b246272ecc5a (David Rientjes, 2011) follows 89e8a244b97e: a policy
 * moves with the cpuset, and may have other nodes then although the cpusets
 * overlap, so the writer waits for every task that has one. Policies of
 * mappings are not asked for. And the question is put again on each round: it
 * stands behind the label to which the loop goes back, so it is about the nodes
 * that the task has by then. Commit cc9a6c877661 (3.4) replaces counting and
 * waiting by a sequence counter.
 *
 * Source: the tree of 3.3.8. More, and what is in doubt, is in the notes:
 * oomrace history overlap
 *
 * The model leaves out: all requests but order 0, user, hardwall ones; zones
 * other than one per node; the zonelist cache and the OOM lock of a zonelist;
 * kswapd, zone reclaim, write-out and waiting (reclaim is a batch of one
 * zone); the free pages that each CPU keeps, with the second look when reclaim
 * has had them given back; page tables; the rotor of INTERLEAVE, whose node is
 * that of the first page of a mapping; shared memory policies; of page
 * migration all but an allocation by the writer; fork and exit, with them the
 * test for a dying writer; the counts that nest inside of reclaim; the walk of
 * its own that asks for zones that are not unreclaimable; yield(), as each
 * task has a CPU to itself; the hierarchy of cpusets and the move of tasks
 * between them. Every access in the text happens once, in order.
 */
#define CPUSET_READER_COUNT 1
#define MPOL_REBIND_STEPS 1

#include "oomrace.h"
#include "mempolicy_steps.h"
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

/* Does the writer move the pages of a task along? A level may say so. */
const bool memory_migrate;

/*
 * The reader's side. Either the writer sees the count, or what is read after
 * the barrier has grown already. May be nested; only current writes the count.
 */
static void get_mems_allowed(void)
{
	current->mems_allowed_change_disable++;
	smp_mb();
}

static void put_mems_allowed(void)
{
	smp_mb();
	current->mems_allowed_change_disable--;
}

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
 * Says how many pages the first allowed zone with anything to give up freed. If
 * there is none: 1 when a zone was looked at that is not unreclaimable.
 */
static unsigned long try_to_free_pages(const struct zonelist *zonelist,
				       const nodemask_t *nodemask)
{
	const struct zoneref *z;
	unsigned long freed;
	unsigned long progress = 0;

	for (z = first_zones_zonelist(zonelist, nodemask); z->zone;
	     z = next_zones_zonelist(z + 1, nodemask)) {
		if (!node_isset(z->zone->node, &current->mems_allowed))
			continue;
		freed = shrink_zone(z->zone);
		if (freed)
			return freed;
		if (zone_reclaimable(z->zone))
			progress = 1;
	}
	return progress;
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
rebalance:
	page = get_page_from_freelist(zonelist, nodemask, WMARK_MIN);
	if (page)
		return page;

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

	get_mems_allowed();
	preferred = first_zones_zonelist(zonelist, nodemask ?
					 nodemask : &current->mems_allowed);
	if (!preferred->zone) {
		put_mems_allowed();
		allocation_failed();
		return NULL;
	}

	page = get_page_from_freelist(zonelist, nodemask, WMARK_LOW);
	if (!page)
		page = __alloc_pages_slowpath(zonelist, nodemask);
	put_mems_allowed();
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

static struct zone *alloc_pages_vma(const struct vm_area_struct *vma)
{
	const struct mempolicy *pol = get_vma_policy(vma);
	struct zone *page;

	get_mems_allowed();
	page = __alloc_pages_nodemask(policy_zonelist(pol),
				      policy_nodemask(pol));
	put_mems_allowed();
	return page;
}

static struct zone *alloc_pages_current(void)
{
	const struct mempolicy *pol = current->mempolicy;
	struct zone *page;

	if (!pol)
		pol = &default_policy;
	get_mems_allowed();
	page = __alloc_pages_nodemask(policy_zonelist(pol),
				      policy_nodemask(pol));
	put_mems_allowed();
	return page;
}

/* A page fault: the first touch of anonymous memory. */

static int handle_mm_fault(const struct vm_area_struct *vma)
{
	if (!alloc_pages_vma(vma))
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

/* Rebinding to other nodes; the caller keeps other writers out. */

static void mpol_rebind_task(struct task_struct *tsk, const nodemask_t *new,
			     enum mpol_rebind_step step)
{
	mpol_rebind_policy(tsk->mempolicy, new, step);
}

static void mpol_rebind_mm(struct mm_struct *mm, const nodemask_t *new)
{
	struct vm_area_struct *vma;

	down_write(&mm->mmap_sem);
	vma = mm->mmap;
	while (vma) {
		mpol_rebind_policy(vma->vm_policy, new, MPOL_REBIND_ONCE);
		vma = vma->vm_next;
	}
	up_write(&mm->mmap_sem);
}

/* Changing the memory nodes of a cpuset. */

/*
 * First all new nodes are added. Only when no allocation of the task is under
 * way are the old ones removed. One that begins after the look at the count
 * starts with the grown masks, and sees them shrink. There is no wait if old
 * and new nodes overlap and the task has no policy.
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
	bool need_loop;

	rebind_begin();
repeat:
	task_lock(tsk);
	need_loop = tsk->mempolicy ||
		    !nodes_intersects(newmems, &tsk->mems_allowed);
	nodes_or(&tsk->mems_allowed, &tsk->mems_allowed, newmems);
	mpol_rebind_task(tsk, newmems, MPOL_REBIND_STEP1);

	smp_mb();
	if (need_loop && READ_ONCE(tsk->mems_allowed_change_disable)) {
		task_unlock(tsk);
		goto repeat;
	}
	smp_mb();

	mpol_rebind_task(tsk, newmems, MPOL_REBIND_STEP2);
	tsk->mems_allowed = *newmems;
	rebind_end();
	task_unlock(tsk);
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

	cpuset_change_task_nodemask(p, &newmems);

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
