# SPDX-License-Identifier: GPL-2.0-or-later
"""How far it is to the goal from every state, and which moves go there."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from sim.explore.graph import NOWHERE, Graph
from sim.explore.limits import Limits, Meter

UNREACHABLE = -1
_CHUNK = 10_000


def distances(graph: Graph, goals: Mapping[int, int], limits: Limits | None = None) -> array[int]:
    """For each state the fewest steps to one of the goals; UNREACHABLE where no schedule leads there.

    `goals` maps states to the steps that are still to be taken there: none, or once round a circle.
    Raises Halted.
    """
    steps_from = array("q", [UNREACHABLE]) * len(graph.packed)
    meter = graph.meter(limits)
    before = _predecessors(graph, meter)
    waiting: dict[int, list[int]] = {}
    for number, more in goals.items():
        waiting.setdefault(more, []).append(number)
    steps = 0
    while waiting:
        for number in waiting.pop(steps, ()):
            meter.spend(len(before[number]))
            if steps_from[number] == UNREACHABLE:
                steps_from[number] = steps
                earlier = [previous for previous in before[number] if steps_from[previous] == UNREACHABLE]
                if earlier:
                    waiting.setdefault(steps + 1, []).extend(earlier)
        steps += 1
    return steps_from


def _predecessors(graph: Graph, meter: Meter) -> list[list[int]]:
    before: list[list[int]] = []
    while len(before) < len(graph.packed):
        meter.spend(_CHUNK)
        before.extend([] for _ in range(min(_CHUNK, len(graph.packed) - len(before))))
    for steps in graph.steps:
        for start in range(0, len(steps), _CHUNK):
            meter.spend(_CHUNK)
            for number, after in enumerate(steps[start : start + _CHUNK], start):
                if after not in (NOWHERE, number):
                    before[after].append(number)
    return before


def best_moves(graph: Graph, steps_from: array[int], number: int) -> list[int]:
    """The moves that bring a state nearer to the goal."""
    nearer = steps_from[number] - 1
    return [move for move, after in graph.moves(number) if steps_from[after] == nearer != UNREACHABLE]
