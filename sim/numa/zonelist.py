# SPDX-License-Identifier: GPL-2.0-or-later
"""The order in which the allocator falls back from node to node, by the rules that kernels have had at boot.

Sources: kernel-history.md 13.1, and for 2.6.16 Andi Kleen's patch of 17 February 2006, message
200602172038.22073.ak@suse.de. Which release after 5.16 took to charges of one is not known; 6.1 has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from sim.classes import frozen
from sim.numa.topology import Topology

Version: TypeAlias = tuple[int, ...]
"""A kernel version, such as (2, 6, 31) or (5, 16)."""

Orders: TypeAlias = tuple[tuple[int, ...], ...]
"""For each node the ids of the nodes with memory, in the order in which its CPUs try them."""


def version_text(version: Version) -> str:
    """A version as it is written: "2.6.31"."""
    return ".".join(map(str, version))


@frozen
class Rule:
    """How the next node of a list is chosen: the nearest one; of equals the least charged; then one more rule.

    A node that opens a new distance in a list is charged, and carries that into the lists built later. `wraps`: of
    equals the first one round from the local node, else lower ids than the local one count as farther by one and the
    lowest id wins. `falls`: the charge is the number of nodes that had no place yet, else one. `adds`: charges add up,
    else the last one counts. `empty`: nodes without memory take part, although no zone of theirs is listed.
    """

    wraps: bool = False
    falls: bool = False
    adds: bool = True
    empty: bool = False


LATEST: Final = Rule()

RULES: Final[tuple[tuple[Version, Rule], ...]] = (
    ((2, 6, 12), Rule(wraps=True, falls=True, empty=True)),
    ((2, 6, 16), Rule(falls=True, empty=True)),
    ((2, 6, 23), Rule(falls=True, adds=False, empty=True)),
    ((2, 6, 24), Rule(falls=True, adds=False)),
    ((5, 16), Rule(falls=True)),
    ((6, 1), LATEST),
)
"""Each rule with the first version that has it."""


def rule_of(version: Version) -> Rule:
    """The rule of a kernel version. Raises ValueError for one that is older than all that are known."""
    rules = [rule for first, rule in RULES if first <= version]
    if not rules:
        raise ValueError(f"no rule for the order of nodes is known before {version_text(RULES[0][0])}")
    return rules[-1]


def node_orders(topology: Topology, rule: Rule) -> Orders:
    """The orders of all nodes of a topology by a rule."""
    return fallback_orders(topology.matrix, [node.pages > 0 for node in topology.nodes], rule)


def fallback_orders(distance: Sequence[Sequence[int]], has_memory: Sequence[bool], rule: Rule = LATEST) -> Orders:
    """The orders of all nodes by a rule.

    `distance[from][to]` is square. A node without memory stands in no list, not even in its own. The lists
    are built in turn, because each leaves charges for the next. Whether a node has CPUs does not
    count: at boot the kernel builds the lists before any CPU is entered (kernel-history.md 13.1).
    """
    charges = [0] * len(distance)
    orders = (_fallback_order(local, distance, has_memory, charges, rule) for local in range(len(distance)))
    return tuple(tuple(node for node in order if has_memory[node]) for order in orders)


def _fallback_order(
    local: int, distance: Sequence[Sequence[int]], has_memory: Sequence[bool], charges: list[int], rule: Rule
) -> Iterator[int]:
    """One node's list, itself first; charges each node that opens a new distance."""
    size = len(distance)
    left = [node for node in range(size) if node != local and (has_memory[node] or rule.empty)]
    near = distance[local]
    previous = local
    yield local

    def preference(node: int) -> tuple[int, int, int]:
        """Its distance, its charge, and what decides between equals: the least comes next."""
        if rule.wraps:
            return near[node], charges[node], (node - local) % size
        return near[node] + (node < local), charges[node], node

    for place in range(1, len(left) + 1):
        best = min(left, key=preference)
        if near[best] != near[previous]:
            charge = size - place if rule.falls else 1
            charges[best] = charges[best] + charge if rule.adds else charge
        left.remove(best)
        previous = best
        yield best
