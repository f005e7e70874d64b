# SPDX-License-Identifier: GPL-2.0-or-later
"""A long search in line mode: a line now and then, and ctrl+c ends the search alone."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from attrs import define, field

from sim.explore import Progress
from tui.actions.reply import CommandError
from tui.searching import Unknown, progress_text

FIRST, EACH = 2.0, 10.0
"""Seconds until the first line, and between two."""


def search(unknown: Unknown, say: Callable[[str], None]) -> None:
    """Find out what is unknown. Raises CommandError where the player stops it."""
    try:
        unknown.find(_Teller(unknown.what, say, FIRST))
    except KeyboardInterrupt:
        raise CommandError("the search was stopped; nothing else has changed") from None


@define(eq=False)
class _Teller:
    what: str
    say: Callable[[str], None]
    due: float
    begun: float = field(factory=monotonic)

    def __call__(self, progress: Progress) -> str:
        seconds = monotonic() - self.begun
        if seconds >= self.due:
            self.say(f"{self.what} {progress_text(progress, seconds)}; ctrl+c stops it")
            self.due = seconds + EACH
        return ""
