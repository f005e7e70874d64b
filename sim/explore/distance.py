# SPDX-License-Identifier: GPL-2.0-or-later
"""How far it is to the goal from every state, and which moves go there."""

from __future__ import annotations

from array import array

from sim.explore.graph import NOWHERE, Graph

UNREACHABLE = -1


def distances(graph: Graph, goals: frozenset[int]) -> array[int]:
    """For each state the fewest steps to one of the goals; UNREACHABLE where no schedule leads there."""
    found = array("q", [UNREACHABLE]) * len(graph.packed)
    before = _predecessors(graph)
    level = sorted(goals)
    for number in level:
        found[number] = 0
    steps = 0
    while level:
        steps += 1
        following = []
        for number in level:
            for earlier in before[number]:
                if found[earlier] == UNREACHABLE:
                    found[earlier] = steps
                    following.append(earlier)
        level = following
    return found


def _predecessors(graph: Graph) -> list[list[int]]:
    before: list[list[int]] = [[] for _ in graph.packed]
    for steps in graph.steps:
        for number, after in enumerate(steps):
            if after not in (NOWHERE, number):
                before[after].append(number)
    return before


def best_moves(graph: Graph, found: array[int], number: int) -> list[int]:
    """The threads whose step brings a state nearer to the goal."""
    here = found[number]
    return [thread for thread, after in graph.moves(number) if found[after] != UNREACHABLE and found[after] == here - 1]
