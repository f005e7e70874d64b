# SPDX-License-Identifier: GPL-2.0-or-later
"""Atomic counters: how far each operation moves the counter, and what it yields."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from sim.classes import frozen
from sim.operations.kinds import Family, OperationKind, require_whole


class Yields(Enum):
    """The value of an atomic operation in the source."""

    NOTHING = auto()
    COUNTER = auto()
    """The counter after it."""
    WHETHER_ZERO = auto()
    """Whether the counter is then zero."""


@frozen
class Atomic:
    """An operation that adds `step` to a counter."""

    step: int
    yields: Yields


ATOMICS: Final[Mapping[OperationKind, Atomic]] = {
    OperationKind.ATOMIC_INC: Atomic(1, Yields.NOTHING),
    OperationKind.ATOMIC_DEC: Atomic(-1, Yields.NOTHING),
    OperationKind.ATOMIC_INC_RETURN: Atomic(1, Yields.COUNTER),
    OperationKind.ATOMIC_DEC_RETURN: Atomic(-1, Yields.COUNTER),
    OperationKind.ATOMIC_DEC_AND_TEST: Atomic(-1, Yields.WHETHER_ZERO),
}
require_whole(ATOMICS, Family.ATOMIC, "ATOMICS in sim/operations/atomics.py")
