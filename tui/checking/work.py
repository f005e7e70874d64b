# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking a level: what one process of a batch does."""

from __future__ import annotations

import gc
from traceback import extract_tb

from attrs import evolve, frozen

from puzzles.levels import Level
from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from puzzles.notation import Replay
from puzzles.proofs import CheckedLevel, Finding, check_level, in_level
from sim.explore import ProgressWatch, patient
from tui.checking.batch import Lost
from tui.checking.fit import fit_findings


@frozen
class Piece:
    """A level to check, how far to search it, and its stored solution where there is one."""

    level: Level
    bounds: Bounds
    solution: Replay | None = None


def check_piece(piece: Piece, watch: ProgressWatch = patient) -> CheckedLevel:
    """Prove a level, and find what is wrong with it and with its texts on the screen."""
    try:
        checked = check_level(piece.level, piece.solution, limits(piece.bounds, watch))
    finally:
        gc.unfreeze()  # which searches freeze: machines hold themselves, and the next level needs their memory
        gc.collect()
    return evolve(
        checked,
        findings=(
            *checked.findings,
            *fit_findings(piece.level, checked.proof if checked.proof and not checked.proof.bound else None),
        ),
    )


def failed(level: Level, problem: BaseException) -> CheckedLevel:
    """What is told of a level whose check itself has failed."""
    return CheckedLevel(level.id, None, (_failure(level, problem),))


def _failure(level: Level, problem: BaseException) -> Finding:
    if isinstance(problem, Lost):
        return in_level(level, "undecided: the process that checked it was killed", "was there enough memory?")
    frames = extract_tb(problem.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    said = f"oomrace itself fails on this level: {type(problem).__name__}: {problem}{where}"
    return in_level(level, " ".join(said.split()), "please report it, with the level")
