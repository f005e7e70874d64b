# SPDX-License-Identifier: GPL-2.0-or-later
"""Atomic operations: one read and one write of a word in a single step."""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernelc.model.types import INT


def exchange(name: str, word: int, operands: Sequence[int]) -> tuple[int, int | None]:
    """What an atomic operation yields, and what it stores (None: nothing): cmpxchg (old, new), or atomic_*."""
    if name == "cmpxchg":
        old, new = operands
        return word, new if word == old else None
    new = INT.wrap(word + 1 if name.startswith("atomic_inc") else word - 1)
    return (int(new == 0) if name == "atomic_dec_and_test" else new), new
