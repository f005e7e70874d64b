# SPDX-License-Identifier: GPL-2.0-or-later
"""Read-write semaphores: readers share them; a writer queues, and then keeps new readers out until it was served."""

from __future__ import annotations

from sim.operations.kinds import OperationKind
from sim.operations.lock_kind import LockKind, Transition
from sim.operations.lock_word import (
    FREE,
    Misuse,
    holds,
    is_held,
    is_kept_from_readers,
    owns,
    reads,
    with_owner,
    with_queued,
    with_reader,
    without_owner,
    without_reader,
)


def _can_read(word: int, thread: int) -> bool:
    return not is_kept_from_readers(word) or holds(word, thread)


def _down_read(word: int, thread: int) -> int:
    _refuse_twice(word, thread)
    return with_reader(word, thread)


def _up_read(word: int, thread: int) -> int:
    if not reads(word, thread):
        raise Misuse("is not held for reading by this thread")
    return without_reader(word, thread)


def _down_write(word: int, thread: int) -> int:
    _refuse_twice(word, thread)
    return with_queued(word, thread) if word != FREE else with_owner(word, thread)


def _can_be_served(word: int, _thread: int) -> bool:
    return not is_held(word)


def _up_write(word: int, thread: int) -> int:
    if not owns(word, thread):
        raise Misuse("is not held for writing by this thread")
    return without_owner(word)


def _refuse_twice(word: int, thread: int) -> None:
    if holds(word, thread):
        raise Misuse("is taken twice by this thread")


_QUEUED = Transition(OperationKind.DOWN_WRITE_QUEUED, with_owner, _can_be_served)
RWSEM = LockKind(
    "struct rw_semaphore",
    (
        Transition(OperationKind.DOWN_READ, _down_read, _can_read),
        Transition(OperationKind.UP_READ, _up_read),
        Transition(OperationKind.DOWN_WRITE, _down_write, otherwise=_QUEUED),
        Transition(OperationKind.UP_WRITE, _up_write),
    ),
)
