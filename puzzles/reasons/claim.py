# SPDX-License-Identifier: GPL-2.0-or-later
"""A claim with its reasons: no schedule reaches the goal, because of these statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from attrs import evolve, field, frozen

from puzzles.judging.claims import Settled, settle
from puzzles.levels import Level
from puzzles.limits.bounds import CLAIM
from puzzles.limits.guard import limits as limits_from
from puzzles.reasons.because import mark_text, named
from puzzles.reasons.coverage import Coverage
from puzzles.reasons.judging import judge_of
from sim import Machine
from sim.explore import Best, Halted, Limits
from sim.reasons import Bearing, Judge, Statement, Trial

PART_SENTENCE: Final = "without it the kernel does not work at all"
"""What is said of a mark that is no reason, but a part of the machine."""


@frozen
class TriedMark:
    """A marked statement, what its trial says, and if it bears the best schedule that it prevents.

    `gone` are in a right claim all statements for which the mark stands: itself, what goes with it, and twins of the
    same function and tokens, from which a replay cannot tell it.
    """

    statement: Statement
    trial: Trial = field(eq=False)
    best: Best | None = None
    gone: frozenset[Statement] = frozenset()

    @property
    def bearing(self) -> Bearing:
        """What the trial says."""
        return self.trial.bearing


@frozen
class Claimed:
    """What has become of a claim. Where a mark hinders `settled` is None: nothing is settled, and nothing counts.

    `missing` says of a right one for how many threads it names no line, although one that bears is there; None where
    that is not known.
    `nothing_bears` says that the level is a variant in which no statement alone is a reason: there is none to name.
    """

    marks: tuple[TriedMark, ...]
    settled: Settled | None = None
    missing: int | None = None
    nothing_bears: bool = False

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are named."""
        return tuple(mark.statement for mark in self.marks)

    @property
    def hindering(self) -> tuple[TriedMark, ...]:
        """The marks for which nothing is settled: parts of the machine, and trials that did not come to an end."""
        return tuple(mark for mark in self.marks if mark.bearing in (Bearing.PART, Bearing.UNDECIDED))

    @property
    def idle(self) -> tuple[TriedMark, ...]:
        """The marks without which it is still safe."""
        return tuple(mark for mark in self.marks if mark.bearing is Bearing.SAFE)

    @property
    def bears(self) -> bool:
        """Whether there is a reason, and all that is named is one."""
        return bool(self.marks) and all(mark.bearing is Bearing.BEARS for mark in self.marks)

    @property
    def right(self) -> bool:
        """Whether no schedule reaches the goal, because of what is named."""
        return self.settled is not None and self.settled.right and self.bears

    @property
    def missed(self) -> bool:
        """Whether the claim is a miss: the goal can be reached, or it is safe without a statement that is named."""
        if self.settled is None:
            return False
        return self.settled.counterexample is not None or (self.settled.right and not self.settles)

    @property
    def settles(self) -> bool:
        """Whether the claim settles the level: it is right, or as right as a claim can be there."""
        return self.right or (self.nothing_bears and self.settled is not None and self.settled.right)


def put(
    level: Level,
    machine: Machine,
    marks: Sequence[Statement],
    limits: Limits | None = None,
    settled: Callable[[], Settled] | None = None,
    coverage: Coverage | None = None,
) -> Claimed:
    """Put a claim to the explorer: the marks are tried first, and only if none hinders is it settled.

    `limits` are those of each trial, `settled` settles what the level asks; without it that is searched for.
    `coverage` knows which threads have a line that bears; without it that is not asked.
    """
    judge = judge_of(level, machine, limits or limits_from(CLAIM))
    tried = Claimed(tuple(TriedMark(mark, judge.judge(mark)) for mark in marks))
    if tried.hindering:
        return tried
    verdict = settled() if settled is not None else settle(machine)
    if not verdict.right:
        return Claimed(tried.marks, verdict)
    if level.variant_of and len(tried.idle) == len(tried.marks):
        return Claimed(tried.marks, verdict, nothing_bears=nothing_bears(judge))
    claimed = Claimed(tuple(_with_best(judge, mark) for mark in tried.marks), verdict)
    return evolve(claimed, missing=_missing(claimed, coverage, limits)) if claimed.bears and coverage else claimed


def _missing(claimed: Claimed, coverage: Coverage, limits: Limits | None) -> int | None:
    try:
        return coverage.missing((each for mark in claimed.marks for each in mark.gone), limits)
    except Halted:
        return None


def nothing_bears(judge: Judge) -> bool:
    """Whether it is known that no statement alone is a reason."""
    try:
        return all(trial.bearing in (Bearing.SAFE, Bearing.PART) for _, trial in judge.trials())
    except Halted:
        return False


def tried_all(judge: Judge, statements: Iterable[Statement]) -> tuple[Bearing | None, frozenset[Statement]]:
    """What is to be said of a mark that names any of these statements, None where there is none; and all that goes."""
    order, trials = tuple(Bearing), {statement: judge.judge(statement) for statement in statements}
    best = min((trial.bearing for trial in trials.values()), key=order.index, default=None)
    return best, frozenset[Statement]().union(*(judge.gone(statement, trial) for statement, trial in trials.items()))


def _with_best(judge: Judge, mark: TriedMark) -> TriedMark:
    race, statement = mark.trial.race, mark.statement
    if race is None:
        return mark
    twins = (twin for twin in named(judge.whole.machine.program, mark_text(statement)) if twin != statement)
    return evolve(mark, best=race.best(), gone=judge.gone(statement, mark.trial) | tried_all(judge, twins)[1])
