# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel C program run to its end by one thread: the only place here that knows sim's interface."""

from __future__ import annotations

from attrs import frozen

import sim
from tests.sim.gcc.build import Word

MOST_STEPS = 100_000


@frozen
class Ran:
    """How the run ended, the steps it took, and all words of the globals."""

    outcome: str
    sentence: str
    steps: int
    words: tuple[Word, ...]


def run(text: str, name: str = "kernel.c") -> Ran:
    """Compile the program and step its run() until it ends. Raises sim.CompileError."""
    machine = sim.Machine(sim.compile(text, name=name), threads=(sim.Thread(letter="A", name="main", run="run()"),))
    state = machine.boot()
    steps = 0
    while machine.enabled(state, 0) and steps < MOST_STEPS:
        state = machine.step(state, 0).state
        steps += 1
    return Ran(state.outcome.value, state.ending.sentence, steps, tuple(machine.words(state)))
