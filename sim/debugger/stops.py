# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a command that runs on stopped."""

from __future__ import annotations

from enum import Enum

from sim.classes import frozen


class StopReason(Enum):
    """The kinds of stops."""

    DONE = "done"
    BLOCKED = "blocked"
    HELD = "held"
    FINISHED = "finished"
    OVER = "over"
    BREAKPOINT = "breakpoint"
    WATCHPOINT = "watchpoint"
    CIRCLE = "circle"
    LIMIT = "limit"


@frozen
class Stop:
    """A stop: its reason, a sentence for the player ("" when the command simply did its work), the steps taken."""

    reason: StopReason
    sentence: str
    steps: int
