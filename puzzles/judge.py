# SPDX-License-Identifier: GPL-2.0-or-later
"""What a run has come to: its outcome, whether that is the goal, and its score."""

from __future__ import annotations

from attrs import frozen

from sim import Machine, Outcome
from sim.debugger import Moment, reached, won


@frozen
class Score:
    """Steps of a run, and preemptions: moves of another thread while the one that moved last could have gone on.

    The first move is free, and so is a change of threads when the last one is blocked, held or finished.
    """

    steps: int
    preemptions: int

    def better(self, other: Score | None) -> bool:
        """Whether this beats another score: fewer preemptions, then fewer steps. Any score beats none."""
        return other is None or (self.preemptions, self.steps) < (other.preemptions, other.steps)

    def __str__(self) -> str:
        """Give the score as `1 preemption, 31 steps`: preemptions count first."""
        return f"{_count(self.preemptions, 'preemption')}, {_count(self.steps, 'step')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@frozen
class Judgement:
    """The outcome of a run so far (OPEN while it goes on), whether it is the level's goal, and the score."""

    outcome: Outcome
    won: bool
    score: Score


def judge(machine: Machine, moment: Moment) -> Judgement:
    """Judge the run that led to a moment. A circle is the outcome only where it is the goal."""
    circle = moment.circle if moment.outcome is Outcome.OPEN and reached(machine, moment) else None
    return Judgement(circle or moment.outcome, won(machine, moment), Score(moment.steps, moment.preemptions))
