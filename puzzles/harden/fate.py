# SPDX-License-Identifier: GPL-2.0-or-later
"""What can become of a setting."""

from __future__ import annotations

from enum import Enum


class Fate(Enum):
    """What becomes of a setting, as the end of a sentence about several."""

    UNFIT = "do not fit the kernel file"
    LARGE = "have too many states"
    FAULTS = "fault"
    SAFE = "are safe"
    BROKEN = "can be broken"
    SERIAL = "are lost in a serial order"
    ELSEWHERE = "end elsewhere"
    RECIPE = "fall to recipe"
    RECIPE2 = "fall to recipe2 alone"
    RESISTS = "resist both"
    IDLE = "are safe, and no statement alone is the reason"
    BEARS = "are safe because of some statement"
