# SPDX-License-Identifier: GPL-2.0-or-later
"""What screens are closed with, where that is more than yes or no. None is always: nothing, just back."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import frozen

from tui.actions.requests import Leave, OpenLevel, ShowLevels, Vary


@frozen
class TypedLine:
    """A line to be done as if it was typed at the prompt."""

    text: str


@frozen
class Next:
    """The next level that is not won."""


@frozen
class Visit:
    """The list of levels, with the cursor on this one."""

    level_id: str


@frozen
class Anew:
    """The level from its start."""


class Leaving(Enum):
    """Whether to leave while runs are open: no; yes; yes, and take them away."""

    STAY = "stay"
    LEAVE = "leave"
    DISCARD = "discard"


Onward: TypeAlias = Next | Visit | ShowLevels | OpenLevel | Vary | Leave
"""What comes after a level."""
