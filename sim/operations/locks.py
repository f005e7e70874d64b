# SPDX-License-Identifier: GPL-2.0-or-later
"""The kinds of locks: types, intrinsics and steps of the machine follow from this table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sim.operations.exclusive import MUTEX, SPINLOCK
from sim.operations.kinds import Family, OperationKind, require_whole
from sim.operations.lock_kind import LockKind, Transition
from sim.operations.rwsem import RWSEM

LOCK_KINDS: Final = (MUTEX, SPINLOCK, RWSEM)


def transitions(kinds: Sequence[LockKind]) -> Mapping[OperationKind, Transition]:
    """What each lock operation does. Raises ValueError where one has no lock, or two."""
    table: dict[OperationKind, Transition] = {}
    for transition in (step for lock in kinds for called in lock.transitions for step in called.chain()):
        if transition.kind in table:
            raise ValueError(f"LOCK_KINDS has {transition.kind} twice: an operation works on one kind of lock")
        table[transition.kind] = transition
    require_whole(table, Family.LOCK, "LOCK_KINDS in sim/operations/locks.py")
    return table


TRANSITIONS: Final = transitions(LOCK_KINDS)


def must_wait(kind: OperationKind, word: int, thread: int) -> bool:
    """Whether an operation of a thread has to wait for the lock that this word is; what is no lock never makes wait."""
    transition = TRANSITIONS.get(kind)
    return transition is not None and not transition.can(word, thread)
