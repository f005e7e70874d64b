# SPDX-License-Identifier: GPL-2.0-or-later
"""Axes of the machine: which node a CPU stands beside, how many nodes there are, how far apart, and how full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import permutations, product
from typing import Final

from attrs import evolve

from puzzles.harden.setting import Alteration, with_machine
from puzzles.levels import Level
from sim import Program
from sim.numa import Node, Topology, boot_marks

MAX_NODES: Final = 4
"""Nodes of a machine that is to be understood."""


def cpus(level: Level, _program: Program) -> Iterator[Alteration]:
    """Each thread's CPU beside any node."""
    now = tuple(thread.node for thread in level.threads)
    for places in product(range(min(len(level.machine.nodes), MAX_NODES)), repeat=len(now)):
        if places != now:
            said = ", ".join(
                f"{thread.letter} on node {node}" for thread, node in zip(level.threads, places, strict=True)
            )
            yield Alteration(said, partial(_placed, level, places))


def _placed(level: Level, places: Sequence[int]) -> Level:
    moved = {thread.cpu: node for thread, node in zip(level.threads, places, strict=True)}
    nodes = []
    for number, node in enumerate(level.machine.nodes):
        own = {cpu for cpu in node.cpus if cpu not in moved} | {cpu for cpu in moved if moved[cpu] == number}
        nodes.append(evolve(node, cpus=tuple(sorted(own))))
    return with_machine(level, evolve(level.machine, nodes=tuple(nodes)))


def nodes(level: Level, _program: Program) -> Iterator[Alteration]:
    """One more node, with as much memory as any, or with no more free than the min mark keeps."""
    machine = level.machine
    if len(machine.nodes) >= MAX_NODES:
        return
    largest = max(machine.nodes, key=lambda node: node.free)
    more = (*machine.nodes, Node(largest.pages, largest.free))
    mark = boot_marks([node.pages for node in more])[-1].min
    for free in (largest.free, mark // 2):
        node = evolve(more[-1], free=free)
        for distances in _lines(len(more)):
            said = f"one more node, {free} pages free{_far(distances)}"
            yield Alteration(said, partial(with_machine, level, Topology((*machine.nodes, node), distances)))


def distance(level: Level, _program: Program) -> Iterator[Alteration]:
    """Three nodes or more in a row, in any order."""
    count = len(level.machine.nodes)
    for distances in _lines(count) if 2 < count <= MAX_NODES else ():
        if distances != level.machine.matrix:
            yield Alteration(
                f"nodes{_far(distances)}", partial(with_machine, level, evolve(level.machine, distance=distances))
            )


def _lines(count: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """The distances of nodes that stand in a row, for each order of them: 10 more for each place between."""
    for order in permutations(range(count)):
        if order <= order[::-1]:
            place = {node: index for index, node in enumerate(order)}
            yield tuple(tuple(10 + 10 * abs(place[a] - place[b]) for b in range(count)) for a in range(count))


def _far(distances: Sequence[Sequence[int]]) -> str:
    first = max(range(len(distances)), key=lambda node: (max(distances[node]), -node))
    row = sorted(range(len(distances)), key=lambda node: distances[first][node])
    return f" in the row {' '.join(map(str, row))}"


def free(level: Level, _program: Program) -> Iterator[Alteration]:
    """A node with plenty, between its min and low marks, or below min with and without something to reclaim."""
    machine = level.machine
    marks = boot_marks([node.pages for node in machine.nodes])
    plenty = max(node.free for node in machine.nodes)
    for number, (node, mark) in enumerate(zip(machine.nodes, marks, strict=True)):
        few = (mark.min + mark.low) // 2, mark.min * 3 // 4
        for pages, reclaimable in ((plenty, 0), (few[0], 0), (few[1], 0), (few[1], 2 * mark.min)):
            other = evolve(node, free=pages, reclaimable=reclaimable)
            if other != node:
                said = f"node {number} with {pages} pages free and {reclaimable} to reclaim"
                rest = (*machine.nodes[:number], other, *machine.nodes[number + 1 :])
                yield Alteration(said, partial(with_machine, level, evolve(machine, nodes=rest)))
