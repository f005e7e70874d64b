# SPDX-License-Identifier: GPL-2.0-or-later
"""Machines from a few lines of kernel C, and their runs in words: shared by the tests of the simulator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

import sim
from sim.kernelc.model.types import Pointer
from sim.machine.events import Accessed, Marked, Step
from sim.machine.names import pointer_text
from sim.operations.kinds import OperationKind

MOST_STEPS = 1000
LETTERS = "ABCD"


def threads(*runs: str, **options: Any) -> tuple[sim.Thread, ...]:
    """Threads A, B, ... that run these calls, each on its own CPU; `options` are the same for all."""
    return tuple(
        sim.Thread(letter=LETTERS[i], name=f"thread {i}", run=run, cpu=i, **options) for i, run in enumerate(runs)
    )


def machine(text: str, *runs: str, headers: Mapping[str, str] | None = None, **options: Any) -> sim.Machine:
    """A machine over this text whose threads A, B, ... run these calls; without any, A runs `run()`."""
    return sim.Machine(sim.compile(text, headers), threads(*(runs or ("run()",))), **options)


@frozen
class Ran:
    """A run: the operations in words, the steps, and the state in which it stopped."""

    operations: list[str]
    steps: list[Step]
    state: sim.State

    @property
    def outcome(self) -> str:
        """How the run ended, in words."""
        return self.state.outcome.value

    def marks(self) -> list[list[str]]:
        """The names of the marks that each step reported."""
        return [[event.kind.value for event in step.events if isinstance(event, Marked)] for step in self.steps]


def play(one: sim.Machine, moves: str, start: sim.State | None = None) -> Ran:
    """The run in which the threads move in this order, by letter; blanks do not count."""
    state = start or one.boot()
    letters = [thread.letter for thread in one.threads]
    steps = []
    for letter in moves.replace(" ", ""):
        steps.append(one.step(state, letters.index(letter)))
        state = steps[-1].state
    return Ran([operation(one, step) for step in steps], steps, state)


def finish(one: sim.Machine, start: sim.State | None = None, order: Sequence[int] = (0, 1, 2, 3)) -> Ran:
    """The run in which the first thread of `order` that can move does, until none can."""
    state = start or one.boot()
    steps: list[Step] = []
    while state.outcome is sim.Outcome.OPEN and len(steps) < MOST_STEPS:
        mover = next(i for i in order if i < len(one.threads) and one.enabled(state, i))
        steps.append(one.step(state, mover))
        state = steps[-1].state
    return Ran([operation(one, step) for step in steps], steps, state)


def operation(one: sim.Machine, step: Step) -> str:
    """What a step did: `read x`, `write x = 3`, `mutex_lock m`, `smp_mb`."""
    done = accessed(step)
    cell = one.program.cells[done.address] if done.address else None
    words = [str(done.kind), *([cell.lvalue] if cell else [])]
    if done.kind is OperationKind.WRITE and cell is not None:
        assert done.new is not None
        target = cell.type.target if isinstance(cell.type, Pointer) else None
        words += ["=", pointer_text(one.program, done.new, target) if target else str(done.new)]
    return " ".join(words)


def accessed(step: Step) -> Accessed:
    """The visible operation of a step."""
    (found,) = (event for event in step.events if isinstance(event, Accessed))
    return found


def pending(one: sim.Machine, state: sim.State, thread: int = 0) -> str:
    """The operation before which a thread rests: `read x`; "" when there is none."""
    waiting = state.threads[thread].pending
    if waiting is None:
        return ""
    cell = one.program.cells[waiting.address] if waiting.address else None
    return " ".join((str(waiting.kind), *([cell.lvalue] if cell else [])))


def values(one: sim.Machine, state: sim.State) -> dict[str, int | str]:
    """All global words by lvalue."""
    return dict(one.words(state))


def interleavings(counts: Sequence[int]) -> Iterable[str]:
    """All orders in which threads A, B, ... can take this many steps each."""
    if not any(counts):
        yield ""
    for index, count in enumerate(counts):
        if count:
            fewer = [*counts[:index], count - 1, *counts[index + 1 :]]
            yield from (LETTERS[index] + rest for rest in interleavings(fewer))
