# SPDX-License-Identifier: GPL-2.0-or-later
"""How a level is to be begun, as the command line says it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from attrs import frozen


class Begin(Enum):
    """How a level begins of which a run was left: with a question, with that run, or anew."""

    ASK = "ask"
    RESUME = "resume"
    FRESH = "fresh"


@frozen
class Changes:
    """What to play a level with instead of its own.

    That is boot values as "lvalue=value", a kernel, by its file or its name, and another goal, by the outcome's name.
    """

    sets: tuple[str, ...] = ()
    kernel: Path | None = None
    goal: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The changes as options of a command."""
        kernel = ("--kernel", str(self.kernel)) if self.kernel else ()
        goal = ("--goal", self.goal) if self.goal else ()
        return (*(word for change in self.sets for word in ("--set", change)), *kernel, *goal)
