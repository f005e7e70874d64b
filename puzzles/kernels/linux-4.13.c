/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 4.13 to 6.14: mask and cpuset are compared before the OOM killer.
 *
 * Commit 902b62810a57 (Vlastimil Babka, 2017): when all passes have failed, and
 * the policy's mask has no node in common with the cpuset, the mask is dropped
 * and the allocation starts anew. With the other five of that series:
 * 213980c0f23b rebinds in one step again; a preferred node takes the place of
 * the zonelist; the writer always counts; and who looks up a policy has no
 * cookie of its own. Since 4.11 the first pass of a task without policy tests
 * the cpuset as its mask only. Names are those of 4.13; from 5.16 on a page
 * fault without a page calls no OOM killer, see linux-6.4.c. In 4.13 a rebound
 * policy remembers wrong nodes (till 29b190fa774d, 5.2). Commit e05741fb10c3
 * (6.15) compares in each retry as well.
 *
 * Source: the tree of 4.13.4. More, and what is in doubt, is in the notes:
 * oomrace history intersection
 *
 * The model leaves out: all requests but order 0, user, hardwall ones; zones
 * other than one per node; the OOM lock; compaction; all but 1 of the kernel's
 * 16 retries; kswapd, node reclaim, write-out and waiting (reclaim is a batch
 * of one zone); the free pages that each CPU keeps, with the second look when
 * reclaim has had them given back; page tables; the rotor of INTERLEAVE, whose
 * node is that of the first page of a mapping; shared memory policies; page
 * migration; fork and exit; the counters that are read inside of reclaim;
 * interrupts, which the writer turns off; the hierarchy of cpusets and the
 * move of tasks between them. Every access in the text happens once, in order.
 */
#define CPUSET_SEQCOUNT 1
#define MPOL_FREED 1

#include "oomrace.h"
#include "system.h"
#include "sibling.h"
#include "oom.h"

#define EINVAL 22
#define ENOMEM 12
#define ENOSPC 28
#define VM_FAULT_OOM 1

#define MAX_RECLAIM_RETRIES 1 /* 16 */
#include "reclaim.h"

struct mutex cpuset_mutex;
static spinlock_t callback_lock;

static const struct mempolicy default_policy = {
	.mode = MPOL_PREFERRED,
	.flags = MPOL_F_LOCAL,
};

/*
 * The reader's side. What is read between the two may belong to different times
 * if the second says so. Only who has failed asks it.
 */
static unsigned int read_mems_allowed_begin(void)
{
	return read_seqcount_begin(&current->mems_allowed_seq);
}

static bool read_mems_allowed_retry(unsigned int seq)
{
	return read_seqcount_retry(&current->mems_allowed_seq, seq);
}

static bool
cpuset_nodemask_valid_mems_allowed(const nodemask_t *nodemask)
{
	return nodes_intersects(nodemask, &current->mems_allowed);
}

/* The page allocator. A page is known only by the zone that it comes from. */

/*
 * One pass over the zonelist: a page from the first zone that the policy, the
 * cpuset and the watermark all allow. It begins at the preferred zone, which is
 * not tested against the policy again; zones before it are not looked at. The
 * cpuset is not tested where it is the mask already.
 */
static struct zone *get_page_from_freelist(const struct alloc_context *ac,
					   enum zone_watermarks mark,
					   bool alloc_cpuset)
{
	const struct zoneref *z;
	struct zone *page;

	for (z = ac->preferred_zoneref; z->zone;
	     z = next_zones_zonelist(z + 1, ac->nodemask)) {
		if (alloc_cpuset &&
		    !node_isset(z->zone->node, &current->mems_allowed))
			continue;
		if (!zone_watermark_ok(z->zone, mark))
			continue;
		page = buffered_rmqueue(z->zone);
		if (page)
			return page;
	}
	return NULL;
}

/* Another task may have been killed meanwhile: one more look, a strict one. */
static struct zone *__alloc_pages_may_oom(const struct alloc_context *ac)
{
	struct zone *page;

	page = get_page_from_freelist(ac, WMARK_HIGH, true);
	if (!page)
		out_of_memory();
	return page;
}

/*
 * Was the failure due to a change of masks? First: a policy's mask that misses
 * the cpuset is ignored from here on. Then: a change that the counter tells.
 */
static bool check_retry_cpuset(unsigned int cpuset_mems_cookie,
			       struct alloc_context *ac)
{
	if (ac->nodemask &&
	    !cpuset_nodemask_valid_mems_allowed(ac->nodemask)) {
		ac->nodemask = NULL;
		return true;
	}
	return read_mems_allowed_retry(cpuset_mems_cookie);
}

static struct zone *__alloc_pages_slowpath(struct alloc_context *ac)
{
	struct zone *page;
	unsigned long did_some_progress;
	int no_progress_loops;
	unsigned int cpuset_mems_cookie;

retry_cpuset:
	no_progress_loops = 0;
	cpuset_mems_cookie = read_mems_allowed_begin();
	ac->preferred_zoneref = first_zones_zonelist(ac->zonelist,
						     ac->nodemask);
	if (!ac->preferred_zoneref->zone)
		goto nopage;

