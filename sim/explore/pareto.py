# SPDX-License-Identifier: GPL-2.0-or-later
"""The best schedules by preemptions and steps: exactly those that no other beats in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import field

from sim.classes import define, frozen
from sim.explore.graph import NOWHERE, Graph
from sim.explore.limits import Limits, Meter

_WORK = 20  # of expanding one node, as a Meter counts it


@frozen
class Best:
    """A schedule, moves in order, that no other beats in both preemptions and steps."""

    preemptions: int
    steps: int
    schedule: tuple[int, ...]


def pareto(
    graph: Graph,
    goals: frozenset[int],
    limits: Limits | None = None,
    accept: Callable[[int, int], bool] = lambda _number, _last: True,
) -> tuple[Best, ...]:
    """The Pareto set of schedules from boot to a goal, fewest preemptions first; empty where none leads there.

    A preemption is a step of another thread while the one that stepped last still can; a drain is none, and leaves
    whose turn it was. A node of this search is a state with the thread that stepped last; within one number of
    preemptions it is expanded in order of steps, and only if it was not reached in as few steps with fewer
    preemptions. `accept` may refuse a goal by the thread that stepped last; nobody has at boot.
    Raises Halted.
    """
    if not goals:
        return ()
    if 0 in goals:
        return (Best(0, 0, ()),)
    return tuple(_Layers(graph, goals, accept, len(graph.machine.threads), graph.meter(limits)).run())


def cheapest(
    graph: Graph, goals: frozenset[int], start: int, turn: int | None, limits: Limits | None = None
) -> Best | None:
    """The schedule from a state to a goal with the fewest preemptions, and of these with the fewest steps.

    `turn` is the thread that stepped last; None where no schedule leads there. Raises Halted.
    """
    if start in goals:
        return Best(0, 0, ())
    width, meter = len(graph.machine.threads), graph.meter(limits)
    return next(_Layers(graph, goals, lambda _number, _last: True, width, meter, start, turn).run(), None)


# A node is a state and the thread that stepped last; a visit is a node with the number of the layer that reached it.
_Visit: TypeAlias = tuple[int, int]
_START: _Visit = (-1, -1)


@define(eq=False)
class _Layers:
    graph: Graph
    goals: frozenset[int]
    accept: Callable[[int, int], bool]
    width: int
    meter: Meter
    start: int = 0
    turn: int | None = None
    steps: dict[int, int] = field(factory=dict)
    parents: list[dict[int, _Visit]] = field(factory=list)

    def run(self) -> Iterator[Best]:
        """Layer after layer, as long as a node is reached in fewer steps than with fewer preemptions."""
        fewest: int | None = None
        seeds = self.first()
        while seeds:
            self.parents.append({})
            reached = self.spread(seeds, fewest)
            if reached is not None:
                fewest = self.steps[reached]
                layer = len(self.parents) - 1
                yield Best(layer, fewest, self.schedule((reached, layer)))
            seeds = self.preempting()

    def first(self) -> dict[int, list[tuple[int, _Visit]]]:
        """Where the search begins: after any move where nobody has stepped yet, which preempts nobody."""
        if self.turn is not None:
            return {0: [(self.node(self.start, self.turn), _START)]}
        moves = self.graph.moves(self.start)
        return {1: [(self.node(after, thread), _START) for thread, after in moves if after != self.start]}

    def node(self, number: int, thread: int) -> int:
        return number * self.width + thread

    def parts(self, node: int) -> tuple[int, int]:
        return divmod(node, self.width)

    def reached(self, node: int) -> bool:
        number, last = self.parts(node)
        return number in self.goals and self.accept(number, last)

    def spread(self, waiting: dict[int, list[tuple[int, _Visit]]], fewest: int | None) -> int | None:
        """Expand a layer in order of steps; the node of the first goal reached in fewer steps than `fewest`."""
        layer = len(self.parents) - 1
        best = None
        count = min(waiting)
        while waiting:
            for node, parent in waiting.pop(count, ()):
                self.meter.spend(_WORK)
                if self.steps.get(node, count + 1) <= count:
                    continue
                self.steps[node] = count
                self.parents[layer][node] = parent
                if not self.reached(node):
                    following = [(after, (node, layer)) for after in self.going_on(node)]
                    if following:
                        waiting.setdefault(count + 1, []).extend(following)
                elif best is None and (fewest is None or count < fewest):
                    best = node
            count += 1
        return best

    def going_on(self, node: int) -> list[int]:
        """The nodes after moves that preempt nobody."""
        number, last = self.parts(node)
        alone = self.graph.steps[last][number] != NOWHERE
        return [
            self.node(after, move if move >= 0 else last)
            for move, after in self.graph.moves(number)
            if move < 0 or move == last or not alone
        ]

    def preempting(self) -> dict[int, list[tuple[int, _Visit]]]:
        """The nodes after preempting moves from the last layer, by their steps."""
        layer = len(self.parents) - 1
        seeds: dict[int, list[tuple[int, _Visit]]] = {}
        for node in self.parents[layer]:
            self.meter.spend(_WORK)
            number, last = self.parts(node)
            if self.reached(node) or self.graph.steps[last][number] == NOWHERE:
                continue
            count = self.steps[node] + 1
            for move, after in self.graph.moves(number):
                if move < 0 or move == last:
                    continue
                following = self.node(after, move)
                if self.steps.get(following, count + 1) > count:
                    seeds.setdefault(count, []).append((following, (node, layer)))
        return seeds

    def schedule(self, visit: _Visit) -> tuple[int, ...]:
        """The moves on the way to a visit."""
        moves: list[int] = []
        while visit != _START:
            node, layer = visit
            visit = self.parents[layer][node]
            if visit != _START or self.turn is None:
                moves.append(self.move_between(visit[0], node))
        return tuple(reversed(moves))

    def move_between(self, before: int, after: int) -> int:
        number, thread = self.parts(after)
        start, last = self.parts(before) if before >= 0 else (self.start, thread)
        ways = (move for move, reached in self.graph.moves(start) if reached == number)
        return next(move for move in ways if move == thread or (move < 0 and thread == last))
