# SPDX-License-Identifier: GPL-2.0-or-later
"""Because of which statements a level that asks to decide is safe, as a part of what is proved of it."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from puzzles.judging.ask import Ask
from puzzles.levels import Level, build_machine
from puzzles.limits.bounds import CHECK, REASONS
from puzzles.proofs.proof import Proof
from puzzles.reasons.bearing_line import BearingLine
from puzzles.reasons.judging import bearing_line, judge_of
from sim.explore import Halted, Limits, Progress, Verdict
from sim.reasons import Bearing, Judge, Reason

_TRIALS: Final = CHECK.states // REASONS.states
"""A trial may store at least this part of the states that a level may."""


def with_reasons(proof: Proof, level: Level, limits: Limits | None = None) -> Proof:
    """The proof of a level with the statements that bear in it; the same for a level to which that does not apply.

    `limits` are those of the level. Raises LevelError for a level that cannot be built.
    """
    if level.ask is not Ask.DECIDE or not level.goal.safe or proof.verdict is not Verdict.UNREACHABLE or proof.bound:
        return proof
    allowed = _of_trials(limits or Limits(CHECK.states))
    rows: list[BearingLine] = []
    undecided: list[str] = []
    try:
        _search(judge_of(level, build_machine(level), allowed), allowed, rows, undecided)
    except Halted as halt:
        return evolve(proof, undecided=(str(halt),))
    return evolve(proof, reasons=tuple(rows), undecided=tuple(undecided))


def _of_trials(limits: Limits) -> Limits:
    """The limits of each trial: those of `oomrace reasons`, or less or more where the level may take less or more."""
    return evolve(limits, states=max(min(limits.states, REASONS.states), limits.states // _TRIALS))


def _search(judge: Judge, limits: Limits, rows: list[BearingLine], undecided: list[str]) -> None:
    """Try all statements. Raises Halted where time or memory is over, or somebody stops it: not all is known then."""
    for statement, trial in judge.trials():
        if trial.race is not None:
            rows.append(bearing_line(Reason(statement, trial.race)))
        elif trial.bearing is Bearing.UNDECIDED:
            undecided.append(f"{statement.head.file}:{statement.head.line}: {trial.why}")
        if why := limits.watch(Progress(0, 0, 0)):
            raise Halted(why)