	page = get_page_from_freelist(ac, WMARK_MIN, true);
	if (page)
		return page;

retry:
	page = get_page_from_freelist(ac, WMARK_MIN, true);
	if (page)
		return page;

	did_some_progress = try_to_free_pages(ac->zonelist, ac->nodemask);
	if (did_some_progress) {
		page = get_page_from_freelist(ac, WMARK_MIN, true);
		if (page)
			return page;
	}

	if (should_reclaim_retry(ac, did_some_progress > 0,
				 &no_progress_loops))
		goto retry;

	if (check_retry_cpuset(cpuset_mems_cookie, ac))
		goto retry_cpuset;

	page = __alloc_pages_may_oom(ac);
	if (page)
		return page;
	no_progress_loops = 0;
	goto retry;

nopage:
	if (check_retry_cpuset(cpuset_mems_cookie, ac))
		goto retry_cpuset;
	return NULL;
}

static struct zone *__alloc_pages_nodemask(int preferred_nid,
					   const nodemask_t *nodemask)
{
	struct zone *page;
	struct alloc_context ac = {
		.zonelist = node_zonelist(preferred_nid),
		.nodemask = nodemask ? nodemask : &current->mems_allowed,
	};

	ac.preferred_zoneref = first_zones_zonelist(ac.zonelist, ac.nodemask);
	page = get_page_from_freelist(&ac, WMARK_LOW, nodemask != NULL);
	if (page)
		return page;

	ac.nodemask = nodemask;
	return __alloc_pages_slowpath(&ac);
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

static int policy_node(const struct mempolicy *pol)
{
	int nd = numa_node_id();
	nodemask_t nodes;

	if (pol->mode != MPOL_BIND && !(pol->flags & MPOL_F_LOCAL)) {
		nodes = pol->nodes;
		if (!nodes_empty(&nodes))
			nd = first_node(&nodes);
	}
	return nd;
}

/*
 * What the allocator gets is the address of the policy's own mask. If the mask
 * and the cpuset have nothing in common, the cpuset wins.
 */
static const nodemask_t *policy_nodemask(const struct mempolicy *pol)
{
	if (pol->mode == MPOL_BIND &&
	    cpuset_nodemask_valid_mems_allowed(&pol->nodes))
		return &pol->nodes;
	return NULL;
}

static struct zone *alloc_pages_vma(const struct vm_area_struct *vma)
{
	const struct mempolicy *pol;
	struct zone *page;

	pol = get_vma_policy(vma);
	page = __alloc_pages_nodemask(policy_node(pol), policy_nodemask(pol));
	mpol_cond_put(pol);
	return page;
}

static struct zone *alloc_pages_current(void)
{
	const struct mempolicy *pol = current->mempolicy;

	if (!pol)
		pol = &default_policy;
	return __alloc_pages_nodemask(policy_node(pol), policy_nodemask(pol));
}

/* A page fault: the first touch of anonymous memory. */

static int handle_mm_fault(const struct vm_area_struct *vma)
{
	if (!alloc_pages_vma(vma)) {
		allocation_failed();
		return VM_FAULT_OOM;
	}
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
	if (!alloc_pages_current()) {
		allocation_failed();
		return -ENOMEM;
	}
	return 0;
}

/* Rebinding to other nodes; the caller keeps other writers out. */

/* A result without any node is all of the cpuset. */
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
		pol->w = tmp;
	}
	if (nodes_empty(&tmp))
		tmp = *new;
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
 * First all new nodes are added, then the old ones are removed. The counter
 * says so.
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
	rebind_begin();
	task_lock(tsk);
	write_seqcount_begin(&tsk->mems_allowed_seq);

	nodes_or(&tsk->mems_allowed, &tsk->mems_allowed, newmems);
	mpol_rebind_task(tsk, newmems);
	tsk->mems_allowed = *newmems;
	rebind_end();

	write_seqcount_end(&tsk->mems_allowed_seq);
	task_unlock(tsk);
}

static void update_tasks_nodemask(struct cpuset *cs)
{
	nodemask_t newmems;
	int i;

	guarantee_online_mems(cs, &newmems);
	for (i = 0; cs->tasks[i]; i++) {
		cpuset_change_task_nodemask(cs->tasks[i], &newmems);
		if (cs->tasks[i]->mm)
			mpol_rebind_mm(cs->tasks[i]->mm, &newmems);
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

	spin_lock(&callback_lock);
	cs->mems_allowed = *newmems;
	spin_unlock(&callback_lock);

	update_tasks_nodemask(cs);
	return 0;
}

/* echo newmems > cpuset.mems */
int cpuset_write_mems(struct cpuset *cs, const nodemask_t *newmems)
{
	int retval;

	mutex_lock(&cpuset_mutex);
	retval = update_nodemask(cs, newmems);
	mutex_unlock(&cpuset_mutex);
	return retval;
}

#include "userspace.h"
#include "walks.h"
