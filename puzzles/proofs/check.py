# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking one level: proving it, and all that can be wrong with it."""

from __future__ import annotations

from attrs import evolve, frozen

from puzzles.levels import Level, LevelError
from puzzles.notation import Replay
from puzzles.proofs.finding import Finding, in_level, of_error
from puzzles.proofs.findings import findings
from puzzles.proofs.proof import Proof
from puzzles.proofs.prove import prove
from puzzles.proofs.reasoned import with_reasons
from puzzles.proofs.what_ifs import settle_what_ifs
from sim.explore import Limits, Verdict


@frozen
class CheckedLevel:
    """What checking a level has found: its proof, None where there is none, and what is wrong.

    Where a search was stopped, `verdict` says what was known by then; it is None for a level that cannot be built.
    """

    level: str
    proof: Proof | None
    findings: tuple[Finding, ...]
    verdict: Verdict | None = None


def check_level(level: Level, solution: Replay | None = None, limits: Limits | None = None) -> CheckedLevel:
    """Build a level, prove it, and look for what is wrong. A level that cannot be built or proved is a finding."""
    try:
        proof = with_reasons(prove(level, limits), level, limits)
        what_ifs, wrong = settle_what_ifs(level, limits)
        all_wrong = (*findings(level, proof, solution, limits), *wrong)
        return CheckedLevel(level.id, evolve(proof, what_ifs=what_ifs), all_wrong, proof.verdict)
    except LevelError as error:
        return CheckedLevel(level.id, None, tuple(of_error(level, level.id, error)))
    except MemoryError:
        advice = "allow less with --max-memory, or make the level smaller"
        return CheckedLevel(
            level.id, None, (in_level(level, "undecided: all memory was taken", advice),), Verdict.UNDECIDED
        )
