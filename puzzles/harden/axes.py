# SPDX-License-Identifier: GPL-2.0-or-later
"""The axes along which a level's setting can be changed, in the order in which changes are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from puzzles.harden import masks, places, threads
from puzzles.harden.setting import Axis

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
