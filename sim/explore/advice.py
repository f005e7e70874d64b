# SPDX-License-Identifier: GPL-2.0-or-later
"""Advice from any state: can the goal still be reached, and how."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from attrs import define, field

from sim.explore.circles import Circle, circles
from sim.explore.distance import UNREACHABLE, best_moves, distances
from sim.explore.graph import NOWHERE, Graph, state_graph
from sim.explore.limits import Limits
from sim.explore.pareto import Best, cheapest
from sim.machine.machine import Machine
from sim.machine.state import State


@define(eq=False)
class Advisor:
    """Knows of every reachable state of a machine how far it is to the machine's goal.

    `goals` are the ended states in which it is reached, `rounds` the circles that are it, and `steps[number]` is the
    distance of a state to them; who is on such a circle has still to go round it.
    """

    graph: Graph
    goals: frozenset[int]
    rounds: Mapping[int, Circle] = field(repr=False)
    steps: array[int] = field(repr=False)

    def distance(self, state: State) -> int | None:
        """The fewest steps from a state of this machine to its goal; None where no schedule leads there any more.

        A turn round a circle counts whole, wherever on it the state is.
        """
        found = self.steps[self.graph.number(state)]
        return None if found == UNREACHABLE else found

    def plan(self, state: State, turn: int | None) -> Best:
        """The schedule to the goal with the fewest preemptions, and of these with the fewest steps.

        `turn` is the thread that stepped last. Where the goal is a circle, a shortest schedule to it and round it.
        Raises ValueError where no schedule leads there.
        """
        number = self.graph.number(state)
        found = self._round(number, turn) if self.rounds else cheapest(self.graph, self.goals, number, turn)
        if found is None:
            raise ValueError("the goal is out of reach")
        return found

    def _round(self, number: int, turn: int | None) -> Best | None:
        """A shortest schedule to a circle and round it; the thread `turn` goes on for as long as that is one."""
        if self.steps[number] == UNREACHABLE:
            return None
        start, found, last = number, list[int](), turn
        while moves := best_moves(self.graph, self.steps, number):
            last = last if last in moves else moves[0]
            found.append(last)
            number = self.graph.steps[last][number]
        schedule = (*found, *self._turn(number))
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


def advisor(machine: Machine, limits: Limits | None = None) -> Advisor:
    """Explore a machine to the end. Raises Halted."""
    graph = state_graph(machine, limits)
    goals, rounds = graph.ended_at_goal(limits), circles(graph, limits)
    turns = {number: circle.length for number, circle in rounds.items()}
    return Advisor(graph, goals, rounds, distances(graph, turns or dict.fromkeys(goals, 0), limits))
