/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The intrinsics with bodies, for one thread: enough to run a kernel C program
 * as an ordinary one. The game's own header only declares them.
 */
#ifndef OOMRACE_H
#define OOMRACE_H

#include <stdbool.h>
#include <stddef.h>

#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))

#define cmpxchg(pointer, old, new) __extension__ ({ \
	__typeof__(pointer) place_ = (pointer); \
	__typeof__(*place_) expected_ = (old), wanted_ = (new), found_ = *place_; \
	if (found_ == expected_) \
		*place_ = wanted_; \
	found_; \
})

#define BUG_ON(condition) do { if (condition) __builtin_trap(); } while (0)

#define smp_mb() __sync_synchronize()
#define smp_rmb() __sync_synchronize()
#define smp_wmb() __sync_synchronize()
#define cpu_relax() ((void)0)
#define cond_resched() ((void)0)
#define yield() ((void)0)

typedef struct {
	int counter;
} atomic_t;

static inline int atomic_read(const atomic_t *v) { return v->counter; }
static inline void atomic_set(atomic_t *v, int value) { v->counter = value; }
static inline int atomic_inc_return(atomic_t *v) { return ++v->counter; }
static inline int atomic_dec_return(atomic_t *v) { return --v->counter; }
static inline void atomic_inc(atomic_t *v) { v->counter++; }
static inline void atomic_dec(atomic_t *v) { v->counter--; }
static inline bool atomic_dec_and_test(atomic_t *v) { return --v->counter == 0; }

/* The task and the node of a thread of which no level says anything. */
struct task_struct;
struct zone;
#define current ((struct task_struct *)NULL)
static inline int numa_node_id(void) { return 0; }

/* Marks change no word. The OOM killer ends a run: there is nothing to compare. */
static inline void allocation_begin(void) { }
static inline void allocation_failed(void) { }
static inline void page_allocated(struct zone *zone) { (void)zone; }
static inline void rebind_begin(void) { }
static inline void rebind_end(void) { }
static inline void out_of_memory(void) { __builtin_trap(); }

/* With one thread a lock is held or not; to wait for it would be for ever. */
struct mutex {
	int held;
};

struct rw_semaphore {
	int held;
};

typedef struct {
	int held;
} spinlock_t;

static inline void lock_word_take(int *held) { BUG_ON((*held)++); }
static inline void lock_word_drop(int *held) { BUG_ON(--*held); }
static inline void mutex_lock(struct mutex *lock) { lock_word_take(&lock->held); }
static inline void mutex_unlock(struct mutex *lock) { lock_word_drop(&lock->held); }
static inline void spin_lock(spinlock_t *lock) { lock_word_take(&lock->held); }
static inline void spin_unlock(spinlock_t *lock) { lock_word_drop(&lock->held); }
static inline void down_read(struct rw_semaphore *lock) { lock_word_take(&lock->held); }
static inline void up_read(struct rw_semaphore *lock) { lock_word_drop(&lock->held); }
static inline void down_write(struct rw_semaphore *lock) { lock_word_take(&lock->held); }
static inline void up_write(struct rw_semaphore *lock) { lock_word_drop(&lock->held); }

#endif
