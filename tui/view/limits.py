# SPDX-License-Identifier: GPL-2.0-or-later
"""What a limit of a level does, in words."""

from __future__ import annotations

from sim import Limit
from sim.machine.setup import came_text


def limit_text(limit: Limit) -> str:
    """What a limit does to its thread."""
    if limit.hold_at:
        return f"{limit.thread} is held once it has {came_text(limit.hold_at)}"
    letter, _, place = limit.start_after.strip().partition(" ")
    return f"{limit.thread} starts after {letter} has {came_text(place)}"
