# SPDX-License-Identifier: GPL-2.0-or-later
"""The axes along which a level's setting can be changed, in the order in which changes are made."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final

from puzzles.harden import masks, places, threads
from puzzles.harden.setting import Alteration, Axis
from puzzles.levels import Level
from puzzles.levels.build import compile_source

MOST_OF_AXIS: Final = 2_000
"""Alterations along one axis that are looked at; those of a level that is to be understood are fewer."""

AXES: Final[Mapping[str, Axis]] = {
    "nodes": places.nodes,
    "distance": places.distance,
    "cpus": places.cpus,
    "free": places.free,
    "constants": masks.constants,
    "masks": masks.state_masks,
    "narrower": masks.narrower,
    "written": masks.written_masks,
    "calls": threads.longer_calls,
    "threads": threads.more_threads,
    "limits": threads.limits,
    "memory": threads.memory,
}


def alterations(axis: str, level: Level) -> list[Alteration]:
    """The alterations of a level along an axis, up to so many. Raises LevelError, ValueError."""
    return list(islice(AXES[axis](level, compile_source(level, level.source)), MOST_OF_AXIS))
