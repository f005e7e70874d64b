// SPDX-License-Identifier: GPL-2.0-or-later
/* A lock in an initialiser is { 0 }: it starts free, wherever it stands. */
#include "oomrace.h"

enum { FREE };

struct zone {
	int free;
	spinlock_t lock;
	struct mutex mutexes[2];
};

struct node {
	struct zone zones[2];
	struct rw_semaphore sem;
	int id;
};

spinlock_t lock = { 0 };
struct mutex mutex = { FREE };
struct rw_semaphore sem = { 0 };
spinlock_t locks[2] = { { 0 }, { 0 } };
struct zone zone = { 1, { 0 }, { { 0 }, { 0 } } };
struct zone zero = { 0 };
struct zone named = { .lock = { 0 }, .free = 2 };
struct zone later = { .lock = { 0 }, .mutexes = { [1] = { 0 } }, .free = 3 };
struct node node = { { { 4, { 0 }, { { 0 }, { 0 } } }, { .free = 5 } }, { 0 }, 6 };
struct node nodes[2] = { [1] = { .zones[1].lock = { 0 }, .sem = { 0 }, .id = 7 } };
int results[8];

void run(void)
{
	spin_lock(&zone.lock);
	results[0] = zone.free;
	spin_unlock(&zone.lock);
	mutex_lock(&later.mutexes[1]);
	results[1] = later.free + named.free;
	mutex_unlock(&later.mutexes[1]);
	down_write(&node.sem);
	results[2] = node.zones[0].free + node.zones[1].free + node.id;
	up_write(&node.sem);
	down_read(&nodes[1].sem);
	results[3] = nodes[1].id;
	up_read(&nodes[1].sem);
	spin_lock(&lock);
	spin_lock(&locks[1]);
	mutex_lock(&mutex);
	down_read(&sem);
	results[4] = zero.free;
	up_read(&sem);
	mutex_unlock(&mutex);
	spin_unlock(&locks[1]);
	spin_unlock(&lock);
}
