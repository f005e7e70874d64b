# SPDX-License-Identifier: GPL-2.0-or-later
"""What decides whether an OOM kill is premature: the nodes that the allocation had, instant by instant.

Which nodes cpuset and policy leave to a thread only the level's `exhausted` call knows. So it is asked about memories
in which one node alone has pages: where it then says that not all is exhausted, it had counted that node in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from puzzles.zones import NodeMemory, Zone, memory_of_nodes, zone_tables
from sim import OOMS, Machine, Outcome, State
from sim.debugger import Moment
from sim.machine.events import Marked
from sim.operations.marks import MarkKind


@frozen
class Instants:
    """Steps after which an allocation had the same nodes, and the same of them were exhausted.

    The nodes are as they were when each had the least free.
    """

    first: int
    last: int
    nodes: tuple[NodeMemory, ...]


def deciding_instants(machine: Machine, end: Moment) -> tuple[Instants, ...]:
    """Of a genuine OOM the first instant at which all its nodes were exhausted; of a premature one all instants.

    Empty where a run ended otherwise, or where the kernel has no zones.
    """
    if end.outcome not in OOMS:
        return ()
    thread = end.state.ending.thread
    allocation = list(_allocation(end, thread))
    if end.outcome is Outcome.OOM_PREMATURE:
        return tuple(_joined(machine, allocation, thread))
    decisive = next((moment for moment in allocation if machine.exhausted(moment.state, thread)), None)
    return () if decisive is None else tuple(_joined(machine, [decisive], thread))


def _allocation(end: Moment, thread: int) -> Iterator[Moment]:
    """The moments from where the allocation that ends in a kill began to the last one before it."""
    line = list(end.line())
    begun = [place for place, moment in enumerate(line) if _begins(moment, thread)]
    start = begun[-1] if begun else len(line)
    at_once = start > 0 and any(
        effect.kind is MarkKind.ALLOCATION_BEGIN for effect in line[start - 1].state.threads[thread].effects
    )
    yield from line[start - 1 if at_once else start : -1]


def _begins(moment: Moment, thread: int) -> bool:
    return any(
        isinstance(event, Marked) and event.kind is MarkKind.ALLOCATION_BEGIN and event.thread == thread
        for event in moment.events
    )


def _joined(machine: Machine, moments: Sequence[Moment], thread: int) -> Iterator[Instants]:
    """The nodes at moments; those that follow one another with the same nodes, as exhausted, are told together."""
    spans: list[Instants] = []
    for moment, nodes in zip(moments, _nodes_of(machine, moments, thread), strict=True):
        if spans and _standing(spans[-1].nodes) == _standing(nodes):
            least = tuple(map(_least, spans[-1].nodes, nodes))
            spans[-1] = Instants(spans[-1].first, moment.steps, least)
        else:
            spans.append(Instants(moment.steps, moment.steps, nodes))
    yield from (span for span in spans if span.nodes)


def _nodes_of(machine: Machine, moments: Sequence[Moment], thread: int) -> Iterator[tuple[NodeMemory, ...]]:
    """The nodes that a thread had at each moment; where nothing was stored they are those of the moment before."""
    nodes = eligible_nodes(machine, moments[0].state, thread) if moments else ()
    yield from [nodes][: len(moments)]
    for before, moment in pairwise(moments):
        if _looks_alike(before.state, moment.state):
            yield nodes
        else:
            nodes = eligible_nodes(machine, moment.state, thread)
            yield nodes


def _looks_alike(before: State, after: State) -> bool:
    windows = ([thread.window for thread in state.threads] for state in (before, after))
    return before.memory == after.memory and next(windows) == next(windows)


def eligible_nodes(machine: Machine, state: State, thread: int) -> tuple[NodeMemory, ...]:
    """The nodes that cpuset and policy leave to a thread by a consistent view of a state, as they are there."""
    zones = [zone for zone in zone_tables(machine.program).zones if machine.word(state, zone.pages)]
    if not all(_can_change(machine, zone) for zone in zones):
        return ()
    return tuple(
        memory
        for memory, zone in zip(memory_of_nodes(machine, state), zones, strict=True)
        if not machine.exhausted(_only(machine, state, zones, zone), thread)
    )


def _can_change(machine: Machine, zone: Zone) -> bool:
    return min(machine.image.index[zone.free], machine.image.index[zone.reclaimable]) >= 0


def _only(machine: Machine, state: State, zones: Sequence[Zone], plentiful: Zone) -> State:
    """The state with all pages of one zone free, and none elsewhere."""
    words = list(state.memory)
    for zone in zones:
        words[machine.image.index[zone.free]] = machine.word(state, zone.pages) if zone is plentiful else 0
        words[machine.image.index[zone.reclaimable]] = 0
    return evolve(state, memory=tuple(words))


def _standing(nodes: Sequence[NodeMemory]) -> list[tuple[int, bool]]:
    return [(node.number, node.exhausted) for node in nodes]


def _least(before: NodeMemory, after: NodeMemory) -> NodeMemory:
    return min(before, after, key=lambda node: (node.free, node.reclaimable))
