# SPDX-License-Identifier: GPL-2.0-or-later
"""The order in which the allocator falls back from node to node, by the rules of 5.16 and later at boot."""

from __future__ import annotations

from collections.abc import Sequence


def fallback_orders(distance: Sequence[Sequence[int]], has_memory: Sequence[bool]) -> tuple[tuple[int, ...], ...]:
    """For each node the ids of the nodes with memory, in the order in which its CPUs try them.

    `distance[from][to]` is square. A node without memory stands in no list, not even in its own. The lists
    are built in turn, because each leaves marks in `load` for the next. Whether a node has CPUs does not
    count: at boot the kernel builds the lists before any CPU is entered (kernel-history.md 13.1).
    """
    load = [0] * len(distance)
    return tuple(_fallback_order(local, distance[local], has_memory, load) for local in range(len(distance)))


def _fallback_order(
    local: int, distance: Sequence[int], has_memory: Sequence[bool], load: list[int]
) -> tuple[int, ...]:
    """One node's list; adds 1 to the load of each node that opens a new distance."""
    order = [local] if has_memory[local] else []
    left = [node for node, memory in enumerate(has_memory) if memory and node != local]
    previous = local
    while left:
        # Later nodes are preferred: an earlier one counts as farther by 1. Load decides only between equals.
        best = min(left, key=lambda node: (distance[node] + (node < local), load[node], node))
        if distance[best] != distance[previous]:
            load[best] += 1
        left.remove(best)
        order.append(best)
        previous = best
    return tuple(order)
