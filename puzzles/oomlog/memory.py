# SPDX-License-Identifier: GPL-2.0-or-later
"""Mem-Info: what each kernel prints of the memory (kernel-history.md 15.3).

A message is printed whole or not at all: it is left out where the state has no figure for it. Reclaimable pages stand
as inactive file pages, for reclaim in the models neither writes nor swaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from puzzles.oomlog.eras import row
from puzzles.oomlog.facts import Facts
from puzzles.oomlog.layouts import COUNTERS, HEADING, NODE, RESERVE, TOTALS, ZONE
from puzzles.zones import NodeMemory
from sim.numa import Version

PAGE_KB: Final = 4


def mem_info(version: Version, facts: Facts) -> Iterator[str]:
    """The lines from "Mem-Info:" to the totals; none on a machine without zones."""
    if not facts.nodes:
        return
    pages = _totals(facts)
    shown = [_figures(node) for node in facts.nodes if node.number in _shown(version, facts)]
    yield row(HEADING, version)
    yield from (line.format(**pages) for line in row(COUNTERS, version))
    if template := row(NODE, version):
        yield from (template.format(**figures) for figures in shown)
    for figures in shown:
        if figures["present"]:
            yield row(ZONE, version).format(**figures)
            yield row(RESERVE, version)
    yield from (line.format(**pages) for line in row(TOTALS, version))


def _shown(version: Version, facts: Facts) -> frozenset[int]:
    """The nodes that are shown: since 2.6.39 those that the task may use, since 4.11 those that the request may."""
    everything = frozenset(node.number for node in facts.nodes)
    asked = facts.mems if facts.nodemask is None else facts.nodemask
    return row((((2, 6, 12), everything), ((2, 6, 39), facts.mems), ((4, 11), asked)), version)


def _totals(facts: Facts) -> dict[str, int]:
    """Figures of the whole machine, in pages."""
    reclaimable = sum(node.reclaimable for node in facts.nodes)
    return {
        "ram": sum(node.pages for node in facts.nodes if node.populated),
        "free": sum(node.free for node in facts.nodes),
        "inactive": reclaimable,
        "inactive_file": reclaimable,
    }


def _figures(node: NodeMemory) -> dict[str, int | str]:
    """Figures of a node, in kB. One with nothing left is what the kernel calls unreclaimable."""
    pages = {
        "free": node.free,
        "min": node.min,
        "low": node.low,
        "high": node.high,
        "inactive": node.reclaimable,
        "inactive_file": node.reclaimable,
        "present": node.pages * node.populated,
        "managed": node.pages * node.populated,
    }
    figures: dict[str, int | str] = {name: PAGE_KB * count for name, count in pages.items()}
    return figures | {"node": node.number, "zone": node.zone, "unreclaimable": "yes" if node.exhausted else "no"}
