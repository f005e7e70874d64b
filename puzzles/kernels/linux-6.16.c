/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 6.15 and later: the masks are also compared before each retry.
 *
 * Commit e05741fb10c3 (Tianyang Zhang, 2025), also in stable kernels from 5.4:
 * the counter is read not only where retries have brought nothing, but in the
 * rounds between as well. Each round begins with it, and the masks are
 * compared there, too. Commit 2c4c3e29897d (2026) moves the
 * check to just before the retries; no change is intended. Since 6.12 also:
 * the decision to retry asks the cpuset about each zone (Zhongkun He), and the
 * writer's loop has a longer name. The lock of a mapping is a count of
 * references since 6.15, and works as here.
 *
 * Source: the trees of 6.1.192, 6.12.95, 6.13.2 and 6.18.13; the rebind rules
 * are compared with what a real 6.1.192 printed. More, and what of it is in
 * doubt, is in the notes: oomrace history retry
 *
 * The model leaves out: all requests but order 0, user, hardwall ones; zones
 * other than one per node; the OOM lock; the counter of zonelists that are
 * built anew; cpusets of nodes that no request may use; compaction; all but 1
 * of the kernel's 16 retries; kswapd, node reclaim, write-out and waiting
 * (reclaim is a batch of one zone); the free pages that each CPU keeps, with
 * the second look when reclaim has had them given back; page tables; the marks
 * by which a fault sees that its mapping is locked for writing, and then waits
 * for mmap_lock; the rotor of INTERLEAVE, whose node is that of the first page
 * of a mapping; shared memory policies; page migration; fork and exit; the
 * choice of a victim and what follows a kill; the counters that are read
 * inside of reclaim; interrupts, which the writer turns off; the hierarchy of
 * cpusets and the move of tasks between them. Every access in the text happens
 * once, in order.
 */
#define CPUSET_SEQCOUNT 1
#define MPOL_FREED 1
#define PER_VMA_LOCK 1
#define RECLAIM_RETRY_CPUSET 1

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
#include "mempolicy_calls.h"

struct mutex cpuset_mutex;
static spinlock_t callback_lock;

static const struct mempolicy default_policy = {
	.mode = MPOL_LOCAL,
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

static struct zone *__alloc_pages_slowpath(struct alloc_context *ac,
					   bool can_direct_reclaim)
{
	struct zone *page;
	unsigned long did_some_progress;
	int no_progress_loops;
	unsigned int cpuset_mems_cookie;

restart:
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
	if (check_retry_cpuset(cpuset_mems_cookie, ac))
		goto restart;

	page = get_page_from_freelist(ac, WMARK_MIN, true);
	if (page)
		return page;

	if (!can_direct_reclaim)
		goto nopage;

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
		goto restart;

	page = __alloc_pages_may_oom(ac);
	if (page)
		return page;
	no_progress_loops = 0;
	goto retry;

nopage:
	if (check_retry_cpuset(cpuset_mems_cookie, ac))
		goto restart;
	return NULL;
}

static struct zone *__alloc_pages(int preferred_nid,
				  const nodemask_t *nodemask,
				  bool can_direct_reclaim)
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
	return __alloc_pages_slowpath(&ac, can_direct_reclaim);
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

	if (pol->mode == MPOL_PREFERRED || pol->mode == MPOL_INTERLEAVE) {
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
	if (pol->mode == MPOL_PREFERRED_MANY)
		return &pol->nodes;
	return NULL;
}

/* The preferred nodes are tried without reclaim, then all nodes with it. */
static struct zone *alloc_pages_mpol(const struct mempolicy *pol)
{
	int nid = policy_node(pol);
	const nodemask_t *nodemask = policy_nodemask(pol);
	struct zone *page = NULL;

	if (pol->mode == MPOL_PREFERRED_MANY) {
		page = __alloc_pages(nid, nodemask, false);
		nodemask = NULL;
	}
	if (!page)
		page = __alloc_pages(nid, nodemask, true);
	return page;
}

static struct zone *vma_alloc_folio(const struct vm_area_struct *vma)
{
	const struct mempolicy *pol;
	struct zone *page;

	pol = get_vma_policy(vma);
	page = alloc_pages_mpol(pol);
	mpol_cond_put(pol);
	return page;
}

static struct zone *alloc_pages(void)
{
	const struct mempolicy *pol = current->mempolicy;

	if (!pol)
		pol = &default_policy;
	return alloc_pages_mpol(pol);
}

/* A page fault: the first touch of anonymous memory. */

static int handle_mm_fault(const struct vm_area_struct *vma)
{
	if (!vma_alloc_folio(vma)) {
		allocation_failed();
		return VM_FAULT_OOM;
	}
	return 0;
}

void do_page_fault(struct vm_area_struct *vma)
{
	int fault;

	do {
		down_read(&vma->vm_lock);
		allocation_begin();
		fault = handle_mm_fault(vma);
		up_read(&vma->vm_lock);
	} while (fault & VM_FAULT_OOM);
}

/* A read() that misses the page cache allocates without such a lock. */
int do_generic_file_read(void)
{
	allocation_begin();
	if (!alloc_pages()) {
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
		pol->w = *new;
	}
	if (nodes_empty(&tmp))
		tmp = *new;
	pol->nodes = tmp;
}

static void mpol_rebind_policy(struct mempolicy *pol, const nodemask_t *new)
{
	nodemask_t old;

	if (!pol || pol->mode == MPOL_LOCAL)
		return;
	old = pol->w;
	if (!mpol_store_user_nodemask(pol) && nodes_equal(&old, new))
		return;
	if (pol->mode == MPOL_PREFERRED || pol->mode == MPOL_PREFERRED_MANY)
		pol->w = *new;
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

	down_write(&mm->mmap_lock);
	vma = mm->mmap;
	while (vma) {
		down_write(&vma->vm_lock);
		mpol_rebind_policy(vma->vm_policy, new);
		up_write(&vma->vm_lock);
		vma = vma->vm_next;
	}
	up_write(&mm->mmap_lock);
}

/* Changing the memory nodes of a cpuset. */

/*
 * First all new nodes are added, then the old ones are removed. The counter
 * says so.
 *
 * The task counts as rebound from the last store to its masks on, although its
 * mappings follow later: mpol_rebind_mm() may have to wait. But a fault that
 * started now would see the same state, and an old mapping policy that the new
 * nodes miss is ignored. It is a view that the kernel stands for, not a
 * half-written one.
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

static void cpuset_update_tasks_nodemask(struct cpuset *cs)
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

	cpuset_update_tasks_nodemask(cs);
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

/*
 * mbind(): the mapping gets a new policy, with the nodes of user, and the old
 * one is freed. No fault is under way then.
 */
int do_mbind(struct vm_area_struct *vma, struct mempolicy *new,
	     const nodemask_t *user)
{
	struct mm_struct *mm = current->mm;
	struct mempolicy *old;
	int err;

	down_write(&mm->mmap_lock);
	err = mpol_set_nodemask(new, user);
	if (!err) {
		down_write(&vma->vm_lock);
		old = vma->vm_policy;
		vma->vm_policy = new;
		mpol_put(old);
		up_write(&vma->vm_lock);
	}
	up_write(&mm->mmap_lock);
	return err;
}

#include "userspace.h"
#include "walks.h"
