# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the nodes of a level's machine are ordered as the kernels of its era ordered them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TypeAlias

from puzzles.levels import Level
from puzzles.levels.era import versions
from puzzles.zones import zone_tables, zonelist
from sim import Machine
from sim.numa import LATEST, Orders, Rule, Version, node_orders, rule_of, version_text

ZonelistFinding: TypeAlias = tuple[str, str]
"""What is wrong, and what to do."""


def zonelist_findings(level: Level, machine: Machine) -> Iterator[ZonelistFinding]:
    """What is wrong with the zonelists that a machine boots with, and what to do; nothing where it has none.

    They are read from its memory and held against the rule of each version that the level's era names, as
    kernel-history.md 13.1 gives it. A level that says why they differ must differ.
    """
    booted = _booted(machine)
    if not booted:
        return
    wrong = list(_differing(level, booted))
    if not level.other_zonelists:
        yield from wrong
    elif not wrong:
        yield "gives a reason, but the zonelists are those of the era", "drop it"


def _differing(level: Level, booted: Orders) -> Iterator[ZonelistFinding]:
    given = set()
    for name, rule in _rules(versions(level.era)):
        if rule is None:
            yield f"no rule for the order of nodes is known of {name}", "name a later version"
            continue
        for node, (order, right) in enumerate(zip_longest(booted, node_orders(level.machine, rule), fillvalue=())):
            if order != right and (node, right) not in given:
                given.add((node, right))
                yield (
                    f"the zonelist of node {node} is {_text(order)}, but {name} makes it {_text(right)}",
                    "drop the boot values that change it, or say in other_zonelists why",
                )


def _rules(named: Sequence[Version]) -> Iterator[tuple[str, Rule | None]]:
    """Each version by name with its rule, None where none is known; the latest where there is no version."""
    if not named:
        yield "the latest kernel", LATEST
    for version in named:
        name = version_text(version)
        try:
            yield name, rule_of(version)
        except ValueError:
            yield name, None


def _booted(machine: Machine) -> Orders:
    """The nodes in the order of each node's zonelist, as a thread would read them after boot.

    Every list of the table is read, also those of nodes that the level's machine does not have.
    """
    state = machine.boot()
    return tuple(zonelist(machine, state, node) for node in range(len(zone_tables(machine.program).lists)))


def _text(order: tuple[int, ...]) -> str:
    return " ".join(map(str, order)) or "empty"
