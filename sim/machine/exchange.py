# SPDX-License-Identifier: GPL-2.0-or-later
"""Atomic operations: one read and one write of a word in a single step."""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernelc.model.types import INT
from sim.operations.atomics import ATOMICS, Yields
from sim.operations.kinds import OperationKind


def exchange(kind: OperationKind, word: int, operands: Sequence[int]) -> tuple[int, int | None]:
    """What an atomic operation yields, and what it stores (None: nothing): cmpxchg (old, new), or atomic_*."""
    if kind is OperationKind.CMPXCHG:
        old, new = operands
        return word, new if word == old else None
    atomic = ATOMICS[kind]
    counter = INT.wrap(word + atomic.step)
    return (int(counter == 0) if atomic.yields is Yields.WHETHER_ZERO else counter), counter
