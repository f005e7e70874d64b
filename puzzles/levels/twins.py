# SPDX-License-Identifier: GPL-2.0-or-later
"""The levels of a pack that are a machine under another name."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels.build import build_machine
from puzzles.levels.errors import LevelError
from puzzles.levels.listing import Pack
from puzzles.levels.what_if import plays_alike
from sim import Machine


def twins(pack: Pack | None, machine: Machine, *, bounded: bool = True) -> Iterator[tuple[str, Machine]]:
    """The levels of a pack that play like a machine, by id; those of other kernels and goals are not built for that.

    With `bounded` false, levels whose limits and rules are others count, too: a schedule can be one of both.
    """
    if pack is None or machine.goal is None:
        return
    wanted = machine.program.name, machine.goal.outcome.value
    for listed in pack.listed:
        if (listed.kernel, listed.goal.outcome) != wanted:
            continue
        try:
            other = build_machine(pack.level(listed.id))
        except LevelError:
            continue  # it is told where the level is opened
        if plays_alike(other, machine, bounded=bounded):
            yield listed.id, other
