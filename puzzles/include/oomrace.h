/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The intrinsics of kernel C, declared for gcc so that a model can be checked
 * with -fsyntax-only. The simulator knows them by itself and never reads this
 * file: the bodies here only have to have the right types.
 */
#ifndef OOMRACE_H
#define OOMRACE_H 1

#define bool _Bool
#define true 1
#define false 0
#define NULL ((void *)0)

struct task_struct;
struct zone;

/* Locks: one word each, shown as holder, readers and queued writers. */
struct mutex { int word; };
struct rw_semaphore { int word; };
typedef struct { int word; } spinlock_t;

void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void down_read(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);

/* Atomics: one step each; a full barrier if they change and return a value. */
typedef struct { int counter; } atomic_t;

int atomic_read(const atomic_t *v);
void atomic_set(atomic_t *v, int i);
void atomic_inc(atomic_t *v);
void atomic_dec(atomic_t *v);
int atomic_inc_return(atomic_t *v);
int atomic_dec_return(atomic_t *v);
bool atomic_dec_and_test(atomic_t *v);

#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define cmpxchg(p, old, new) __sync_val_compare_and_swap((p), (old), (new))

void smp_mb(void);
void smp_rmb(void);
void smp_wmb(void);

/* Free: a loop that waits is paced by the read in its condition. */
void cpu_relax(void);
void cond_resched(void);
void yield(void);

#define BUG_ON(condition) do { if (condition) __builtin_trap(); } while (0)

/* Constant for each thread of a level: its task, and the node of its CPU. */
extern struct task_struct *const current;
int numa_node_id(void);

/* Ends the run: premature or genuine is for the simulator to say. */
void out_of_memory(void);

/* Marks: free, they take effect with the operation before them. */
void allocation_begin(void);
void page_allocated(struct zone *zone);
void allocation_failed(void);
void rebind_begin(void);
void rebind_end(void);

#endif
