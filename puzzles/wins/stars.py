# SPDX-License-Identifier: GPL-2.0-or-later
"""What the wins of a level are worth together: up to three stars."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from attrs import frozen

from puzzles.judging.score import Score

MOST_STARS: Final = 3


@frozen
class Worth:
    """What a stored win is worth: a run, or a claim, which has neither steps nor preemptions.

    `help` is what it says of the help by which it came about, "" for none; `blindfold` that it was typed in one line
    before any other step of the level.
    """

    score: Score
    help: str = ""
    blindfold: bool = False
    claim: bool = False


@frozen
class Rating:
    """What a level that was won has come to.

    `best` is the best score of all wins; `unaided` that one of them came about without help, `at_par` that none is
    better than one of them in both steps and preemptions, `blindfold` that one was won blindfold.
    """

    best: Score
    unaided: bool = False
    at_par: bool = False
    blindfold: bool = False

    @property
    def stars(self) -> int:
        """One for having won, one for a win without help, one for a win at par."""
        return 1 + self.unaided + self.at_par


def rating(wins: Iterable[Worth], pars: Collection[Score]) -> Rating | None:
    """What wins of one level come to; None where there is none. `pars` are the best results that are possible."""
    result: Rating | None = None
    for win in wins:
        before = result or Rating(win.score)
        result = Rating(
            win.score if win.score.better(before.best) else before.best,
            before.unaided or not win.help,
            before.at_par or (not win.claim and win.score in pars),
            before.blindfold or win.blindfold,
        )
    return result


def stars_text(stars: int, encoding: str | None) -> str:
    """Stars as they are drawn, or as a fraction where an encoding does not have them."""
    drawn = "\u2605" * stars + "\u2606" * (MOST_STARS - stars)
    try:
        drawn.encode(encoding or "ascii")
    except (UnicodeError, LookupError):
        return f"{stars}/{MOST_STARS}"
    return drawn
