# SPDX-License-Identifier: GPL-2.0-or-later
"""A level as it is: how it stands, and how its settings are measured."""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from puzzles.harden.broken import broken_figures, measured_broken, story_of
from puzzles.harden.fate import Fate
from puzzles.harden.safe import measured_safe, safe_figures
from puzzles.harden.search import Figures, Measure
from puzzles.levels import Level, build_machine
from sim.explore import Limits, goals, state_graph, with_one_number


@frozen(eq=False)
class Now:
    """How a level stands, how a setting of it is measured, and what fate is looked for."""

    figures: Figures
    measure: Measure
    wanted: Fate


def level_now(level: Level, easy: Collection[str], limits: Limits) -> Now:
    """How a level stands; `easy` are the first claims of its pack. Raises Halted, LevelError."""
    machine = build_machine(level)
    graph = state_graph(machine, limits)
    if not goals(graph, limits):
        claims = frozenset(easy)
        stands = safe_figures(level, machine, len(graph.packed), claims, limits)
        return Now(stands, lambda setting, limits: measured_safe(setting, claims, limits), Fate.BEARS)
    story = story_of(graph, limits)
    broken = broken_figures(graph, with_one_number(machine, limits), limits)
    return Now(broken, lambda setting, limits: measured_broken(setting, story, limits), Fate.RESISTS)
