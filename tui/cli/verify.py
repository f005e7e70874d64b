# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace verify`: one record for each file, all of them on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Final

from attrs import define, field

from puzzles.judging.claims import Settled
from puzzles.judging.score import Score
from puzzles.levels import Level, Pack
from puzzles.limits.bounds import CLAIM, VERIFY, Bounds
from puzzles.limits.guard import limits
from puzzles.notation import LEVEL, MAX_BYTES, Replay, ReplayError, read_replay
from puzzles.reasons.trials import Trials
from puzzles.replays import Verification
from puzzles.replays.record import Record, unreadable, verified
from puzzles.schedules import schedule_line
from puzzles.storage import ListedFile, StorageError, read_file, walk
from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Helped, Ledger, WasNamed, WasShown
from sim.reasons import Bearing
from tui.cli.records import csv_lines, json_lines, text_lines
from tui.explorer.proofs import Proofs
from tui.player.failure import BadInput, ExitCode
from tui.player.locations import data_folder
from tui.player.opening import open_verdict
from tui.player.packs import open_pack
from tui.player.verdicts import note_verdict
from tui.terminal.echo import echo

STANDARD_INPUT: Final = Path("-")
SUFFIX: Final = ".race"


class RecordFormat(Enum):
    """How records are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def verify(
    given: Sequence[Path], folder: Path | None, kernel: Path | None, form: RecordFormat, *, won: bool
) -> ExitCode:
    """Tell of each file what it is worth; the worst of what was found is the exit code."""
    pack = open_pack(folder)
    ledger = Ledger(data_folder(), pack.folder)
    verifier = _Verifier(pack, kernel, Proofs(pack=pack), ledger)
    worst: list[ExitCode] = [ExitCode.DONE]
    empty: list[Path] = []

    def records() -> Iterator[Record]:
        for file in _files(given, empty):
            record, code = verifier.record(file)
            failed = won and not record.won
            worst.append(max(code, ExitCode.NOT_REACHED) if failed else ExitCode.DONE if won else code)
            yield record

    write = {RecordFormat.TEXT: text_lines, RecordFormat.JSON: json_lines, RecordFormat.CSV: csv_lines}[form]
    for line in write(records()):
        echo(line)
    if empty:
        echo(f"Error: no file whose name ends in {SUFFIX} in {', '.join(map(str, empty))}", err=True)
        return ExitCode.BAD_INPUT
    return max(worst)


def _files(given: Iterable[Path], empty: list[Path]) -> Iterator[ListedFile]:
    """The files that are meant: those in folders, and the others as they are given; `empty` takes empty folders."""
    for path in given:
        if path != STANDARD_INPUT and path.is_dir():
            inside = iter(walk(path, SUFFIX))
            first = next(inside, None)
            if first is None:
                empty.append(path)
            else:
                yield from chain((first,), inside)
        else:
            yield ListedFile(path)


@define
class _Verifier:
    """Verifies file by file. A level's claim is settled once and a reason tried once; all searches have one bound.

    `ledger` takes what is told of a level by what becomes of a claim.
    """

    pack: Pack
    kernel: Path | None
    proofs: Proofs
    ledger: Ledger
    spent: float = 0.0
    settled: dict[str, Settled] = field(factory=dict)
    trials: Trials = field(factory=Trials)

    def record(self, file: ListedFile) -> tuple[Record, ExitCode]:
        """The record of a file, and the exit code that it means."""
        name, replay = str(file.path), None
        try:
            replay = _read(file)
            level, verdict = self._verdict(file.path, replay)
        except (BadInput, StorageError, ReplayError) as problem:
            message = problem.message if isinstance(problem, BadInput) else str(problem)
            return unreadable(name, message.removeprefix(f"{name}: "), replay), ExitCode.BAD_INPUT
        fails = not verdict.fits or verdict.false_claims or verdict.played.others
        return verified(
            name, replay, verdict, self._par(level, verdict)
        ), ExitCode.NOT_REACHED if fails else ExitCode.DONE

    def _verdict(self, path: Path, replay: Replay) -> tuple[Level, Verification]:
        begun = monotonic()
        seconds = min(CLAIM.seconds, max(VERIFY.seconds - self.spent, 1.0))
        bound = limits(Bounds(VERIFY.states, VERIFY.memory, seconds))
        settled = self.settled.get(replay.header(LEVEL) or "")
        level, verdict = open_verdict(path, replay, self.pack, self.kernel, bound, settled, self.trials)
        if verdict.settled:
            self.spent += monotonic() - begun
        if verdict.settled and not verdict.changed:
            self.settled[level.id] = verdict.settled
        if verdict.settled:
            self._note(level, verdict, verdict.settled)
        return level, verdict

    def _note(self, level: Level, verdict: Verification, settled: Settled) -> None:
        """Note what is told of a claim: that it is right, and of its lines; or a schedule that refutes it."""
        if settled.counterexample is not None:
            self.ledger.note(level.id, WasShown(schedule_line(verdict.played.machine, settled.counterexample)))
        if not settled.right or self.ledger.page(level.id).settled:
            return
        note_verdict(level, None, self.ledger)
        if verdict.marks:
            self.ledger.note(level.id, Helped(HelpKind.CLAIM))
        for mark, bearing in verdict.marks:
            if bearing is Bearing.BEARS:
                self.ledger.note(level.id, WasNamed(mark))

    def _par(self, level: Level, verdict: Verification) -> list[Score] | None:
        proof = self.proofs.known(level) if verdict.won else None
        return list(proof.best_scores) if proof else None


def _read(file: ListedFile) -> Replay:
    if file.problem:
        raise StorageError(file.problem)
    if file.path == STANDARD_INPUT:
        return read_replay(sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b"")
    return read_replay(read_file(file.path, MAX_BYTES))
