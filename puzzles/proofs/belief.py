# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a stranger's proof can be believed: it was written to a file, and anybody may have written that."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, pairwise
from math import isfinite
from typing import Final

from puzzles.levels import Level, build_machine, level_hash
from puzzles.notation import ReplayError
from puzzles.proofs.proof import Par, Proof
from puzzles.reasons.bearing_line import BearingLine
from puzzles.reasons.judging import judge_of
from puzzles.schedules import move_numbers
from sim import CompileError, Machine, Outcome
from sim.explore import Verdict
from sim.kernelc.lower.cuts import Cuts
from sim.machine.witness import objection
from sim.reasons import Judge, statements

MAX_STATES: Final = 10**12
MAX_PAR: Final = 50
"""Best results of a level."""

MAX_REASONS: Final = 200
MAX_REASON_STEPS: Final = 50_000
"""Statements that bear in a level, and steps in all of their schedules together."""

MAX_STEPS: Final = 5_000
"""Steps in all schedules of a proof together, which are played before it is believed."""


def is_sound(proof: Proof) -> bool:
    """Whether a proof says things that can be: counts in range, best results that are, odds as numbers."""
    counts = 0 <= proof.states <= MAX_STATES and 0 <= proof.transitions <= MAX_STATES and len(proof.par) <= MAX_PAR
    par = all(0 <= result.preemptions <= result.steps for result in proof.par)
    best = all(few.preemptions < more.preemptions and few.steps > more.steps for few, more in pairwise(proof.par))
    return counts and par and best and sum(result.steps for result in proof.par) <= MAX_STEPS and _are_odds(proof)


def _are_odds(proof: Proof) -> bool:
    wins, schedules = proof.wins, proof.schedules
    fit = (wins is None or wins >= bool(proof.par)) and (schedules is None or schedules >= (wins or 0))
    if not proof.one_in:
        return fit
    try:
        written = f"{float(proof.one_in):.3g}"
        return fit and proof.one_in == written and float(written) >= 1
    except ValueError:
        return False


def believed(level: Level, proof: Proof) -> bool:
    """Whether a proof from a pack can stand for a level: it is about that level, and its schedules reach the goal.

    They are played. That none does is not believed, whoever says so: only a search can tell. Raises LevelError for a
    level that cannot be built.
    """
    whole = not proof.bound and proof.within is None
    if proof.verdict is not Verdict.REACHABLE or not proof.par or not whole or not is_sound(proof):
        return False
    return isfinite(float(proof.one_in or "inf")) and proof.level_hash == level_hash(level) and _plays(level, proof)


def _plays(level: Level, proof: Proof) -> bool:
    machine = build_machine(level)
    recipes = (schedule for schedule in (proof.recipe, proof.recipe2) if schedule is not None)
    return all(_reaches(machine, level.goal.outcome, par.schedule, par) for par in proof.par) and all(
        _reaches(machine, level.goal.outcome, schedule) for schedule in recipes
    )


def _reaches(machine: Machine, goal: Outcome, schedule: str, par: Par | BearingLine | None = None) -> bool:
    """Whether a schedule reaches the goal, in as many steps and preemptions as `par` says."""
    try:
        moves = move_numbers(machine, schedule)
    except (ReplayError, ValueError):
        return False
    if par is None:
        return len(moves) <= MAX_STEPS and not objection(machine, goal, moves)
    return len(moves) == par.steps and not objection(machine, goal, moves, par.preemptions)


def believed_reasons(level: Level, proof: Proof) -> tuple[BearingLine, ...] | None:
    """The reasons of a proof that is about a level, as far as they can be believed; None where it has none.

    Each schedule is played on the kernel without its statement. That there is no other reason is not believed. Raises
    LevelError for a level that cannot be built.
    """
    lines = proof.reasons
    if lines is None or proof.level_hash != level_hash(level) or len(lines) > MAX_REASONS:
        return None
    if sum(line.steps for line in lines) > MAX_REASON_STEPS:
        return None
    judge = judge_of(level, build_machine(level))
    return tuple(line for line in lines if _prevents(judge, line))


def _prevents(judge: Judge, line: BearingLine) -> bool:
    """Whether the statement of a line prevents its schedule."""
    machine = judge.whole.machine
    named = (each for each in statements(machine.program) if (each.head.file, each.head.line) == (line.file, line.line))
    return any(
        _reached_without(judge, cuts, line)
        for each in named
        if each.text == line.text
        for cuts in chain(judge.groups.cuts(each), judge.groups.cuts(each, *judge.groups.twins(each)))
    )


def _reached_without(judge: Judge, cuts: Cuts, line: BearingLine) -> bool:
    try:
        machine = judge.whole.without(cuts)
    except CompileError:
        return False
    assert machine.goal is not None
    return _reaches(machine, machine.goal.outcome, line.schedule, line)


def pack_proof(level: Level, lock: Mapping[str, Proof]) -> Proof | None:
    """The proof of a level from the lock file of its pack; None where there is none that can be believed.

    Raises LevelError for a level that cannot be built.
    """
    proof = lock.get(level.id)
    return proof if proof is not None and believed(level, proof) else None
