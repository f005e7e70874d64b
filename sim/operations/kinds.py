# SPDX-License-Identifier: GPL-2.0-or-later
"""The kinds of visible operations, and what is known of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum, auto
from typing import Final, Self


class Family(Enum):
    """Kinds that work alike, and are told in the same words."""

    READ = auto()
    WRITE = auto()
    CMPXCHG = auto()
    ATOMIC = auto()
    LOCK = auto()
    BARRIER = auto()
    OUT_OF_MEMORY = auto()
    WILD = auto()


class Buffering(Enum):
    """What an operation has to do with its CPU's store buffer."""

    PASSES = auto()
    """It goes on, whatever waits there."""
    STORES = auto()
    """Its own store goes there, and waits for room while the buffer is full."""
    FLUSHES = auto()
    """x86 locks or fences it: it waits until the buffer is empty."""


class OperationKind(Enum):
    """A kind of visible operation; `value` is how it is shown.

    `call` is what the source calls, the same but for the second half of down_write. A `blind` operation does the same
    whatever its word holds. `wild` is an access that points to no object, and faults.
    """

    READ = "read", Family.READ, Buffering.PASSES
    WRITE = "write", Family.WRITE, Buffering.STORES
    CMPXCHG = "cmpxchg", Family.CMPXCHG, Buffering.FLUSHES
    ATOMIC_INC = "atomic_inc", Family.ATOMIC, Buffering.FLUSHES
    ATOMIC_DEC = "atomic_dec", Family.ATOMIC, Buffering.FLUSHES
    ATOMIC_INC_RETURN = "atomic_inc_return", Family.ATOMIC, Buffering.FLUSHES
    ATOMIC_DEC_RETURN = "atomic_dec_return", Family.ATOMIC, Buffering.FLUSHES
    ATOMIC_DEC_AND_TEST = "atomic_dec_and_test", Family.ATOMIC, Buffering.FLUSHES
    MUTEX_LOCK = "mutex_lock", Family.LOCK, Buffering.FLUSHES
    MUTEX_UNLOCK = "mutex_unlock", Family.LOCK, Buffering.FLUSHES
    SPIN_LOCK = "spin_lock", Family.LOCK, Buffering.FLUSHES
    SPIN_UNLOCK = "spin_unlock", Family.LOCK, Buffering.STORES
    DOWN_READ = "down_read", Family.LOCK, Buffering.FLUSHES
    UP_READ = "up_read", Family.LOCK, Buffering.FLUSHES
    DOWN_WRITE = "down_write", Family.LOCK, Buffering.FLUSHES
    DOWN_WRITE_QUEUED = "down_write queued", Family.LOCK, Buffering.FLUSHES, "down_write"
    UP_WRITE = "up_write", Family.LOCK, Buffering.FLUSHES
    SMP_MB = "smp_mb", Family.BARRIER, Buffering.FLUSHES
    SMP_RMB = "smp_rmb", Family.BARRIER, Buffering.PASSES
    SMP_WMB = "smp_wmb", Family.BARRIER, Buffering.PASSES
    OUT_OF_MEMORY = "out_of_memory", Family.OUT_OF_MEMORY, Buffering.PASSES
    WILD = "wild", Family.WILD, Buffering.PASSES

    _value_: str
    family: Family
    buffering: Buffering
    call: str
    blind: bool

    def __new__(cls, text: str, family: Family, buffering: Buffering, call: str = "") -> Self:
        """Keep what is known of the kind as plain attributes, for the machine asks for it at each step."""
        kind = object.__new__(cls)
        kind._value_ = text
        kind.family = family
        kind.buffering = buffering
        kind.call = call or text
        kind.blind = family in (Family.WRITE, Family.WILD)
        return kind

    # Enum's own is a function of Python, which is slow where each step looks something up by kind.
    __hash__ = object.__hash__

    def __str__(self) -> str:
        return self._value_


BY_VALUE: Final[Mapping[str, OperationKind]] = {kind.value: kind for kind in OperationKind}


def require_whole(table: Collection[OperationKind], family: Family, home: str) -> None:
    """Raise ValueError unless a table, which stands in the file `home`, has all kinds of a family and no other."""
    wanted = {kind for kind in OperationKind if kind.family is family}
    missing = ", ".join(sorted(str(kind) for kind in wanted - set(table)))
    foreign = ", ".join(sorted(str(kind) for kind in set(table) - wanted))
    if missing or foreign:
        wrong = f"lacks {missing}" if missing else f"has {foreign}"
        raise ValueError(f"{home} {wrong}: it has one row for each operation of Family.{family.name}")
