# SPDX-License-Identifier: GPL-2.0-or-later
"""What the wins of a level are worth together: up to three stars."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from attrs import field, frozen

from puzzles.judging.score import Score
from puzzles.wins.help import spoils_claim

MOST_STARS: Final = 3


def _texts(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(lines)


@frozen
class Worth:
    """What a stored win is worth: a run, or a claim, which has neither steps nor preemptions.

    `help` is what it says of the help by which it came about, "" for none; `blindfold` that it was typed in one line
    before any other step of the level. Of a claim `lines` are those that it names, and `whole` says that each thread
    which executes a line that bears executes one of them. `won` is False for a claim that is right and names nothing.
    """

    score: Score
    help: str = ""
    blindfold: bool = False
    claim: bool = False
    lines: tuple[str, ...] = field(default=(), converter=_texts)
    whole: bool = False
    won: bool = True

    def at_par(self, pars: Collection[Score]) -> bool:
        """Whether it is as good as can be; `pars` are the best results that are possible."""
        return self.whole and not spoils_claim(self.help) if self.claim else self.score in pars


@frozen
class Rating:
    """What a level that was won has come to.

    `best` is the best score of all wins; `unaided` that one of them came about without help, `at_par` that none is
    better than one of them in both steps and preemptions, `blindfold` that one was won blindfold. `lines` are those of
    the best claim, at par or else with the most lines.
    """

    best: Score
    unaided: bool = False
    at_par: bool = False
    blindfold: bool = False
    lines: tuple[str, ...] = ()

    @property
    def stars(self) -> int:
        """One for having won, one for a win without help, one for a win at par."""
        return 1 + self.unaided + self.at_par


def rating(wins: Iterable[Worth], pars: Collection[Score]) -> Rating | None:
    """What wins of one level come to; None where there is none. `pars` are the best results that are possible."""
    won = [win for win in wins if win.won]
    if not won:
        return None
    claims = [(win.at_par(pars), len(win.lines), win.lines) for win in won if win.claim]
    return Rating(
        min((win.score for win in won), key=lambda score: (score.preemptions, score.steps)),
        any(not win.help for win in won),
        any(win.at_par(pars) for win in won),
        any(win.blindfold for win in won),
        max(claims)[-1] if claims else (),
    )


def stars_text(stars: int, encoding: str | None) -> str:
    """Stars as they are drawn, or as a fraction where an encoding does not have them."""
    drawn = "\u2605" * stars + "\u2606" * (MOST_STARS - stars)
    try:
        drawn.encode(encoding or "ascii")
    except (UnicodeError, LookupError):
        return f"{stars}/{MOST_STARS}"
    return drawn
