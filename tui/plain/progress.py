# SPDX-License-Identifier: GPL-2.0-or-later
"""A long search in line mode: a line now and then, and ctrl+c ends the search alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from attrs import define, field

from sim.explore import Progress
from tui.actions.reply import CommandError
from tui.explorer.searching import Stopped, Unknown, progress_text

FIRST, EACH = 2.0, 10.0
"""Seconds until the first line, and between two."""

MOMENT = 1.0
"""Seconds for which a line waits for what was not asked for."""


def search(unknown: Unknown, say: Callable[[str], None]) -> None:
    """Find out what is unknown. Raises CommandError where the player stops it."""
    try:
        unknown.find(_Teller(unknown.what, say, FIRST))
    except KeyboardInterrupt:
        raise CommandError("the search was stopped; nothing else has changed") from None


def glance(unknown: Unknown) -> None:
    """Find out what nobody has asked for, where that takes a moment only."""
    with suppress(Stopped):
        unknown.find(_Moment())


@define(eq=False)
class _Moment:
    begun: float = field(factory=monotonic)

    def __call__(self, _progress: Progress) -> str:
        if monotonic() - self.begun > MOMENT:
            raise Stopped
        return ""


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
