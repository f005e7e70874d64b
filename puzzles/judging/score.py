# SPDX-License-Identifier: GPL-2.0-or-later
"""How good a run is."""

from __future__ import annotations

from attrs import frozen


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
