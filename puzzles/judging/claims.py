# SPDX-License-Identifier: GPL-2.0-or-later
"""The claim that a machine is safe: no schedule reaches its goal's outcome. The explorer settles it."""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import frozen

from puzzles.judging.faults import why_undecided
from puzzles.limits.bounds import CLAIM
from puzzles.limits.guard import limits as default_limits
from sim import Machine
from sim.explore import Limits, Verdict, reach

SAFE: Final = "safe"
"""What the header Result says of a claim."""


class Answer(Enum):
    """What became of a claim."""

    RIGHT = "right"
    WRONG = "wrong"
    UNDECIDED = "undecided"


@frozen
class Settled:
    """A claim that was put to the explorer.

    `states` and `transitions` are those that were looked at: all there are, where the claim is right. Where it is
    wrong, `counterexample` is a shortest schedule that reaches the outcome, in moves as Machine.step takes them; it is
    None else. `bound` says why an undecided claim is so, in a clause.
    """

    answer: Answer
    states: int
    transitions: int
    counterexample: tuple[int, ...] | None = None
    bound: str = ""

    @property
    def right(self) -> bool:
        """Whether every schedule was tried and none reaches the outcome."""
        return self.answer is Answer.RIGHT


def settle(machine: Machine, limits: Limits | None = None) -> Settled:
    """Settle the claim that no schedule of a machine reaches the outcome and condition of its goal.

    A model that faults somewhere proves nothing about what would come after: that is undecided. Without
    `limits` they are those of a claim. Raises ValueError for a machine without a goal.
    """
    if machine.goal is None:
        raise ValueError("this machine has no goal: there is nothing to claim")
    solution = reach(machine, machine.goal.outcome, limits or default_limits(CLAIM))
    why = why_undecided(machine, solution)
    return Settled(_ANSWERS[solution.verdict], solution.states, solution.transitions, solution.witness, why)


_ANSWERS: Final = {
    Verdict.UNREACHABLE: Answer.RIGHT,
    Verdict.REACHABLE: Answer.WRONG,
    Verdict.UNDECIDED: Answer.UNDECIDED,
}
