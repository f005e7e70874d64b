# SPDX-License-Identifier: GPL-2.0-or-later
"""The statements because of which a level is safe."""

from __future__ import annotations

from puzzles.levels import Level, Show
from puzzles.limits.bounds import REASONS
from puzzles.limits.guard import limits as limits_from
from sim import Machine
from sim.explore import Limits
from sim.reasons import Judge
from sim.reasons.trial import Whole


def judge_of(level: Level, machine: Machine, limits: Limits | None = None) -> Judge:
    """Who judges the statements of a level's machine, whose goal no schedule reaches.

    A trial does its work where the level's masks end as they did, or all that it shows where it shows none. Without
    `limits` they are those of reasons.
    """
    return Judge(Whole(machine, _work(level.show), limits or limits_from(REASONS)))


def _work(show: Show) -> tuple[str, ...]:
    return show.masks or (*show.counters, *show.locks)
