# SPDX-License-Identifier: GPL-2.0-or-later
"""Statements that call what the machine does itself, as far as one thread shows it."""

from __future__ import annotations

from tests.sim.gcc.places import Writer
from tests.sim.gcc.statements import Lines, assignment

OBJECTS = (
    "struct task_struct { int pid; };",
    "struct rw_semaphore way;",
    "atomic_t events;",
    "int seen;",
)
LOCKED = (
    ("spin_lock(&guarded.lock);", "spin_unlock(&guarded.lock);"),
    ("mutex_lock(&guarded.locks[1]);", "mutex_unlock(&guarded.locks[1]);"),
    ("down_read(&way);", "up_read(&way);"),
    ("down_write(&way);", "up_write(&way);"),
)
CALLS = (
    "seen = atomic_read(&events);", "atomic_set(&events, seen);", "atomic_inc(&events);", "atomic_dec(&events);",
    "seen = atomic_inc_return(&events);", "seen = atomic_dec_return(&events);", "seen = atomic_dec_and_test(&events);",
    "seen = cmpxchg(&events.counter, 0, 7);", "WRITE_ONCE(seen, READ_ONCE(seen) / 2);", "smp_mb();", "smp_rmb();",
    "smp_wmb();", "cpu_relax();", "cond_resched();", "yield();", "seen = numa_node_id();", "seen = current == NULL;",
    "BUG_ON(current);",
)  # fmt: skip


def intrinsic(w: Writer) -> Lines:
    """A call, or a store under a lock that begins free; none in pure functions, which the store may call."""
    if "guarded.before" not in w.variables:
        return []
    if w.number(0, 1):
        return [w.pick(CALLS)]
    lock, unlock = w.pick(LOCKED)
    return [lock, *assignment(w), unlock]
