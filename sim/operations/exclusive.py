# SPDX-License-Identifier: GPL-2.0-or-later
"""Mutexes and spinlocks: one thread has them, the others wait until it lets go."""

from __future__ import annotations

from sim.operations.kinds import OperationKind
from sim.operations.lock_kind import LockKind, Transition
from sim.operations.lock_word import FREE, Misuse, owns, with_owner, without_owner


def _can_lock(word: int, thread: int) -> bool:
    return word == FREE or owns(word, thread)


def _lock(word: int, thread: int) -> int:
    if owns(word, thread):
        raise Misuse("is taken twice by this thread")
    return with_owner(word, thread)


def _unlock(word: int, thread: int) -> int:
    if not owns(word, thread):
        raise Misuse("is not held by this thread")
    return without_owner(word)


MUTEX = LockKind(
    "struct mutex",
    (Transition(OperationKind.MUTEX_LOCK, _lock, _can_lock), Transition(OperationKind.MUTEX_UNLOCK, _unlock)),
)
SPINLOCK = LockKind(
    "spinlock_t",
    (Transition(OperationKind.SPIN_LOCK, _lock, _can_lock), Transition(OperationKind.SPIN_UNLOCK, _unlock)),
)
