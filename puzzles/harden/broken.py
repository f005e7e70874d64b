# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings of a level that can be broken: whether they tell its story, and what they resist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from attrs import frozen

from puzzles.harden.fate import Fate
from puzzles.levels import Level, LevelError, build_machine
from puzzles.schedules import schedule_line
from sim import Machine, Outcome
from sim.debugger import serial_wins
from sim.explore import Graph, Halted, Limits, goals, odds, solution_of, state_graph, with_one_number
from sim.explore.recipes import two_numbers_in
from sim.kernelc.model.source import NOWHERE
from sim.machine.state import thread_of

ONE_IN: Final = 20.0
"""A level resists dice if a random scheduler needs more runs than this."""

End: TypeAlias = tuple[str, str, int]
"""Where a run ends: the letter of the thread, file and line."""


@frozen
class BrokenFigures:
    """How a setting stands; schedules are None where no recipe reaches the goal."""

    recipe: str | None
    recipe2: str | None
    dice: float
    preemptions: int
    steps: int
    schedule: str
    states: int

    @property
    def weakness(self) -> tuple[int, int]:
        """The less the better: how many of the two recipes reach the goal, and whether dice do."""
        return (self.recipe is not None) + (self.recipe2 is not None), self.dice < ONE_IN


@frozen
class Story:
    """Where the runs end that reach the goal of a level as it is: a setting has to end at one of these."""

    ends: frozenset[End]


def story_of(graph: Graph, limits: Limits) -> Story:
    """The story of a machine whose goal can be reached. Raises Halted."""
    machine = graph.machine
    endings = (graph.state(number).ending for number in goals(graph, limits))
    said = {(_letter(machine, end.thread), end.span.file, end.span.line) for end in endings if end.thread >= 0}
    ways = solution_of(graph, limits).best
    return Story(frozenset({*said, *(end_of(machine, way.schedule) for way in ways)}))


def end_of(machine: Machine, schedule: tuple[int, ...]) -> End:
    """Where a run ends: where the run says so, else at its last operation."""
    state, span = machine.boot(), NOWHERE
    for move in schedule:
        operation = state.threads[move].pending if move >= 0 else None
        span = operation.span if operation is not None else span
        state = machine.step(state, move).state
    thread = state.ending.thread
    if thread >= 0:
        return _letter(machine, thread), state.ending.span.file, state.ending.span.line
    return _letter(machine, thread_of(schedule[-1])) if schedule else "", span.file, span.line


def _letter(machine: Machine, thread: int) -> str:
    return machine.threads[thread].letter


def broken_figures(graph: Graph, recipe: Sequence[int] | None, limits: Limits) -> BrokenFigures:
    """How a machine whose goal can be reached stands; `recipe` is that with one free number. Raises Halted."""
    machine = graph.machine
    best = solution_of(graph, limits).best[0]
    recipe2 = recipe or two_numbers_in(graph.product)
    return BrokenFigures(
        _line(machine, recipe),
        _line(machine, recipe2),
        odds(graph, goals(graph, limits), limits).one_in,
        best.preemptions,
        best.steps,
        schedule_line(machine, best.schedule),
        len(graph.packed),
    )


def _line(machine: Machine, moves: Sequence[int] | None) -> str | None:
    return None if moves is None else schedule_line(machine, moves)


def measured_broken(level: Level, story: Story, limits: Limits) -> tuple[Fate, BrokenFigures | None]:
    """What becomes of a setting; with figures where it tells the story. What is quick is asked first."""
    try:
        return _measured(build_machine(level), story, limits)
    except LevelError:
        return Fate.UNFIT, None
    except Halted:
        return Fate.LARGE, None


def _measured(machine: Machine, story: Story, limits: Limits) -> tuple[Fate, BrokenFigures | None]:
    if with_one_number(machine, limits) is not None:
        return Fate.RECIPE, None
    graph = state_graph(machine, limits)
    if Outcome.FAULT in graph.outcomes.values():
        return Fate.FAULTS, None
    ways = solution_of(graph, limits).best
    if not ways:
        return Fate.SAFE, None
    if end_of(machine, ways[0].schedule) not in story.ends:
        return Fate.ELSEWHERE, None
    if any(serial_wins(machine)):
        return Fate.SERIAL, None
    stands = broken_figures(graph, None, limits)
    return Fate.RESISTS if stands.recipe2 is None else Fate.RECIPE2, stands
