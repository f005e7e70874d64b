# SPDX-License-Identifier: GPL-2.0-or-later
"""The goal of a level in words, and how well it can be reached."""

from __future__ import annotations

from typing import Protocol

from puzzles.judging.score import Score
from puzzles.levels.listing import Aim


class Aimed(Protocol):
    """A level, or what a list says of one."""

    @property
    def goal(self) -> Aim:
        """What it asks for."""


class Results(Protocol):
    """The best results of a level, of all schedules of up to `within` steps (None: of any length)."""

    @property
    def best_scores(self) -> tuple[Score, ...]:
        """None where none is known."""

    @property
    def within(self) -> int | None:
        """The longest of these schedules."""


def goal_text(level: Aimed) -> str:
    """The goal in words."""
    return ("prove that no schedule reaches: " if level.goal.safe else "") + reached_text(level)


def short_goal(level: Aimed) -> str:
    """The goal in fewer words, for lists."""
    return _prove(level) + reached_text(level)


def list_goal(level: Aimed) -> str:
    """The goal in so few words that it fits into a list: its condition is told below that."""
    return _prove(level) + level.goal.words


def _prove(level: Aimed) -> str:
    return "prove: no " if level.goal.safe else ""


def reached_text(level: Aimed) -> str:
    """The outcome that a goal is about, and its condition, in words."""
    condition = f", with {level.goal.condition}" if level.goal.condition else ""
    return level.goal.words + condition


def par_text(results: Results) -> str:
    """The best results of a level in words, and among which schedules if not all; "" where there are none."""
    bests = " or ".join(map(str, results.best_scores))
    return bests if not bests or results.within is None else f"{bests} (of schedules of up to {results.within:,} steps)"


def score_text(level: Aimed, score: Score) -> str:
    """The score of a won level in words."""
    return "proved safe" if level.goal.safe else str(score)
