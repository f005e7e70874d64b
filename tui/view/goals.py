# SPDX-License-Identifier: GPL-2.0-or-later
"""The goal of a level in words, the same whether somebody can reach it or not, and how well it can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from puzzles.judging.ask import Ask
from puzzles.judging.score import Score
from puzzles.levels.listing import Aim

if TYPE_CHECKING:
    from puzzles.levels import Level

_TO_DECIDE = ": force it, or claim that nobody can, and why"
_BRIEFLY = ": force it, or claim"
_CLAIMED = "proved safe"


class Aimed(Protocol):
    """A level, or what a list says of one."""

    @property
    def goal(self) -> Aim:
        """What it is about."""

    @property
    def ask(self) -> Ask:
        """What the player is to do about that."""

    @property
    def rule_words(self) -> tuple[str, ...]:
        """What runs have to keep to."""


class Results(Protocol):
    """The best results of a level, of all schedules of up to `within` steps (None: of any length)."""

    @property
    def best_scores(self) -> tuple[Score, ...]:
        """None where none is known."""

    @property
    def within(self) -> int | None:
        """The longest of these schedules."""


def goal_text(level: Aimed) -> str:
    """The goal in words, and what is asked."""
    return reached_text(level) + (_TO_DECIDE if level.ask is Ask.DECIDE else "")


def short_goal(level: Aimed) -> str:
    """The same in fewer words, for a place where the par stands behind it."""
    return reached_text(level) + (_BRIEFLY if level.ask is Ask.DECIDE else "")


def list_goal(level: Aimed) -> str:
    """The goal in so few words that it fits into a list: condition and rules are told below that."""
    return level.goal.words


def reached_text(level: Aimed) -> str:
    """The outcome that a goal is about, its condition, and what runs have to keep to, in words."""
    return ", ".join((_aim_text(level.goal), *level.rule_words))


def _aim_text(goal: Aim) -> str:
    return goal.words + (f", with {goal.condition}" if goal.condition else "")


def top_goal(level: Level) -> str:
    """The goal in so few words that it fits above a level that is played; its briefing tells the rules in full."""
    return ", ".join((_aim_text(level.goal), *level.rules.brief))


def par_text(results: Results) -> str:
    """The best results of a level in words, and among which schedules if not all; "" where there are none."""
    bests = " or ".join(map(str, results.best_scores))
    return bests if not bests or results.within is None else f"{bests} (of schedules of up to {results.within:,} steps)"


def score_text(score: Score) -> str:
    """The score of a won level in words; a claim takes no step."""
    return str(score) if score.steps else _CLAIMED
