# SPDX-License-Identifier: GPL-2.0-or-later
"""How likely the goal is: schedules counted exactly, and the chance under a scheduler that throws dice."""

from __future__ import annotations

from collections.abc import Iterator

from sim.classes import frozen
from sim.explore.distance import UNREACHABLE, distances
from sim.explore.graph import Graph
from sim.explore.limits import Limits, Meter

_WORTH_TELLING = 5e-4
_MOST_SWEEPS = 100_000
_WORK = 10  # of looking at the moves of a state, as a Meter counts it


@frozen
class Odds:
    """Complete schedules and winning ones (None: unbounded, for schedules can go round in circles), and a chance.

    The goal's probability, under a scheduler that picks uniformly among the moves that change something, lies between
    `low` and `high`.
    """

    schedules: int | None
    wins: int | None
    low: float
    high: float

    @property
    def one_in(self) -> float:
        """The chance as "1 in N"; infinite where no schedule wins."""
        middle = (self.low + self.high) / 2
        return 1 / middle if middle else float("inf")


def odds(graph: Graph, goals: frozenset[int], limits: Limits | None = None) -> Odds:
    """The odds of a goal from boot. Moves that leave the state unchanged are not counted. Raises Halted."""
    meter = graph.meter(limits)
    order = _topological(graph, meter)
    if order is None:
        low, high = _bounded(graph, goals, limits)
        return Odds(None, None, low, high)
    total, wins, chance = _counted(graph, goals, order, meter)
    return Odds(total, wins, chance, chance)


def _changes(graph: Graph, number: int) -> Iterator[int]:
    """The states after the moves of a state that change something."""
    return (after for _, after in graph.moves(number) if after != number)


def _topological(graph: Graph, meter: Meter) -> list[int] | None:
    """The states, each after all that follow it; None where schedules can go round in circles."""
    order: list[int] = []
    colour = bytearray(len(graph.packed))
    stack: list[tuple[int, Iterator[int]]] = [(0, _changes(graph, 0))]
    colour[0] = 1
    while stack:
        number, rest = stack[-1]
        after = next(rest, None)
        meter.spend(_WORK)
        if after is None:
            colour[number] = 2
            order.append(number)
            stack.pop()
        elif colour[after] == 1:
            return None
        elif colour[after] == 0:
            colour[after] = 1
            stack.append((after, _changes(graph, after)))
    return order


def _counted(graph: Graph, goals: frozenset[int], order: list[int], meter: Meter) -> tuple[int, int, float]:
    total, wins = [0] * len(graph.packed), [0] * len(graph.packed)
    chance = [0.0] * len(graph.packed)
    for number in order:
        meter.spend(_WORK)
        following = list(_changes(graph, number))
        if not following:
            total[number], wins[number] = 1, int(number in goals)
            chance[number] = float(number in goals)
            continue
        total[number] = sum(total[after] for after in following)
        wins[number] = sum(wins[after] for after in following)
        chance[number] = sum(chance[after] for after in following) / len(following)
    return total[0], wins[0], chance[0]


def _bounded(graph: Graph, goals: frozenset[int], limits: Limits | None) -> tuple[float, float]:
    """Bounds on the chance where schedules can go round in circles, by sweeps from below and from above.

    The value from above starts at one only where the goal can still be reached, and falls to the chance because every
    such state has a positive chance to leave its circle.
    """
    meter = graph.meter(limits)
    far = distances(graph, dict.fromkeys(goals, 0), limits)
    able = [number for number in range(len(far)) if far[number] != UNREACHABLE]
    low, high = [0.0] * len(far), [0.0] * len(far)
    following = {}
    for number in able:
        meter.spend(_WORK)
        low[number], high[number] = float(number in goals), 1.0
        if number not in goals:
            following[number] = list(_changes(graph, number))
    backwards = list(reversed(following.items()))
    for _ in range(_MOST_SWEEPS):
        for values in (low, high):
            for number, after in backwards:
                meter.spend(len(after))
                values[number] = sum(values[follower] for follower in after) / len(after)
        if high[0] - low[0] <= _WORTH_TELLING * max(low[0], 1e-300):
            break
    return low[0], high[0]
