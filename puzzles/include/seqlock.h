/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sequence counter: odd while a writer is at work, and another number after
 * it. Writers keep each other out by a lock of their own. The read and write
 * barriers of the real one are not here: on x86 they only bind the compiler.
 */
#ifndef SEQLOCK_H
#define SEQLOCK_H 1

#include "oomrace.h"

typedef struct {
	unsigned int sequence;
} seqcount_t;

static inline unsigned int read_seqcount_begin(const seqcount_t *s)
{
	unsigned int start;

	do
		start = READ_ONCE(s->sequence);
	while (start & 1);
	return start;
}

static inline bool read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	return READ_ONCE(s->sequence) != start;
}

static inline void write_seqcount_begin(seqcount_t *s)
{
	s->sequence++;
}

static inline void write_seqcount_end(seqcount_t *s)
{
	s->sequence++;
}

#ifdef SEQLOCK
/* A counter with the lock by which its writers keep each other out. */
typedef struct {
	seqcount_t seqcount;
	spinlock_t lock;
} seqlock_t;

static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return read_seqcount_begin(&sl->seqcount);
}

static inline bool read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return read_seqcount_retry(&sl->seqcount, start);
}

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	write_seqcount_begin(&sl->seqcount);
}

static inline void write_sequnlock(seqlock_t *sl)
{
	write_seqcount_end(&sl->seqcount);
	spin_unlock(&sl->lock);
}
#endif

#endif
