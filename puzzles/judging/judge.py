# SPDX-License-Identifier: GPL-2.0-or-later
"""What a run has come to: its outcome, whether that is the goal, and its score."""

from __future__ import annotations

from attrs import frozen

from puzzles.judging.score import Score
from sim import Machine, Outcome
from sim.debugger import Moment, reached


@frozen
class Judgement:
    """The outcome of a run so far (OPEN while it goes on), whether it is the level's goal, and the score."""

    outcome: Outcome
    won: bool
    score: Score


def judge(machine: Machine, moment: Moment) -> Judgement:
    """Judge the run that led to a moment. A circle is the outcome only where it is the goal."""
    at_goal = reached(machine, moment)
    circle = moment.circle if moment.outcome is Outcome.OPEN and at_goal else None
    return Judgement(circle or moment.outcome, at_goal, Score(moment.steps, moment.preemptions))
