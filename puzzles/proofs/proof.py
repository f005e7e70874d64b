# SPDX-License-Identifier: GPL-2.0-or-later
"""What is proved of a level, as a value."""

from __future__ import annotations

from attrs import evolve, frozen

from puzzles.judging.score import Score
from puzzles.levels.listing import Listed
from puzzles.reasons.bearing_line import BearingLine
from sim.explore import Verdict


@frozen
class Par:
    """A best result: no schedule needs fewer of both. `schedule` is one that reaches it."""

    preemptions: int
    steps: int
    schedule: str


@frozen
class WhatIfProof:
    """Whether the goal can be reached after the change of a question: the hash of that machine, and states looked at.

    `bound` says why that is undecided, in a clause.
    """

    level_hash: str
    verdict: Verdict
    states: int
    bound: str = ""


@frozen
class Proof:
    """What the explorer found out about a level, all of it exact.

    `par` is of all schedules of up to `within` steps, None: of any length. `schedules` and `wins` count complete
    schedules (None: unbounded); `one_in` tells the chance of a scheduler that throws dice as "1 in N", to three digits,
    "" where that is not known. `recipe` and `recipe2` are schedules that reach the goal by a recipe with one free
    number, and with up to two; None where none does. `bound` says, in a clause, why not all is known.

    `reasons` are the statements because of which a level that asks to decide is safe, None for other levels, and where
    they are not known. `undecided` says, in a clause each, of which statements it is not known whether they are some,
    and why. `what_ifs` are the answers to the level's questions, in their order, where `oomrace check` has
    proved it.
    """

    level_hash: str
    verdict: Verdict
    states: int
    transitions: int
    par: tuple[Par, ...]
    schedules: int | None
    wins: int | None
    one_in: str
    recipe: str | None = None
    recipe2: str | None = None
    reasons: tuple[BearingLine, ...] | None = None
    undecided: tuple[str, ...] = ()
    within: int | None = None
    bound: str = ""
    what_ifs: tuple[WhatIfProof, ...] = ()

    @property
    def dice(self) -> float | None:
        """In how many runs a random scheduler wins once; None where that is not known, or no schedule wins."""
        return float(self.one_in) if self.one_in and self.verdict is Verdict.REACHABLE else None

    @property
    def whole(self) -> bool:
        """Whether all is known that is asked: nothing was stopped by a bound that may be another one the next time."""
        return not self.bound and (self.reasons is not None or not self.undecided)

    @property
    def best_scores(self) -> tuple[Score, ...]:
        """The best results without their schedules."""
        return tuple(Score(best.steps, best.preemptions) for best in self.par)


def with_par(level: Listed, proof: Proof | None) -> Listed:
    """What a list shows of a level, with its best results where a proof tells them."""
    return evolve(level, best_scores=proof.best_scores, within=proof.within) if proof else level
