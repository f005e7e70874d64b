# SPDX-License-Identifier: GPL-2.0-or-later
"""Locks: one word each. Mutex and spinlock words are 0 or holder + 1; a semaphore word packs writer, readers, queue."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

MAX_THREADS = 16
_READERS, _QUEUE = 5, 5 + MAX_THREADS
_WRITER_MASK = (1 << _READERS) - 1
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
    owner = word & _WRITER_MASK
    return Holders(owner - 1 if owner else None, _threads(word >> _READERS), _threads(word >> _QUEUE))


def _threads(bits: int) -> tuple[int, ...]:
    return tuple(index for index in range(MAX_THREADS) if bits >> index & 1)


def _lock(word: int, thread: int) -> int:
    if word == thread + 1:
        raise Misuse("is taken twice by this thread")
    return thread + 1


def _unlock(word: int, thread: int) -> int:
    if word != thread + 1:
        raise Misuse("is not held by this thread")
    return 0


def _down_read(word: int, thread: int) -> int:
    _refuse_twice(word, thread)
    return word | 1 << _READERS + thread


def _up_read(word: int, thread: int) -> int:
    if not word >> _READERS + thread & 1:
        raise Misuse("is not held for reading by this thread")
    return word & ~(1 << _READERS + thread)


def _down_write(word: int, thread: int) -> int:
    _refuse_twice(word, thread)
    return word | 1 << _QUEUE + thread if word else thread + 1


def _down_write_queued(word: int, thread: int) -> int:
    return word & ~(1 << _QUEUE + thread) | thread + 1


def _up_write(word: int, thread: int) -> int:
    if word & _WRITER_MASK != thread + 1:
        raise Misuse("is not held for writing by this thread")
    return word & ~_WRITER_MASK


def _refuse_twice(word: int, thread: int) -> None:
    if word & _WRITER_MASK == thread + 1 or word >> _READERS + thread & 1:
        raise Misuse("is taken twice by this thread")


def _held_by_me(word: int, thread: int) -> bool:
    return word & _WRITER_MASK == thread + 1 or bool(word >> _READERS + thread & 1)


def _always(_word: int, _thread: int) -> bool:
    return True


def _free(word: int, thread: int) -> bool:
    return word == 0 or word == thread + 1


def _no_writer(word: int, thread: int) -> bool:
    return not (word & _WRITER_MASK or word >> _QUEUE) or _held_by_me(word, thread)


def _nobody(word: int, _thread: int) -> bool:
    return not (word & _WRITER_MASK or word >> _READERS & _THREADS_MASK)


# By operation: whether it can be done now, and the word after it. What would be a mistake can be done, and faults.
_CAN: dict[str, Callable[[int, int], bool]] = {
    "mutex_lock": _free, "spin_lock": _free, "mutex_unlock": _always, "spin_unlock": _always,
    "down_read": _no_writer, "up_read": _always, "down_write": _always, "up_write": _always,
    "down_write queued": _nobody,
}  # fmt: skip
APPLY: dict[str, Callable[[int, int], int]] = {
    "mutex_lock": _lock, "spin_lock": _lock, "mutex_unlock": _unlock, "spin_unlock": _unlock,
    "down_read": _down_read, "up_read": _up_read, "down_write": _down_write, "up_write": _up_write,
    "down_write queued": _down_write_queued,
}  # fmt: skip


def waits(kind: str, word: int, thread: int) -> bool:
    """Whether an operation of a thread has to wait for the lock that this word is; what is no lock never makes wait."""
    can = _CAN.get(kind)
    return can is not None and not can(word, thread)
