# SPDX-License-Identifier: GPL-2.0-or-later
"""How many preemptions and steps something has, in words."""

from __future__ import annotations

from typing import Protocol

from puzzles.judging.score import Score


class Counted(Protocol):
    """Anything with a number of preemptions and of steps: a score, a par, a moment."""

    @property
    def preemptions(self) -> int:
        """How many preemptions."""

    @property
    def steps(self) -> int:
        """How many steps."""


def counts(of: Counted) -> str:
    """Preemptions and steps in words, such as `1 preemption, 31 steps`."""
    return str(Score(of.steps, of.preemptions))
