/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the walks over a zonelist are called, by the function call that makes
 * each. A kernel file that includes this at its end means these functions. Of
 * calls within each other the outermost counts: the lookup of the first zone
 * of a pass belongs to the pass.
 *
 * walk __alloc_pages_nodemask calls first_zones_zonelist(): first-zone lookup
 * walk __alloc_pages_slowpath calls first_zones_zonelist(): first-zone lookup
 * walk __alloc_pages calls first_zones_zonelist(): first-zone lookup
 * walk get_page_from_freelist(mark = WMARK_LOW): pass with the low mark
 * walk get_page_from_freelist(mark = WMARK_MIN): pass with the min mark
 * walk get_page_from_freelist(mark = WMARK_HIGH): last pass before the kill
 * walk try_to_free_pages(): reclaim
 * walk should_reclaim_retry(): look whether to try again
 * walk __netdev_alloc_skb(): pass with the min mark
 */
