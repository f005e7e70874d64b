/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 4.9.6 and 4.10 to 4.12: the counter is read again before the OOM
 * killer.
 *
 * Commits 5ce9bfef1d27 and e47483bca2cc (Vlastimil Babka, 2017) move the
 * cookie into the slow path: it is taken together with the start of the scan,
 * and compared before the OOM killer is called, and before the request fails.
 * ea57485af8f4 lets an empty first look be noticed, and
 * 16096c25bf0c looks the start up again where the request's own mask is put
 * back. Writer and policies are those of 3.4: a change of overlapping nodes is
 * not counted if the task has no policy, and policies of mappings are outside
 * of the counter. Followed by 902b62810a57 and its series (4.13). Since
 * d51e9894d274 (4.10) a policy is looked into once more after the allocation.
 *
 * Source: the trees of 4.10.0, 4.11.0 and 4.12.4; the fast path is that of
 * 4.10. More, and what of it is in doubt, is in the notes of the game:
 * oomrace history cookie
 *
 * The model leaves out: all requests but order 0, user, hardwall ones; zones
 * other than one per node; the OOM lock; compaction; until 4.11 the discount
 * on reclaimable pages when retries fail; all but 1 of the kernel's 16
 * retries; kswapd, node reclaim, write-out and waiting (reclaim is a batch of
 * one zone); the free pages that each CPU keeps, with the second look when
 * reclaim has had them given back; page tables; the rotor of INTERLEAVE, whose
 * node is that of the first page of a mapping; shared memory policies; page
 * migration; fork and exit, with them the test for a dying writer; the
 * counters that are read inside of reclaim; interrupts, which the writer turns
 * off; the hierarchy of cpusets and the move of tasks between them. Every
 * access in the text happens once, in order.
 */
#define CPUSET_SEQCOUNT 1
#define MPOL_REBIND_STEPS 1
#define MPOL_FREED 1

#include "oomrace.h"
#include "mempolicy_steps.h"
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

/* The page allocator. A page is known only by the zone that it comes from. */

/*
 * One pass over the zonelist: a page from the first zone that the policy, the
 * cpuset and the watermark all allow. It begins at the preferred zone, which is
 * not tested against the policy again; zones before it are not looked at.
 */
static struct zone *get_page_from_freelist(const struct alloc_context *ac,
					   enum zone_watermarks mark)
{
	const struct zoneref *z;
	struct zone *page;

	for (z = ac->preferred_zoneref; z->zone;
	     z = next_zones_zonelist(z + 1, ac->nodemask)) {
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

/* Another task may have been killed meanwhile: one more look, a strict one. */
static struct zone *__alloc_pages_may_oom(const struct alloc_context *ac)
{
	struct zone *page;

	page = get_page_from_freelist(ac, WMARK_HIGH);
	if (!page)
		out_of_memory();
	return page;
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

	page = get_page_from_freelist(ac, WMARK_MIN);
	if (page)
		return page;

retry:
	page = get_page_from_freelist(ac, WMARK_MIN);
	if (page)
		return page;

	did_some_progress = try_to_free_pages(ac->zonelist, ac->nodemask);
	if (did_some_progress) {
		page = get_page_from_freelist(ac, WMARK_MIN);
		if (page)
			return page;
	}

	if (should_reclaim_retry(ac, did_some_progress > 0,
				 &no_progress_loops))
		goto retry;

	if (read_mems_allowed_retry(cpuset_mems_cookie))
		goto retry_cpuset;

	page = __alloc_pages_may_oom(ac);
	if (page)
		return page;
	no_progress_loops = 0;
	goto retry;

nopage:
	if (read_mems_allowed_retry(cpuset_mems_cookie))
		goto retry_cpuset;
	return NULL;
}

static struct zone *__alloc_pages_nodemask(const struct zonelist *zonelist,
					   const nodemask_t *nodemask)
{
	struct zone *page;
	struct alloc_context ac = {
		.zonelist = zonelist,
		.nodemask = nodemask ? nodemask : &current->mems_allowed,
	};

	ac.preferred_zoneref = first_zones_zonelist(ac.zonelist, ac.nodemask);
	if (!ac.preferred_zoneref->zone)
		goto no_zone;

	page = get_page_from_freelist(&ac, WMARK_LOW);
	if (page)
		return page;

no_zone:
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
	const struct mempolicy *pol;
	struct zone *page;
	unsigned int cpuset_mems_cookie;

retry_cpuset:
	pol = get_vma_policy(vma);
	cpuset_mems_cookie = read_mems_allowed_begin();
	page = __alloc_pages_nodemask(policy_zonelist(pol),
				      policy_nodemask(pol));
	mpol_cond_put(pol);
	if (!page && read_mems_allowed_retry(cpuset_mems_cookie))
		goto retry_cpuset;
	return page;
}

static struct zone *alloc_pages_current(void)
{
	const struct mempolicy *pol = current->mempolicy;
	struct zone *page;
	unsigned int cpuset_mems_cookie;

	if (!pol)
		pol = &default_policy;
retry_cpuset:
	cpuset_mems_cookie = read_mems_allowed_begin();
	page = __alloc_pages_nodemask(policy_zonelist(pol),
				      policy_nodemask(pol));
	if (!page && read_mems_allowed_retry(cpuset_mems_cookie))
		goto retry_cpuset;
	return page;
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
 * First all new nodes are added, then the old ones are removed. The counter
 * says so, unless old and new nodes overlap and the task has no policy.
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
	task_lock(tsk);
	need_loop = tsk->mempolicy ||
		    !nodes_intersects(newmems, &tsk->mems_allowed);
	if (need_loop)
		write_seqcount_begin(&tsk->mems_allowed_seq);

	nodes_or(&tsk->mems_allowed, &tsk->mems_allowed, newmems);
	mpol_rebind_task(tsk, newmems, MPOL_REBIND_STEP1);

	mpol_rebind_task(tsk, newmems, MPOL_REBIND_STEP2);
	tsk->mems_allowed = *newmems;
	rebind_end();

	if (need_loop)
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
