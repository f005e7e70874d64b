# SPDX-License-Identifier: GPL-2.0-or-later
"""The word of a lock, one layout for all kinds: its owner, its readers, and the writers that queued for it.

The lowest bits are 0 or the owner's index plus one. Then comes a bit for each thread that reads, and one for each that
has queued.
"""

from __future__ import annotations

from typing import Final

from sim.classes import frozen

MAX_THREADS: Final = 16
FREE: Final = 0
_READERS, _QUEUE = 5, 5 + MAX_THREADS
_OWNER_MASK = (1 << _READERS) - 1
_THREADS_MASK = (1 << MAX_THREADS) - 1


@frozen
class Holders:
    """Who has a lock, by thread index: the writer or owner, the readers, and the writers that queued."""

    owner: int | None
    readers: tuple[int, ...] = ()
    queued: tuple[int, ...] = ()


class Misuse(Exception):
    """A lock operation that its thread may not do; the message says why."""


def holders(word: int) -> Holders:
    """What a lock word says; it reads the same for all kinds of locks."""
    owner = word & _OWNER_MASK
    return Holders(owner - 1 if owner else None, _threads(word >> _READERS), _threads(word >> _QUEUE))


def owns(word: int, thread: int) -> bool:
    """Whether a thread has the lock for itself."""
    return word & _OWNER_MASK == thread + 1


def reads(word: int, thread: int) -> bool:
    """Whether a thread has the lock for reading."""
    return bool(word >> _READERS + thread & 1)


def holds(word: int, thread: int) -> bool:
    """Whether a thread has the lock, for itself or for reading."""
    return owns(word, thread) or reads(word, thread)


def is_held(word: int) -> bool:
    """Whether any thread has the lock."""
    return bool(word & _OWNER_MASK or word >> _READERS & _THREADS_MASK)


def is_kept_from_readers(word: int) -> bool:
    """Whether a writer has the lock or has queued for it."""
    return bool(word & _OWNER_MASK or word >> _QUEUE)


def with_owner(word: int, thread: int) -> int:
    """The word of a lock without owner once this thread has it for itself, and queues no more."""
    return word & ~(1 << _QUEUE + thread) | thread + 1


def without_owner(word: int) -> int:
    """The word once its owner has gone."""
    return word & ~_OWNER_MASK


def with_reader(word: int, thread: int) -> int:
    """The word once this thread reads too."""
    return word | 1 << _READERS + thread


def without_reader(word: int, thread: int) -> int:
    """The word once this thread reads no more."""
    return word & ~(1 << _READERS + thread)


def with_queued(word: int, thread: int) -> int:
    """The word once this thread has queued to write."""
    return word | 1 << _QUEUE + thread


def _threads(bits: int) -> tuple[int, ...]:
    return tuple(index for index in range(MAX_THREADS) if bits >> index & 1)
