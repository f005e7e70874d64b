# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking a level: what one process of a batch does."""

from __future__ import annotations

from collections.abc import Callable
from traceback import extract_tb

from attrs import evolve, frozen

from puzzles.levels import Level
from puzzles.notation import Replay
from puzzles.proofs import Checked, Finding, check_level, in_level
from sim.explore import Progress
from tui.batch import Lost
from tui.fit import fit_findings


@frozen
class Piece:
    """A level to check, with its stored solution where there is one."""

    level: Level
    solution: Replay | None = None


def check_piece(piece: Piece, on_progress: Callable[[Progress], bool] | None = None) -> Checked:
    """Prove a level, and find what is wrong with it and with its texts on the screen."""
    found = check_level(piece.level, piece.solution, on_progress=on_progress)
    return evolve(found, findings=(*found.findings, *fit_findings(piece.level)))


def failed(level: Level, problem: BaseException) -> Checked:
    """What is told of a level whose check itself has failed."""
    return Checked(level.id, None, (_failure(level, problem),))


def _failure(level: Level, problem: BaseException) -> Finding:
    if isinstance(problem, Lost):
        return in_level(level, "undecided: the process that checked it was killed", "was there enough memory?")
    frames = extract_tb(problem.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    said = f"oomrace itself fails on this level: {type(problem).__name__}: {problem}{where}"
    return in_level(level, " ".join(said.split()), "please report it, with the level")
