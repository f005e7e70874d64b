# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check has found, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import asdict, frozen

from puzzles.proofs import CheckedLevel, Finding
from puzzles.proofs.standing import PackFigures, breaches
from tui.checking.lock import LockResult
from tui.checking.selection import Selection


@frozen
class PackReport:
    """A selection of a pack that was checked: each level, what is wrong with the pack besides, and its lock file.

    `figures` are of a whole pack of which all is proved.
    """

    selection: Selection
    levels: tuple[CheckedLevel, ...]
    problems: tuple[Finding, ...]
    lock: LockResult
    figures: PackFigures | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong."""
        return (*self.problems, *(finding for level in self.levels for finding in level.findings), *self.lock.findings)


def report(results: Sequence[PackReport]) -> dict[str, Any]:
    """Levels, findings and lock files of parts of packs, a list of objects each; what is not known is null."""
    return {
        "levels": [_level_report(result, checked) for result in results for checked in result.levels],
        "findings": [_finding_report(result, finding) for result in results for finding in result.findings],
        "locks": [
            {"pack": _pack(result), "file": result.lock.file, "state": result.lock.state.value} for result in results
        ],
        "packs": [_figures_report(result, result.figures) for result in results if result.figures],
    }


def _figures_report(result: PackReport, figures: PackFigures) -> dict[str, Any]:
    return {"pack": _pack(result), **asdict(figures), "breaches": list(breaches(figures))}


def _pack(result: PackReport) -> str | None:
    folder = result.selection.pack.folder
    return str(folder) if folder else None


def _level_report(result: PackReport, checked: CheckedLevel) -> dict[str, Any]:
    proof = checked.proof
    return {
        "pack": _pack(result),
        "level": checked.level,
        "verdict": checked.verdict.value if checked.verdict else None,
        "states": proof.states if proof else None,
        "transitions": proof.transitions if proof else None,
        "par": [
            {"preemptions": par.preemptions, "steps": par.steps, "schedule": par.schedule}
            for par in (proof.par if proof else ())
        ],
        "schedules": proof.schedules if proof else None,
        "wins": proof.wins if proof else None,
        "one_in": proof.dice if proof else None,
        "recipe": proof.recipe if proof else None,
        "recipe2": proof.recipe2 if proof else None,
        "reasons": None if proof is None or proof.reasons is None else [asdict(line) for line in proof.reasons],
        "undecided": list(proof.undecided) if proof else None,
        "within": proof.within if proof else None,
        "bound": (proof.bound or None) if proof else None,
        "what_ifs": list(_what_ifs(result, checked)),
        "level_hash": proof.level_hash if proof else None,
        "findings": len(checked.findings),
    }


def _what_ifs(result: PackReport, checked: CheckedLevel) -> Iterator[dict[str, Any]]:
    """The questions of a level with their answers; nothing where one has none."""
    if checked.proof is None or not checked.proof.what_ifs:
        return
    questions = result.selection.pack.level(checked.level).what_ifs
    if len(questions) == len(checked.proof.what_ifs):
        for question, proof in zip(questions, checked.proof.what_ifs, strict=True):
            yield {"question": question.question, "verdict": proof.verdict.value, "states": proof.states}


def _finding_report(result: PackReport, finding: Finding) -> dict[str, Any]:
    return {
        "pack": _pack(result),
        "level": finding.level or None,
        "kind": finding.kind.value,
        "file": finding.file,
        "line": finding.line or None,
        "column": finding.column or None,
        "key": finding.key or None,
        "message": finding.message,
        "advice": finding.advice,
    }
