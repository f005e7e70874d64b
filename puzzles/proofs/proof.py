# SPDX-License-Identifier: GPL-2.0-or-later
"""What is proved of a level, as a value."""

from __future__ import annotations

from attrs import frozen

from puzzles.judging.score import Score
from sim.explore import Verdict


@frozen
class Par:
    """A best result: no schedule needs fewer of both. `schedule` is one that reaches it."""

    preemptions: int
    steps: int
    schedule: str


@frozen
class Proof:
    """What the explorer found out about a level, all of it exact.

    `par` is of all schedules of up to `within` steps, None: of any length. `schedules` and `wins` count complete
    schedules (None: unbounded); `one_in` tells the chance of a scheduler that throws dice as "1 in N", to three digits,
    "" where that is not known. `bound` says, in a clause, why not all is known.
    """

    level_hash: str
    verdict: Verdict
    states: int
    transitions: int
    par: tuple[Par, ...]
    schedules: int | None
    wins: int | None
    one_in: str
    within: int | None = None
    bound: str = ""

    @property
    def best(self) -> Score | None:
        """The best result with the fewest preemptions; None where none is known."""
        return Score(self.par[0].steps, self.par[0].preemptions) if self.par else None
