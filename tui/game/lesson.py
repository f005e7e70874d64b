# SPDX-License-Identifier: GPL-2.0-or-later
"""A lesson: the race that a statement prevents, on the kernel without it. It wins nothing."""

from __future__ import annotations

from typing import Final

from puzzles.reasons.claim import TriedMark
from sim import Span
from sim.debugger import extend
from sim.reasons.statements import places
from tui.game.game import Game, Lesson
from tui.view.words import statement_text


def lesson_game(game: Game, mark: TriedMark) -> Game:
    """A game of the kernel without a statement that bears, with the race as its future."""
    race, best = mark.trial.race, mark.best
    assert race is not None
    assert best is not None
    taken = tuple(places(game.machine.program, race.cuts))
    lesson = Game(game.level, race.machine, lesson=Lesson(game, mark.statement, taken))
    boot = at = lesson.session.now
    for move in best.schedule:
        at = extend(race.machine, at, move)
    lesson.session.go(boot)
    lesson.message = f"a lesson: without {_place(mark.statement.head)}. {LESSON_KEYS}"
    return lesson


LESSON_KEYS: Final = "The race is in the timeline: forward takes its steps, lesson goes back to your run."
LESSON_OVER: Final = "back in your own run"


def lesson_text(game: Game) -> str:
    """What a lesson is, and how to leave it."""
    assert game.lesson is not None
    others = sorted({f"{span.file}:{span.line}" for span in game.lesson.taken} - {_place(game.lesson.statement.head)})
    beside = f", and what belongs to it at {', '.join(others)}" if others else ""
    away = f"a lesson: the kernel without {statement_text(game.lesson.statement)}{beside}."
    return f"{away} {LESSON_KEYS}"


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"
