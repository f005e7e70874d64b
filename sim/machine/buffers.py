# SPDX-License-Identifier: GPL-2.0-or-later
"""Store buffers: under total store order each CPU's stores wait in a queue before they reach memory.

A drain writes the oldest one. To release a spinlock is a plain store too, and waits like any other. What x86 locks
(atomics, all other lock calls) or fences (smp_mb) waits until its own CPU's buffer is empty; smp_rmb and smp_wmb do
nothing. Real buffers are finite too, and their size differs from CPU to CPU.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from sim.machine.state import Buffered, Effect, Operation, ThreadState
from sim.operations.kinds import Buffering

SIZE = 8


def must_drain(private: ThreadState, operation: Operation) -> bool:
    """Whether an operation has to wait for a drain of its own CPU's buffer, in which a store waits."""
    buffering = operation.kind.buffering
    if buffering is Buffering.STORES:
        return len(private.buffer) >= SIZE
    return buffering is Buffering.FLUSHES


def forwarded(buffer: Sequence[Buffered], index: int, word: int) -> int:
    """What a CPU reads where memory holds `word`: the newest of its own stores to that word, if one waits."""
    return next((store.value for store in reversed(buffer) if store.index == index), word)


def behind(buffer: tuple[Buffered, ...], effects: Sequence[Effect]) -> tuple[tuple[Buffered, ...], tuple[Effect, ...]]:
    """The buffer with the marks that wait behind its newest store, and the marks that take effect now."""
    ordered = tuple(effect for effect in effects if effect.kind.ordered) if buffer else ()
    if not ordered:
        return buffer, tuple(effects)
    newest = evolve(buffer[-1], marks=buffer[-1].marks + ordered)
    return (*buffer[:-1], newest), tuple(effect for effect in effects if effect not in ordered)
