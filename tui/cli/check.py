# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace check`: prove the levels of packs, say what is wrong, and keep or compare what was proved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from attrs import evolve

from puzzles.levels import Level, Pack
from puzzles.levels.files import PackPath, campaign, folder_at, read_text
from puzzles.levels.limits import MAX_LEVEL_BYTES
from puzzles.levels.locate import LEVEL_FILE, PACK_FILE
from puzzles.limits.bounds import Bounds
from puzzles.proofs import CheckedLevel, Finding, Kind, Proof, line_of, of_error, of_problems
from puzzles.proofs.standing import PackFigures, figures_of
from puzzles.replays import solution
from sim.explore import Verdict
from tui.checking.batch import batch
from tui.checking.fit import pack_fit_findings
from tui.checking.lock import checked_lock
from tui.checking.progress import ProgressLine
from tui.checking.report import PackReport, report
from tui.checking.selection import Selection, selected
from tui.checking.work import Piece, check_piece, failed
from tui.player.failure import ExitCode
from tui.player.verdicts import note_verdict
from tui.terminal.echo import echo
from tui.view.goals import par_text


def check(
    targets: Sequence[str], folder: Path | None, bounds: Bounds, *, write: bool, as_json: bool, jobs: int
) -> ExitCode:
    """Prove levels; the exit code is 1 where something is wrong with one, or with a lock file."""
    tell = _silent if as_json else echo
    selections = selected(targets, folder)
    for selection in selections:
        _note(selection, targets)
    results = [_checked(selection, bounds, write=write, jobs=jobs, tell=tell) for selection in selections]
    findings = [finding for result in results for finding in result.findings]
    tell(_summary(results, findings))
    if as_json:
        echo(json.dumps(report(results), indent=2, ensure_ascii=False))
    return ExitCode.NOT_REACHED if findings else ExitCode.DONE


def _note(selection: Selection, targets: Sequence[str]) -> None:
    """Note that levels which are named are told whether their goals can be reached; whole packs are for authors."""
    for level in selection.pack.levels:
        if level.id in targets:
            note_verdict(level, selection.pack.folder)


def _silent(_text: str) -> None:
    pass


def _checked(
    selection: Selection, bounds: Bounds, *, write: bool, jobs: int, tell: Callable[[str], None]
) -> PackReport:
    findings = _pack_problems(selection.pack) if selection.whole else ()
    problems = tuple(_with_line(selection, problem) for problem in findings)
    for problem in problems:
        tell(str(problem))
    levels = []
    for level, checked in _levels(selection, bounds, jobs):
        located = evolve(checked, findings=tuple(_with_line(selection, finding) for finding in checked.findings))
        levels.append(located)
        if level is not None:
            tell(f"{checked.level}: {_proof_text(level, checked)}{_what_ifs_text(checked.proof)}")
        for finding in located.findings:
            tell(str(finding))
    proofs = {checked.level: checked.proof for checked in levels}
    wrong = bool(problems or any(checked.findings for checked in levels))
    lock = checked_lock(selection, proofs, wrong=wrong, write=write)
    for finding in lock.findings:
        tell(str(finding))
    if not lock.findings:
        tell(str(lock))
    figures = figures_of(selection.pack.levels, proofs) if selection.whole and not selection.pack.broken else None
    if figures is not None:
        tell(_figures_text(figures))
    return PackReport(selection, tuple(levels), problems, lock, figures)


def _figures_text(figures: PackFigures) -> str:
    """What falls to recipes and dice, beyond the tour and without variants."""
    fall = f"{len(figures.recipe)} fall to recipe, {len(figures.recipe2)} to recipe2, {len(figures.dice)} to dice"
    return f"of {_count(figures.broken, 'level')} to be broken {fall}; {figures.safe} of {figures.decide} are safe"


def _pack_problems(pack: Pack) -> Iterator[Finding]:
    """What is wrong with a pack besides its levels."""
    yield from of_problems("", pack.problems)
    file = f"{pack.folder or campaign().shown}/{PACK_FILE}"
    yield from pack_fit_findings(pack, file)


def _levels(selection: Selection, bounds: Bounds, jobs: int) -> Iterator[tuple[Level | None, CheckedLevel]]:
    """What was found of each level, in order; of a level that cannot be loaded there is only that."""
    levels = [level for level in selection.pack.levels if level.id in selection.ids]
    pieces = [Piece(level, bounds, solution(level.id) if selection.own else None) for level in levels]
    with ProgressLine([level.id for level in levels]) as line:
        work = partial(check_piece, watch=line.searched) if jobs == 1 else check_piece
        results = batch(work, pieces, jobs, line.done)
        for id_ in selection.ids:
            if id_ in selection.pack.broken:
                yield None, CheckedLevel(id_, None, tuple(of_error(None, id_, selection.pack.broken[id_])))
                continue
            level, future = levels[line.begun], next(results)
            problem = future.exception()
            line.next()
            yield level, failed(level, problem) if problem else future.result()


def _with_line(selection: Selection, finding: Finding) -> Finding:
    """A finding about a key of a level.toml or pack.toml, with the line of the key."""
    if finding.line or not finding.key or not finding.file.endswith((LEVEL_FILE, PACK_FILE)):
        return finding
    folder = selection.pack.folder
    place = folder_at(folder, "") if folder else campaign()
    file = place / finding.level / LEVEL_FILE if finding.level else place / PACK_FILE
    return evolve(finding, line=line_of(_text(file), finding.key))


def _text(place: PackPath) -> str:
    try:
        return read_text(place, MAX_LEVEL_BYTES)
    except ValueError:
        return ""


def _proof_text(level: Level, checked: CheckedLevel) -> str:
    proof = checked.proof
    if proof is None:
        return checked.verdict.value if checked.verdict else "not proved"
    if level.goal.safe and proof.verdict is Verdict.UNREACHABLE:
        because = f"; {_count(len(proof.reasons), 'reason')}" if proof.reasons is not None else ""
        return f"safe, exhausted: {_count(proof.states, 'state')}, {_count(proof.transitions, 'transition')}{because}"
    if proof.verdict is Verdict.UNDECIDED or not proof.one_in:
        par = f"; {par_text(proof)}" if proof.par else ""
        return f"{proof.verdict.value}, {_count(proof.states, 'state')}{par}; {proof.bound}"
    odds = f"a random scheduler {f'wins 1 in {proof.one_in}' if proof.par else 'never wins'}"
    text = f"{proof.verdict.value}, {_count(proof.states, 'state')}; {par_text(proof) or 'no way'}; {odds}"
    return f"{text}; {_recipe_text(proof)}" if proof.par else text


def _what_ifs_text(proof: Proof | None) -> str:
    """The answers to the questions of a level, in their order."""
    answers = ", ".join(_ANSWERS[what_if.verdict] for what_if in proof.what_ifs) if proof else ""
    return f"; what if: {answers}" if answers else ""


_ANSWERS = {Verdict.REACHABLE: "yes", Verdict.UNREACHABLE: "no", Verdict.UNDECIDED: "undecided"}


def _recipe_text(proof: Proof) -> str:
    if proof.recipe is not None:
        return f"recipe {proof.recipe}"
    return "no recipe" if proof.recipe2 is None else f"recipe2 {proof.recipe2}"


def _summary(results: Sequence[PackReport], findings: Sequence[Finding]) -> str:
    levels = _count(sum(len(result.levels) for result in results), "level")
    kinds = [_count(sum(finding.kind is kind for finding in findings), kind.value) for kind in Kind]
    return f"{levels}: {', '.join(kinds)}" if findings else f"{levels}: nothing is wrong"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
