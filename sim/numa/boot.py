# SPDX-License-Identifier: GPL-2.0-or-later
"""A topology as the boot values of a kernel C program's tables."""

from __future__ import annotations

from collections.abc import Iterator

from sim.numa.topology import Node, Topology
from sim.numa.watermark import Watermarks, boot_marks
from sim.numa.zonelist import LATEST, Orders, Rule, fallback_orders


def node_orders(topology: Topology, rule: Rule) -> Orders:
    """The orders of all nodes of a topology by a rule."""
    return fallback_orders(topology.matrix, [node.pages > 0 for node in topology.nodes], rule)


def boot_image(topology: Topology, rule: Rule = LATEST) -> dict[str, int | str]:
    """C lvalue -> C value for `zones[node]` and `node_zonelists[node].zoneref[place]`, these by a rule.

    One Normal zone per node, no huge pages. Marks have the kernel's index: 0 min, 1 low, 2 high. Lists end
    with the null pointer that static storage already holds, so the image does not name it.
    """
    marks = boot_marks([node.pages for node in topology.nodes])
    orders = node_orders(topology, rule)
    image: dict[str, int | str] = {}
    for number, node in enumerate(topology.nodes):
        image.update(_zone(f"zones[{number}]", number, node, marks[number]))
    for number, order in enumerate(orders):
        image.update(_zonelist(f"node_zonelists[{number}]", order))
    return image


def _zone(lvalue: str, number: int, node: Node, marks: Watermarks) -> Iterator[tuple[str, int]]:
    yield f"{lvalue}.node", number
    yield f"{lvalue}.pages", node.pages
    yield f"{lvalue}.free", node.free
    yield f"{lvalue}.reclaimable", node.reclaimable
    for index, pages in enumerate((marks.min, marks.low, marks.high)):
        yield f"{lvalue}.watermark[{index}]", pages


def _zonelist(lvalue: str, order: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    for place, node in enumerate(order):
        yield f"{lvalue}.zoneref[{place}].zone", f"&zones[{node}]"
