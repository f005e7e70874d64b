# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks of its player."""

from __future__ import annotations

from enum import StrEnum


class Ask(StrEnum):
    """To reach the goal, which is possible; or to find out whether it is: reach it, or claim that nobody can."""

    FORCE = "force"
    DECIDE = "decide"
