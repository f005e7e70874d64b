# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings of a level that is safe: whether they are so too, and because of which statements."""

from __future__ import annotations

from attrs import frozen

from puzzles.harden.fate import Fate
from puzzles.levels import Level, LevelError, build_machine
from puzzles.reasons.because import mark_text
from puzzles.reasons.judging import judge_of
from sim import Machine, Outcome
from sim.explore import Halted, Limits, Verdict, explore, reach


@frozen
class SafeFigures:
    """How a safe setting stands: the texts of the statements that bear; of these `easy` are claimed first.

    `marks` are the statements as a claim names them.
    """

    marks: tuple[str, ...]
    reasons: tuple[str, ...]
    easy: tuple[str, ...]
    states: int

    @property
    def weakness(self) -> tuple[int, int]:
        """The less the better: whether nothing bears, and how many of the first claims win."""
        return int(not self.reasons), len(self.easy)


def safe_figures(level: Level, machine: Machine, states: int, easy: frozenset[str], limits: Limits) -> SafeFigures:
    """How a safe level stands, whose machine has so many states; `easy` are the first claims."""
    bearing = [reason.statement for reason in judge_of(level, machine, limits).reasons()]
    marks, texts = dict.fromkeys(map(mark_text, bearing)), dict.fromkeys(statement.text for statement in bearing)
    return SafeFigures(tuple(marks), tuple(texts), tuple(text for text in texts if text in easy), states)


def measured_safe(level: Level, easy: frozenset[str], limits: Limits) -> tuple[Fate, SafeFigures | None]:
    """What becomes of a setting; with figures where it is safe because of some statement."""
    try:
        return _measured(level, build_machine(level), easy, limits)
    except LevelError:
        return Fate.UNFIT, None
    except Halted:
        return Fate.LARGE, None


def _measured(level: Level, machine: Machine, easy: frozenset[str], limits: Limits) -> tuple[Fate, SafeFigures | None]:
    goal = level.goal.outcome
    if reach(machine, goal, limits).verdict is Verdict.REACHABLE:
        return Fate.BROKEN, None
    whole = explore(machine, None, limits)
    if whole.bound:
        return Fate.LARGE, None
    if Outcome.FAULT in whole.outcomes:
        return Fate.FAULTS, None
    stands = safe_figures(level, machine, whole.states, easy, limits)
    return (Fate.BEARS, stands) if stands.reasons else (Fate.IDLE, None)
