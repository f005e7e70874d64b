# SPDX-License-Identifier: GPL-2.0-or-later
"""Livelock and spin: circles that a thread goes round by its own steps alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from attrs import frozen

from sim.explore.graph import NOWHERE, Graph
from sim.machine.state import CIRCLES, Outcome


@frozen
class Circle:
    """The circle through a state: the thread that goes round it, and the steps of one turn."""

    thread: int
    length: int


def goals(graph: Graph) -> frozenset[int]:
    """The states in which the goal of the graph's machine is reached, or that lie on a circle which is the goal."""
    return graph.ended_at_goal() | circles(graph).keys()


def circles(graph: Graph) -> dict[int, Circle]:
    """For each state on a circle that is the goal of the graph's machine, the shortest one; empty for other goals.

    That is any for SPIN, for LIVELOCK one on which nobody else can move. A state in which the goal's condition is not
    true is left out.
    """
    machine, goal = graph.machine, graph.machine.goal
    if goal is None or goal.outcome not in CIRCLES:
        return {}
    found: dict[int, Circle] = {}
    for thread, steps in enumerate(graph.steps[: len(machine.threads)]):
        for round_ in _rounds(steps):
            if goal.outcome is Outcome.LIVELOCK and not all(_alone(graph, number, thread) for number in round_):
                continue
            for number in round_:
                if goal.condition and not machine.condition_holds(graph.state(number)):
                    continue
                known = found.get(number)
                if known is None or len(round_) < known.length:
                    found[number] = Circle(thread, len(round_))
    return found


def _alone(graph: Graph, number: int, thread: int) -> bool:
    return all(mover == thread for mover, _ in graph.moves(number))


def _rounds(steps: array[int]) -> Iterator[list[int]]:
    """The circles of one thread: each state has at most one successor by it, so a walk either ends or comes round."""
    walk_of = array("q", [NOWHERE]) * len(steps)
    for start in range(len(steps)):
        at = start
        walk: list[int] = []
        while at != NOWHERE and walk_of[at] == NOWHERE:
            walk_of[at] = start
            walk.append(at)
            at = steps[at]
        if at != NOWHERE and walk_of[at] == start:
            yield walk[walk.index(at) :]
