// SPDX-License-Identifier: GPL-2.0-or-later
/* Locks that nobody else wants change nothing but the order of things. */
#include "oomrace.h"

struct queue {
	spinlock_t lock;
	int length;
	long items[4];
};

struct mutex cpuset_mutex;
struct rw_semaphore mmap_sem;
struct queue queues[2];
int moved, rounds;

static bool push(struct queue *queue, long item)
{
	bool done = false;

	spin_lock(&queue->lock);
	if (queue->length == 4)
		goto out;
	queue->items[queue->length++] = item;
	done = true;
out:
	spin_unlock(&queue->lock);
	return done;
}

static void move_all(struct queue *from, struct queue *to)
{
	spin_lock(&from->lock);
	while (from->length && push(to, from->items[from->length - 1])) {
		from->length--;
		moved++;
	}
	spin_unlock(&from->lock);
}

void run(void)
{
	mutex_lock(&cpuset_mutex);
	for (int i = 0; i < 6; i++)
		push(&queues[i % 3 == 0], i * i);
	mutex_unlock(&cpuset_mutex);
	down_read(&mmap_sem);
	move_all(&queues[0], &queues[1]);
	up_read(&mmap_sem);
	down_write(&mmap_sem);
	rounds = queues[0].length * 10 + queues[1].length;
	up_write(&mmap_sem);
}
