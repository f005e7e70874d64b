/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linux 6.6: mbind() walks on where a page cannot be moved.
 *
 * Commit 24526268f4e3 (Yang Shi, 2023; also in 6.5 after 6.5.5): a page that
 * cannot be moved is remembered for the answer of the call, and the walk that
 * locks the mappings goes on to the last one. The rest is as before.
 *
 * Source: the patches, and the mails about them. More, and what of it is in
 * doubt, is in the notes of the game:
 * oomrace history mbind-walks-on
 *
 * The model leaves out: the page allocator, but that it looks at the mask of
 * the policy; page tables; all pages but one in each mapping; the move of the
 * pages; merging and splitting of mappings, each of which gets a copy of the
 * new policy; assertions of debug kernels; the mark by which the lock of a
 * mapping holds until mmap_lock is given up, and faults that meet it and wait
 * for mmap_lock; cpusets. Every access in the text happens once, in order.
 */
#define MPOL_FREED 1
#define PER_VMA_LOCK 1

#include "oomrace.h"
#include "sched.h"

#define EIO 5
#define NR_VMAS 2

/* A page is on the list of its node, or somebody has it off for a while. */
struct folio {
	bool lru;
	spinlock_t lru_lock;
};

static struct folio folios[NR_VMAS] = { { .lru = true }, { .lru = true } };

/* The mappings by address, their policies, and copies of the new policy. */
struct mempolicy old_policies[NR_VMAS];
struct mempolicy new_policies[NR_VMAS];
static struct vm_area_struct vmas[NR_VMAS] = {
	{ .vm_policy = &old_policies[0] },
	{ .vm_policy = &old_policies[1] },
};

struct mm_struct mm;
struct task_struct task = { .mm = &mm };
struct task_struct sibling = { .mm = &mm };

static bool folio_isolate_lru(struct folio *folio)
{
	bool lru;

	spin_lock(&folio->lru_lock);
	lru = folio->lru;
	if (lru)
		folio->lru = false;
	spin_unlock(&folio->lru_lock);
	return lru;
}

static void folio_putback_lru(struct folio *folio)
{
	spin_lock(&folio->lru_lock);
	folio->lru = true;
	spin_unlock(&folio->lru_lock);
}

/* Compaction has a page off its list for a while, and puts it back. */
void compact_zone(int vma)
{
	if (folio_isolate_lru(&folios[vma]))
		folio_putback_lru(&folios[vma]);
}

/* A page fault looks at the policy of its mapping. */

static void vma_alloc_folio(const struct vm_area_struct *vma)
{
	const struct mempolicy *pol = vma->vm_policy;
	nodemask_t nodes = pol->nodes;

	(void)nodes;
	mpol_cond_put(pol);
}

void do_user_addr_fault(int vma)
{
	down_read(&vmas[vma].vm_lock);
	vma_alloc_folio(&vmas[vma]);
	up_read(&vmas[vma].vm_lock);
}

/* mbind() over all mappings. */

/* What mbind() has locked, until it gives up mmap_lock. */
static void vma_end_write_all(const bool *locked)
{
	int i;

	for (i = 0; i < NR_VMAS; i++)
		if (locked[i])
			up_write(&vmas[i].vm_lock);
}

static bool migrate_folio_add(struct folio *folio, bool *isolated)
{
	*isolated = folio_isolate_lru(folio);
	return *isolated;
}

/*
 * Locks the mappings one after the other and collects their pages. Says whether
 * one could not be had.
 */
static bool queue_pages_range(bool *locked, bool *isolated)
{
	bool has_unmovable = false;
	int i;

	for (i = 0; i < NR_VMAS; i++) {
		down_write(&vmas[i].vm_lock);
		locked[i] = true;
		if (!migrate_folio_add(&folios[i], &isolated[i]))
			has_unmovable = true;
	}
	return has_unmovable;
}

static void vma_replace_policy(struct vm_area_struct *vma,
			       struct mempolicy *new)
{
	struct mempolicy *old = vma->vm_policy;

	vma->vm_policy = new;
	mpol_put(old);
}

/* Moved or not, the pages are on a list of theirs again. */
static void putback_movable_pages(const bool *isolated)
{
	int i;

	for (i = 0; i < NR_VMAS; i++)
		if (isolated[i])
			folio_putback_lru(&folios[i]);
}

int do_mbind(void)
{
	struct mm_struct *mm = current->mm;
	bool locked[NR_VMAS] = { false };
	bool isolated[NR_VMAS] = { false };
	bool ret;
	int i;

	down_write(&mm->mmap_lock);
	ret = queue_pages_range(locked, isolated);
	for (i = 0; i < NR_VMAS; i++)
		vma_replace_policy(&vmas[i], &new_policies[i]);
	putback_movable_pages(isolated);
	vma_end_write_all(locked);
	up_write(&mm->mmap_lock);
	return ret ? -EIO : 0;
}
