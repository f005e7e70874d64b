# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking one level: proving it, and all that can be wrong with it."""

from __future__ import annotations

from attrs import frozen

from puzzles.levels import Level, LevelError
from puzzles.notation import Replay
from puzzles.proofs.finding import Finding, in_level, of_error
from puzzles.proofs.findings import findings
from puzzles.proofs.prove import Proof, Unproved, prove
from sim.explore import Limits, Verdict


@frozen
class Checked:
    """What checking a level has found: its proof, None where there is none, and what is wrong.

    Where a search was stopped, `verdict` says what was known by then; it is None for a level that cannot be built.
    """

    level: str
    proof: Proof | None
    findings: tuple[Finding, ...]
    verdict: Verdict | None = None


def check_level(level: Level, solution: Replay | None = None, limits: Limits | None = None) -> Checked:
    """Build a level, prove it, and look for what is wrong. A level that cannot be built or proved is a finding."""
    try:
        proof = prove(level, limits)
        return Checked(level.id, proof, tuple(findings(level, proof, solution, limits)), proof.verdict)
    except LevelError as error:
        return Checked(level.id, None, tuple(of_error(level, level.id, error)))
    except Unproved as problem:
        verdict = Verdict.REACHABLE if problem.schedule else Verdict.UNDECIDED
        return Checked(level.id, None, (_undecided(level, str(problem), problem.schedule),), verdict)
    except MemoryError:
        return Checked(level.id, None, (_undecided(level, "all memory that there is"),), Verdict.UNDECIDED)


def _undecided(level: Level, bound: str, schedule: str = "") -> Finding:
    """That a level is too large to be proved, and whether its goal was reached before that was known."""
    told = f"{schedule} reaches the goal, but" if schedule else "it is undecided whether the goal can be reached:"
    advice = "allow more with --max-states, --max-memory or --max-seconds, or make the level smaller"
    return in_level(level, f"{told} the search was stopped at {bound}", advice)
