# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace reasons`: because of which statements no schedule reaches the goal of a level."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from attrs import asdict

from puzzles.judging.claims import Answer, Settled, settle
from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from puzzles.reasons.bearing_line import BearingLine
from puzzles.reasons.because import mark_text
from puzzles.reasons.judging import bearing_line, judge_of
from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Helped, Ledger, WasNamed, WasSettled
from sim.explore import Halted, Limits
from sim.reasons import Bearing, Reason
from tui.cli.progress import Watcher, watched
from tui.player.failure import ExitCode
from tui.player.locations import data_folder
from tui.player.machines import Opened, open_machine
from tui.player.options import Changes
from tui.player.packs import pack_around
from tui.player.verdicts import note_verdict
from tui.terminal.echo import echo
from tui.view.counts import counts


def reasons(folder: Path | None, id_: str, bounds: Bounds, changes: Changes, *, as_json: bool) -> ExitCode:
    """Print the statements that bear, each as soon as it is found, or all of them as JSON."""
    opened = open_machine(pack_around(folder, id_), id_, changes)
    ledger = Ledger(data_folder(), folder)
    rows: list[BearingLine] = []
    undecided: list[str] = []
    with watched() as watcher:
        allowed = limits(bounds, watcher)
        settled = settle(opened.machine, allowed)
        if settled.answer is not Answer.UNDECIDED:
            note_verdict(opened.level, folder, ledger)
        if why := _not_safe(opened, settled):
            echo(f"Error: {opened.level.id}: {why}", err=True)
            return ExitCode.INTERRUPTED if watcher.interrupted else ExitCode.NOT_REACHED
        for reason in _reasons(opened, allowed, watcher, undecided):
            rows.append(bearing_line(reason))
            _note(opened, reason, ledger, changed=bool(changes.words))
            if not as_json:
                watcher.clear()
                echo(_text(rows[-1], reason.statement.function))
    if as_json:
        echo(json.dumps([asdict(row) for row in rows], indent=2))
    elif not rows and not undecided:
        echo(f"{opened.level.id} is safe, and no statement alone is the reason")
    for why in undecided:
        echo(f"undecided: {why}", err=True)
    if watcher.interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.NOT_REACHED if undecided and not rows else ExitCode.DONE


def _note(opened: Opened, reason: Reason, ledger: Ledger, *, changed: bool) -> None:
    """Note in the ledger of a level that a line because of which it is safe is named, which settles it as it is."""
    ledger.note(opened.level.id, Helped(HelpKind.CLAIM))
    ledger.note(opened.level.id, WasNamed(mark_text(reason.statement)))
    if not changed:
        ledger.note(opened.level.id, WasSettled())


def _not_safe(opened: Opened, settled: Settled) -> str:
    """Why there can be no reason; "" where no schedule reaches the goal."""
    goal = opened.level.goal.outcome.words
    match settled.answer:
        case Answer.RIGHT:
            return ""
        case Answer.WRONG:
            return f"{goal} can be reached: `oomrace solve {opened.level.id}` says how"
        case Answer.UNDECIDED:
            return f"{goal}: undecided: {settled.bound}"


def _reasons(opened: Opened, allowed: Limits, watcher: Watcher, undecided: list[str]) -> Iterator[Reason]:
    """The statements that bear, as they are found; `undecided` takes what is not known, and why, in a clause each."""
    try:
        for statement, trial in judge_of(opened.level, opened.machine, allowed).trials():
            if watcher.interrupted:
                return
            if trial.race is not None:
                yield Reason(statement, trial.race)
            elif trial.bearing is Bearing.UNDECIDED:
                undecided.append(f"{statement.head.file}:{statement.head.line}: {trial.why}")
    except Halted as halt:
        undecided.append(str(halt))


def _text(row: BearingLine, function: str) -> str:
    return f"{row.file}:{row.line} in {function}: {row.text}\n    without it, {counts(row)}: {row.schedule}"
