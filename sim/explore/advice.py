# SPDX-License-Identifier: GPL-2.0-or-later
"""Advice from any state: can the goal still be reached, and how."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from attrs import field

from sim.classes import define
from sim.explore.circles import Circle, circles
from sim.explore.distance import UNREACHABLE, best_moves, distances
from sim.explore.faults import ModelFault, doubt
from sim.explore.graph import NOWHERE, Graph, graphs
from sim.explore.limits import Halted, Limits
from sim.explore.pareto import Best, cheapest
from sim.machine.machine import Machine
from sim.machine.state import Outcome, State


class Doubted(Halted):
    """The goal cannot be reached, as far as is known: but `fault` can, and nobody knows what would come after it."""

    def __init__(self, fault: ModelFault) -> None:
        """Keep the fault, which is not the only one from here, and need not be on the way."""
        super().__init__(f"the model faults: {fault.reason}")
        self.fault = fault


@define(eq=False)
class Advisor:
    """Knows of the states of a graph how far it is to the goal of its machine.

    `goals` are the ended states in which it is reached, `rounds` the circles that are it, and `steps[number]` is the
    distance of a state to them; who is on such a circle has still to go round it. `fault` is one that can be reached,
    and `faults[number]` the distance to any. Where the graph has a bound, distances and schedules are those within it.
    """

    graph: Graph
    goals: frozenset[int]
    rounds: Mapping[int, Circle] = field(repr=False)
    steps: array[int] = field(repr=False)
    fault: ModelFault | None = None
    faults: array[int] | None = field(default=None, repr=False)

    def knows(self, state: State) -> bool:
        """Whether it can be told from a state whether the goal can be reached, as far as the limits are concerned."""
        try:
            return not self.graph.bound or self.steps[self.graph.number(state)] != UNREACHABLE
        except KeyError:
            return False

    def distance(self, state: State) -> int | None:
        """The fewest steps from a state to the goal; None where no schedule leads there any more.

        A turn round a circle counts whole, wherever on it the state is. Raises Halted where that is not known, and
        Doubted where it is not for a fault of the model.
        """
        if not self.knows(state):
            raise Halted(self.graph.bound)
        number = self.graph.number(state)
        steps = self.steps[number]
        if steps == UNREACHABLE and self.fault and self.faults and self.faults[number] != UNREACHABLE:
            raise Doubted(self.fault)
        return None if steps == UNREACHABLE else steps

    def plan(self, state: State, turn: int | None, limits: Limits | None = None) -> Best:
        """The schedule to the goal with the fewest preemptions, and of these with the fewest steps.

        `turn` is the thread that stepped last. Where the goal is a circle, a shortest schedule to it and round it.
        Raises ValueError where no schedule leads there; Halted.
        """
        number = self.graph.number(state)
        way = self._round(number, turn) if self.rounds else cheapest(self.graph, self.goals, number, turn, limits)
        if way is None:
            raise ValueError("the goal is out of reach")
        return way

    def _round(self, number: int, turn: int | None) -> Best | None:
        """A shortest schedule to a circle and round it; the thread `turn` goes on for as long as that is one."""
        if self.steps[number] == UNREACHABLE:
            return None
        start, schedule_so_far, last = number, list[int](), turn
        while moves := best_moves(self.graph, self.steps, number):
            last = last if last in moves else moves[0]
            schedule_so_far.append(last)
            number = self.graph.steps[last][number]
        schedule = (*schedule_so_far, *self._turn(number))
        return Best(self._preemptions(start, turn, schedule), len(schedule), schedule)

    def _preemptions(self, number: int, turn: int | None, schedule: tuple[int, ...]) -> int:
        count = 0
        for move in schedule:
            if move >= 0:
                count += turn not in (None, move) and self.graph.steps[turn or 0][number] != NOWHERE
                turn = move
            number = self.graph.steps[move][number]
        return count

    def _turn(self, number: int) -> tuple[int, ...]:
        """The steps once round the circle through a state; none where there is no such circle."""
        circle = self.rounds.get(number)
        return (circle.thread,) * circle.length if circle else ()


def advisor(machine: Machine, limits: Limits | None = None, begin: State | None = None) -> Advisor:
    """Advice from a state on, boot where there is none: from all that follows, else from what the limits allow.

    Raises Halted where they allow nothing.
    """
    advice: Advisor | None = None
    try:
        for graph in graphs(machine, limits, begin):
            advice = _advisor(graph, limits)
    except Halted:
        if advice is None:
            raise
    assert advice is not None
    return advice


def _advisor(graph: Graph, limits: Limits | None) -> Advisor:
    machine, goals, rounds = graph.machine, graph.ended_at_goal(), circles(graph, limits)
    turns = {number: circle.length for number, circle in rounds.items()}
    advice = Advisor(graph, goals, rounds, distances(graph, turns or dict.fromkeys(goals, 0), limits))
    faults = [number for number, outcome in graph.outcomes.items() if outcome is Outcome.FAULT]
    if faults and not graph.bound and machine.goal is not None:
        advice.fault = doubt(machine, machine.goal.outcome, (Outcome.FAULT,), limits)
        advice.faults = distances(graph, dict.fromkeys(faults, 0), limits)
    return advice


def way_from(machine: Machine, begin: State, limits: Limits | None = None) -> Advisor:
    """Advice from a state on, from as few of the states that follow as show a way to the goal. Raises Halted."""
    for graph in graphs(machine, limits, begin):
        advice = _advisor(graph, limits)
        if advice.knows(begin):
            break
    return advice
