# SPDX-License-Identifier: GPL-2.0-or-later
"""The best schedules by preemptions and steps: exactly those that no other beats in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import define, field, frozen

from sim.explore.graph import NOWHERE, Graph


@frozen
class Best:
    """A schedule, thread indices in order, that no other beats in both preemptions and steps."""

    preemptions: int
    steps: int
    schedule: tuple[int, ...]


def pareto(
    graph: Graph, goals: frozenset[int], accept: Callable[[int, int], bool] = lambda _number, _last: True
) -> tuple[Best, ...]:
    """The Pareto set of schedules from boot to a goal, fewest preemptions first; empty where none leads there.

    A preemption is a move of another thread while the one that moved last can still move. A node of this search is a
    state with the thread that moved last; within one number of preemptions it is expanded in order of steps, and only
    if it was not reached in as few steps with fewer preemptions. `accept` may refuse a goal by the thread that moved
    last; nobody has moved at boot.
    """
    if 0 in goals:
        return (Best(0, 0, ()),)
    return tuple(_Layers(graph, goals, accept).run())


# A node is a state and the thread that moved last; a visit is a node with the number of the layer that reached it.
_Visit: TypeAlias = tuple[int, int]
_START: _Visit = (-1, -1)


@define(eq=False)
class _Layers:
    graph: Graph
    goals: frozenset[int]
    accept: Callable[[int, int], bool]
    steps: dict[int, int] = field(factory=dict)
    parents: list[dict[int, _Visit]] = field(factory=list)

    def run(self) -> Iterator[Best]:
        """Layer after layer, as long as a node is reached in fewer steps than with fewer preemptions."""
        fewest: int | None = None
        seeds = {1: [(self.node(after, thread), _START) for thread, after in self.graph.moves(0) if after]}
        while seeds:
            self.parents.append({})
            reached = self.spread(seeds, fewest)
            if reached is not None:
                fewest = self.steps[reached]
                layer = len(self.parents) - 1
                yield Best(layer, fewest, self.schedule((reached, layer)))
            seeds = self.preempting()

    def node(self, number: int, thread: int) -> int:
        return number * len(self.graph.steps) + thread

    def reached(self, node: int) -> bool:
        number, last = divmod(node, len(self.graph.steps))
        return number in self.goals and self.accept(number, last)

    def spread(self, waiting: dict[int, list[tuple[int, _Visit]]], fewest: int | None) -> int | None:
        """Expand a layer in order of steps; the node of the first goal reached in fewer steps than `fewest`."""
        layer = len(self.parents) - 1
        best = None
        count = min(waiting)
        while waiting:
            for node, parent in waiting.pop(count, ()):
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
        number, last = divmod(node, len(self.graph.steps))
        own = self.graph.steps[last][number]
        if own != NOWHERE:
            return [self.node(own, last)]
        return [self.node(after, thread) for thread, after in self.graph.moves(number)]

    def preempting(self) -> dict[int, list[tuple[int, _Visit]]]:
        """The nodes after preempting moves from the last layer, by their steps."""
        layer = len(self.parents) - 1
        seeds: dict[int, list[tuple[int, _Visit]]] = {}
        for node in self.parents[layer]:
            number, last = divmod(node, len(self.graph.steps))
            if self.reached(node) or self.graph.steps[last][number] == NOWHERE:
                continue
            count = self.steps[node] + 1
            for thread, after in self.graph.moves(number):
                following = self.node(after, thread)
                if thread != last and self.steps.get(following, count + 1) > count:
                    seeds.setdefault(count, []).append((following, (node, layer)))
        return seeds

    def schedule(self, visit: _Visit) -> tuple[int, ...]:
        """The threads that moved on the way to a visit."""
        threads: list[int] = []
        while visit != _START:
            node, layer = visit
            threads.append(node % len(self.graph.steps))
            visit = self.parents[layer][node]
        return tuple(reversed(threads))
