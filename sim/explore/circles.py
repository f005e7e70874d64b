# SPDX-License-Identifier: GPL-2.0-or-later
"""Livelock and spin: circles that a thread goes round by its own steps alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from sim.classes import frozen
from sim.explore.graph import NOWHERE, Graph
from sim.explore.limits import Limits, Meter
from sim.machine.state import CIRCLES, Outcome


@frozen
class Circle:
    """The circle through a state: the thread that goes round it, and the steps of one turn."""

    thread: int
    length: int


def goals(graph: Graph, limits: Limits | None = None) -> frozenset[int]:
    """The states in which the goal of the graph's machine is reached, or that lie on a circle which is the goal.

    Raises Halted.
    """
    return graph.ended_at_goal() | circles(graph, limits).keys()


def circles(graph: Graph, limits: Limits | None = None) -> dict[int, Circle]:
    """For each state on a circle that is the goal of the graph's machine, the shortest one; empty for other goals.

    That is any for SPIN, for LIVELOCK one on which nobody else can move. A state in which the goal's condition is not
    true is left out. Raises Halted.
    """
    machine, goal = graph.machine, graph.machine.goal
    if goal is None or goal.outcome not in CIRCLES:
        return {}
    shortest_of: dict[int, Circle] = {}
    for thread, steps in enumerate(graph.steps[: len(machine.threads)]):
        for round_ in _rounds(steps, graph.meter(limits)):
            if goal.outcome is Outcome.LIVELOCK and not all(_alone(graph, number, thread) for number in round_):
                continue
            shortest = (
                number for number in round_ if number not in shortest_of or len(round_) < shortest_of[number].length
            )
            for number in shortest:
                if graph.product.condition_holds(graph.packed[number]):
                    shortest_of[number] = Circle(thread, len(round_))
    return shortest_of


def _alone(graph: Graph, number: int, thread: int) -> bool:
    return all(mover == thread for mover, _ in graph.moves(number))


def _rounds(steps: array[int], meter: Meter) -> Iterator[list[int]]:
    """The circles of one thread: each state has at most one successor by it, so a walk either ends or comes round."""
    walk_of = array("q", [NOWHERE]) * len(steps)
    for start in range(len(steps)):
        at = start
        walk: list[int] = []
        meter.spend()
        while at != NOWHERE and walk_of[at] == NOWHERE:
            walk_of[at] = start
            walk.append(at)
            meter.spend()
            at = steps[at]
        if at != NOWHERE and walk_of[at] == start:
            yield walk[walk.index(at) :]
