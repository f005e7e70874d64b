# SPDX-License-Identifier: GPL-2.0-or-later
"""What the verification of a replay found."""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import evolve, field, frozen

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Settled
from puzzles.judging.judge import Judgement
from puzzles.judging.referee import Ruling, rule_claim, rule_run
from puzzles.judging.score import Score
from puzzles.replays.play import Divergence, Played
from puzzles.schedules import schedule_line
from sim.reasons import Bearing

_SAID_SHOWN: Final = "no win: the file says that this schedule was shown to its player"
_OTHER_RUN: Final = "not scored: the run is not the one that the file tells of"


class VerifyError(Exception):
    """A replay that cannot be tried on this level at all; the message says why and what to do."""


class Status(Enum):
    """How well a replay fits: the same states, the same outcome by other states, or a move that is not possible.

    A claim that the level is safe can also be refuted by a schedule, or stay undecided.
    """

    EXACT = "exact"
    COMPATIBLE = "compatible"
    DIVERGED = "diverged"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@frozen
class Verification:
    """A replay's run as recomputed.

    `judgement` is about the last state that was reached, `played` holds all moments. `divergence` is where the main
    line went wrong (None unless DIVERGED). `notes` are sentences for the player: another level hash, header claims
    that are not true, digests that differ, variations that cannot be played. `changed` says that boot values or the
    kernel are not the level's own: such a run is never scored. `shown` says that by its own header the run was shown to
    the player. `ask` is what the level asks. `answer` is the status of the moves alone, whatever comes of a claim.
    `settled` is what came of the claim that the level is safe, None where the replay does not make it. `marks` are the
    statements because of which, each with what was found of it, None where it names nothing. `missing` says of a right
    claim for how many threads it names no line, although one that bears is there; None where that is not known.
    """

    status: Status
    judgement: Judgement
    divergence: Divergence | None
    notes: tuple[str, ...]
    false_claims: tuple[str, ...]
    same_level: bool
    changed: bool
    shown: bool
    ask: Ask
    answer: Status
    played: Played = field(eq=False, repr=False)
    settled: Settled | None = None
    marks: tuple[tuple[str, Bearing | None], ...] = ()
    missing: int | None = None

    @property
    def fits(self) -> bool:
        """Whether the replay's moves are possible and what it claims of the level is so."""
        return self.status in (Status.EXACT, Status.COMPATIBLE)

    @property
    def ruling(self) -> Ruling:
        """What the run, or the claim, is worth; what does not fit counts for nothing."""
        machine = self.played.machine
        if self.settled is not None:
            ruling = rule_claim(self.ask, self.settled, bears=self.bears, changed=self.changed, shown=self.shown)
        else:
            ruling = rule_run(machine, self.played.last, changed=self.changed, shown=self.shown)
            ruling = evolve(ruling, why_not=_SAID_SHOWN) if self.shown and ruling.scored else ruling
        return ruling if self.fits or self.settled else evolve(ruling, scored=False, why_not=_OTHER_RUN)

    @property
    def bears(self) -> bool | None:
        """Whether the level is safe because of all that a claim names; None where it names nothing."""
        return all(bearing is Bearing.BEARS for _, bearing in self.marks) if self.marks else None

    @property
    def won(self) -> bool:
        """Whether this run, or this claim, is a win of the level."""
        return self.ruling.won

    @property
    def score(self) -> Score:
        """The score of a run; a claim has neither steps nor preemptions."""
        return Score(0, 0) if self.settled else self.judgement.score

    def __str__(self) -> str:
        """Give the verdict as `exact: oom-premature with 1 preemption, 31 steps`, or `exact: safe, ...`."""
        if self.divergence is not None:
            return f"{self.status.value} {self.divergence}"
        if self.settled is not None:
            return f"{self.status.value}: {self._claim(self.settled)}"
        return f"{self.status.value}: {self.judgement.outcome.words} with {self.judgement.score}"

    def _claim(self, settled: Settled) -> str:
        if settled.right:
            return f"safe in this model, {settled.states:,} states exhausted"
        if settled.counterexample is None:
            return f"whether the level is safe is not known: {settled.bound}"
        machine = self.played.machine
        goal = f" reaches {machine.goal.outcome.words}" if machine.goal else ""
        return f"not safe, {schedule_line(machine, settled.counterexample)}{goal}"
