# SPDX-License-Identifier: GPL-2.0-or-later
"""The nodes of a machine: their memory, their CPUs, and how far apart they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.classes import frozen

LOCAL_DISTANCE = 10
REMOTE_DISTANCE = 20
MAX_DISTANCE = 255  # firmware tables hold one byte per distance
MAX_NODES = 64  # a stranger's level must not cost much: building all zonelists takes cubic time
MAX_PAGES = 1 << 52  # all 4 KiB pages of a 64-bit address space

DistanceMatrix = tuple[tuple[int, ...], ...]


@frozen
class Node:
    """Memory in pages of 4 KiB, and the CPUs beside it; a node's id is its place in the topology."""

    pages: int
    free: int
    cpus: tuple[int, ...] = ()
    reclaimable: int = 0


@frozen
class Topology:
    """Nodes, and `distance[from][to]` as the firmware gives it; none given means 10 local, 20 remote.

    Raises ValueError that names, in one sentence each, all things that no machine can have.
    """

    nodes: tuple[Node, ...]
    distance: DistanceMatrix = ()

    def __attrs_post_init__(self) -> None:
        """Check the whole machine: most rules are about more than one node."""
        wrong = [*_wrong_memory(self.nodes), *_wrong_cpus(self.nodes), *_wrong_distance(self)]
        if wrong:
            raise ValueError(f"{', and '.join(wrong)}; correct the machine")

    @property
    def matrix(self) -> DistanceMatrix:
        """The distances in force: those given, or the kernel's assumption where there are none."""
        ids = range(len(self.nodes))
        return self.distance or tuple(
            tuple(LOCAL_DISTANCE if start == end else REMOTE_DISTANCE for end in ids) for start in ids
        )


def node_of_cpu(topology: Topology, cpu: int) -> int:
    """Id of the node that holds `cpu`; ValueError if none does."""
    for number, node in enumerate(topology.nodes):
        if cpu in node.cpus:
            return number
    cpus = ", ".join(str(c) for node in topology.nodes for c in node.cpus) or "none"
    raise ValueError(f"no node has CPU {cpu}: the CPUs of this machine are {cpus}")


def _wrong_memory(nodes: tuple[Node, ...]) -> Iterator[str]:
    if not 1 <= len(nodes) <= MAX_NODES:
        yield f"a machine has 1 to {MAX_NODES} nodes, not {len(nodes)}"
    elif not any(node.pages for node in nodes):
        yield "no node has memory: give at least one of them pages"
    for number, node in enumerate(nodes):
        if min(node.pages, node.free, node.reclaimable) < 0:
            yield f"node {number}: pages, free and reclaimable are counts, none may be negative"
        elif node.pages > MAX_PAGES:
            yield f"node {number}: {node.pages} pages do not fit a 64-bit address space"
        elif node.free + node.reclaimable > node.pages:
            yield (
                f"node {number}: {node.free} free and {node.reclaimable} reclaimable pages"
                f" are more than its {node.pages} pages"
            )


def _wrong_cpus(nodes: tuple[Node, ...]) -> Iterator[str]:
    for cpu, times in sorted(Counter(cpu for node in nodes for cpu in node.cpus).items()):
        if cpu < 0:
            yield f"CPU {cpu}: CPU numbers start at 0"
        if times > 1:
            yield f"CPU {cpu} is listed {times} times: a CPU stands beside one node"


def _wrong_distance(topology: Topology) -> Iterator[str]:
    size = len(topology.nodes)
    if not topology.distance:
        return
    if [len(row) for row in topology.distance] != [size] * size:
        yield f"the distances must be {size} rows of {size} numbers: one row and one column for each node"
        return
    for start, row in enumerate(topology.distance):
        for end, distance in enumerate(row):
            if start == end and distance != LOCAL_DISTANCE:
                yield f"node {start} is {distance} from itself: a local distance is {LOCAL_DISTANCE}"
            if start != end and not LOCAL_DISTANCE < distance <= MAX_DISTANCE:
                yield (
                    f"node {end} is {distance} from node {start}:"
                    f" a remote distance is {LOCAL_DISTANCE + 1} to {MAX_DISTANCE}"
                )
