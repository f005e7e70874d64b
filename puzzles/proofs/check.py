# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking one level: proving it, and all that can be wrong with it."""

from __future__ import annotations

from attrs import frozen

from puzzles.levels import Level, LevelError, build_machine
from puzzles.notation import Replay
from puzzles.proofs.finding import Finding, in_level, of_error
from puzzles.proofs.findings import findings
from puzzles.proofs.prove import Proof, prove
from puzzles.schedules import schedule_line
from sim.explore import Halted, Limits, solve


@frozen
class Checked:
    """What checking a level has found: its proof, None where there is none, and what is wrong."""

    level: str
    proof: Proof | None
    findings: tuple[Finding, ...]


def check_level(level: Level, solution: Replay | None = None, limits: Limits | None = None) -> Checked:
    """Build a level, prove it, and look for what is wrong. A level that cannot be built or proved is a finding."""
    try:
        proof = prove(level, limits)
        return Checked(level.id, proof, tuple(findings(level, proof, solution)))
    except LevelError as error:
        return Checked(level.id, None, tuple(of_error(level, level.id, error)))
    except Halted as problem:
        return Checked(level.id, None, (_undecided(level, limits, str(problem)),))
    except MemoryError:
        why = "there was not enough memory"
        return Checked(level.id, None, (in_level(level, f"undecided: {why}", "make the level smaller"),))


def _undecided(level: Level, limits: Limits | None, hit: str) -> Finding:
    """That a level is too large to be proved, and whether its goal was reached before that was known."""
    machine = build_machine(level)
    found = solve(machine, level.goal.outcome, limits)
    told = f"undecided: {hit}"
    if found.witness is not None:
        told += f"; reachable, by {schedule_line(machine, found.witness)}"
    return in_level(level, told, "make the level smaller")
