# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace reasons`: because of which statements no schedule reaches the goal of a level."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from puzzles.judging.claims import Answer, settle
from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from puzzles.reasons.because import mark_text
from puzzles.reasons.judging import judge_of
from puzzles.schedules import schedule_line
from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Helped, Ledger, WasNamed, WasSettled
from sim import Machine
from sim.explore import Limits
from sim.machine.witness import objection
from sim.reasons import Reason, statement_at
from tui.cli.progress import Watcher, watched
from tui.player.failure import ExitCode
from tui.player.locations import data_folder
from tui.player.machines import Opened, open_machine
from tui.player.options import Changes
from tui.player.packs import pack_around
from tui.terminal.echo import echo
from tui.view.counts import counts


@frozen
class BearingLine:
    """A statement that bears: its file, line, function and text, and the best schedule that it prevents."""

    file: str
    line: int
    function: str
    text: str
    schedule: str
    preemptions: int
    steps: int


def reasons(folder: Path | None, id_: str, bounds: Bounds, changes: Changes, *, as_json: bool) -> ExitCode:
    """Print the statements that bear, each as soon as it is found, or all of them as JSON."""
    opened = open_machine(pack_around(folder, id_), id_, changes)
    rows: list[BearingLine] = []
    with watched() as watcher:
        allowed = limits(bounds, watcher)
        if why := _not_safe(opened, allowed):
            echo(f"Error: {opened.level.id}: {why}", err=True)
            return ExitCode.INTERRUPTED if watcher.interrupted else ExitCode.NOT_REACHED
        for row in _rows(opened, allowed, watcher):
            rows.append(row)
            if not as_json:
                watcher.clear()
                echo(_text(row))
    _note(opened, rows, Ledger(data_folder(), folder), changed=bool(changes.words))
    if as_json:
        echo(json.dumps([_report(row) for row in rows], indent=2))
    elif not rows:
        echo(f"{opened.level.id} is safe, and no statement alone is the reason")
    return ExitCode.INTERRUPTED if watcher.interrupted else ExitCode.DONE


def _note(opened: Opened, rows: Sequence[BearingLine], ledger: Ledger, *, changed: bool) -> None:
    """Note in the ledger of a level that lines because of which it is safe are named, which settles it as it is."""
    if not rows:
        return
    ledger.note(opened.level.id, Helped(HelpKind.CLAIM))
    for row in rows:
        statement = statement_at(opened.machine.program, row.file, row.line)
        if statement is not None:
            ledger.note(opened.level.id, WasNamed(mark_text(statement)))
    if not changed:
        ledger.note(opened.level.id, WasSettled())


def _not_safe(opened: Opened, allowed: Limits) -> str:
    """Why there can be no reason; "" where no schedule reaches the goal."""
    settled = settle(opened.machine, allowed)
    goal = opened.level.goal.outcome.words
    match settled.answer:
        case Answer.RIGHT:
            return ""
        case Answer.WRONG:
            return f"{goal} can be reached: `oomrace solve {opened.level.id}` says how"
        case Answer.UNDECIDED:
            return f"{goal}: undecided: {settled.bound}"


def _rows(opened: Opened, allowed: Limits, watcher: Watcher) -> Iterator[BearingLine]:
    for reason in judge_of(opened.level, opened.machine, allowed).reasons():
        if watcher.interrupted:
            return
        yield _row(reason)


def _row(reason: Reason) -> BearingLine:
    statement, race = reason.statement, reason.race
    best = race.best()
    _replay(race.machine, best.schedule, best.preemptions)
    schedule = schedule_line(race.machine, best.schedule)
    head = statement.head
    return BearingLine(head.file, head.line, statement.function, statement.text, schedule, best.preemptions, best.steps)


def _replay(machine: Machine, schedule: tuple[int, ...], preemptions: int) -> None:
    """Play a schedule without the explorer. Raises AssertionError where it does not hold."""
    assert machine.goal is not None
    wrong = objection(machine, machine.goal.outcome, schedule, preemptions)
    assert not wrong, wrong


def _text(row: BearingLine) -> str:
    return f"{row.file}:{row.line} in {row.function}: {row.text}\n    without it, {counts(row)}: {row.schedule}"


def _report(row: BearingLine) -> dict[str, object]:
    return {
        "file": row.file,
        "line": row.line,
        "text": row.text,
        "schedule": row.schedule,
        "preemptions": row.preemptions,
        "steps": row.steps,
    }
