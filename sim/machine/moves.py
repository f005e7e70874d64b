# SPDX-License-Identifier: GPL-2.0-or-later
"""Who can move: what keeps a thread from its next step, as far as threads and memory go.

The machine adds that the run goes on and that the level does not hold the thread. The explorer and the Promela model
ask here too.
"""

from __future__ import annotations

from enum import Enum, auto

from sim.machine import buffers
from sim.machine.state import ThreadState
from sim.operations.locks import must_wait


class Wait(Enum):
    """What keeps a thread from its next step."""

    ENDED = auto()
    """There is none: it has returned, or the end of the run stopped it."""
    BUFFER = auto()
    """Its CPU's store buffer is full, or has to be empty first."""
    LOCK = auto()
    """Somebody else has the lock."""


def is_blocked(private: ThreadState, word: int, thread: int) -> bool:
    """Whether thread number `thread` waits for the lock that the `word` of its operation is."""
    operation = private.pending
    return operation is not None and must_wait(operation.kind, word, thread)


def wait_of(private: ThreadState, word: int, thread: int) -> Wait | None:
    """What keeps thread number `thread` from its next step, where the word of its operation holds `word`.

    A lock that is FREE makes nobody wait, so that with this word the answer is what holds whatever memory does.
    """
    operation = private.pending
    if operation is None:
        return Wait.ENDED
    if private.buffer and buffers.must_drain(private, operation):
        return Wait.BUFFER
    return Wait.LOCK if must_wait(operation.kind, word, thread) else None


def can_drain(private: ThreadState) -> bool:
    """Whether a store waits in the buffer of a thread's CPU."""
    return bool(private.buffer)
