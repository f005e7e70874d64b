# SPDX-License-Identifier: GPL-2.0-or-later
"""States in which the OOM killer was called, reached by playing real kernels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from puzzles.levels import Level, Show, build_machine, game_pack, read_kernel
from sim import Machine, Outcome, State

KERNELS = Path(__file__).parents[2] / "puzzles" / "kernels"
TASK, MAPPING = "in-place/1", "in-place/3"
OOM = (Outcome.OOM_PREMATURE, Outcome.OOM_GENUINE)
MOST = 300
ALLOCATOR, REBIND = 0, 1


def played(machine: Machine, turns: Sequence[tuple[int, int]]) -> State:
    """The state after each thread in turn took so many steps, or as many as it could."""
    state = machine.boot()
    for thread, steps in turns:
        for _ in range(steps):
            if not machine.enabled(state, thread):
                break
            state = machine.step(state, thread).state
    return state


def level_on(level_id: str, cpu: int, kernel: str, sets: str, era: str = "") -> tuple[Level, Machine]:
    """A level of another kernel and era, its allocator on the CPU of a node, and its machine with other boot values."""
    level = game_pack().level(level_id)
    allocator, rebind = level.threads
    threads = evolve(allocator, cpu=cpu, node=cpu), evolve(rebind, cpu=1 - cpu, node=1 - cpu)
    source = read_kernel(KERNELS / kernel, level)
    # What a level shows, another kernel may not have.
    moved = evolve(level, threads=threads, show=Show(), era=era, source=source)
    return moved, build_machine(moved, sets=sets.split())


def one_flip(machine: Machine) -> State:
    """An OOM that one flip brings about: the whole of it falls between two steps of the allocator."""
    for before in range(MOST):
        state = played(machine, ((ALLOCATOR, before), (REBIND, MOST), (ALLOCATOR, MOST)))
        if state.outcome in OOM:
            return state
    raise AssertionError("no place for the flip brings the OOM killer")


def alone(machine: Machine) -> State:
    """The state after the allocator ran alone."""
    return played(machine, ((ALLOCATOR, MOST),))
