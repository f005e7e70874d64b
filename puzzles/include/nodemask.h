/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Node masks. Every word of a shared mask is read and written on its own, so a
 * mask of more than 64 nodes takes several steps and can be met half written.
 *
 * node_isset() and all from nodes_or() to nodes_empty() touch each word at most
 * once and may be given a live mask. Those after them look at the same word
 * many times: give them copies.
 */
#ifndef NODEMASK_H
#define NODEMASK_H 1

#include "oomrace.h"

#ifndef MAX_NUMNODES
#define MAX_NUMNODES 4
#endif

#define BITS_PER_LONG 64
#define NODEMASK_LONGS ((MAX_NUMNODES + BITS_PER_LONG - 1) / BITS_PER_LONG)

typedef struct {
	unsigned long bits[NODEMASK_LONGS];
} nodemask_t;

static inline bool node_isset(int node, const nodemask_t *mask)
{
	return mask->bits[node / BITS_PER_LONG] >> (node % BITS_PER_LONG) & 1;
}

static inline void node_set(int node, nodemask_t *mask)
{
	mask->bits[node / BITS_PER_LONG] |= 1UL << (node % BITS_PER_LONG);
}

static inline void nodes_clear(nodemask_t *mask)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		mask->bits[i] = 0;
}

static inline void nodes_or(nodemask_t *dst, const nodemask_t *a,
			    const nodemask_t *b)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		dst->bits[i] = a->bits[i] | b->bits[i];
}

static inline void nodes_and(nodemask_t *dst, const nodemask_t *a,
			     const nodemask_t *b)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		dst->bits[i] = a->bits[i] & b->bits[i];
}

static inline bool nodes_intersects(const nodemask_t *a, const nodemask_t *b)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		if (a->bits[i] & b->bits[i])
			return true;
	return false;
}

static inline bool nodes_equal(const nodemask_t *a, const nodemask_t *b)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		if (a->bits[i] != b->bits[i])
			return false;
	return true;
}

static inline bool nodes_subset(const nodemask_t *a, const nodemask_t *b)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		if (a->bits[i] & ~b->bits[i])
			return false;
	return true;
}

static inline bool nodes_empty(const nodemask_t *mask)
{
	int i;

	for (i = 0; i < NODEMASK_LONGS; i++)
		if (mask->bits[i])
			return false;
	return true;
}

/* The next node of the mask after this one, or MAX_NUMNODES. */
static inline int next_node(int node, const nodemask_t *mask)
{
	do
		node++;
	while (node < MAX_NUMNODES && !node_isset(node, mask));
	return node;
}

static inline int first_node(const nodemask_t *mask)
{
	return next_node(-1, mask);
}

/* How many nodes of the mask have a number below this one. */
static inline int nodes_below(int node, const nodemask_t *mask)
{
	int below = 0;
	int i;

	for (i = first_node(mask); i < node; i = next_node(i, mask))
		below++;
	return below;
}

static inline int nodes_weight(const nodemask_t *mask)
{
	return nodes_below(MAX_NUMNODES, mask);
}

/* The node with exactly n others below it in the mask. */
static inline int nth_node(int n, const nodemask_t *mask)
{
	int node = first_node(mask);

	while (n--)
		node = next_node(node, mask);
	return node;
}

/*
 * Moves src by position: the i-th node of old becomes the i-th of new, counted
 * round when new is smaller. A node outside old stays where it is.
 */
static inline void nodes_remap(nodemask_t *dst, const nodemask_t *src,
			       const nodemask_t *old, const nodemask_t *new)
{
	int weight = nodes_weight(new);
	int node;

	nodes_clear(dst);
	for (node = first_node(src); node < MAX_NUMNODES;
	     node = next_node(node, src)) {
		if (weight && node_isset(node, old))
			node_set(nth_node(nodes_below(node, old) % weight, new),
				 dst);
		else
			node_set(node, dst);
	}
}

/* Node n of src becomes node n modulo size. */
static inline void nodes_fold(nodemask_t *dst, const nodemask_t *src, int size)
{
	int node;

	nodes_clear(dst);
	for (node = first_node(src); node < MAX_NUMNODES;
	     node = next_node(node, src))
		node_set(node % size, dst);
}

/* Node n of src becomes the n-th node of relative, if it has that many. */
static inline void nodes_onto(nodemask_t *dst, const nodemask_t *src,
			      const nodemask_t *relative)
{
	int weight = nodes_weight(relative);
	int node;

	nodes_clear(dst);
	for (node = first_node(src); node < weight; node = next_node(node, src))
		node_set(nth_node(node, relative), dst);
}

#endif
