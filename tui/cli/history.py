# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace history`."""

from __future__ import annotations

import json
from typing import Any

import attrs
from attrs import evolve

from puzzles.history import Era, History, game_history, kernel_diff
from puzzles.levels import LevelError
from puzzles.levels.rules import NOTE
from puzzles.notes import section
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from tui.explorer.proofs import Proofs
from tui.plain.history import era_lines, note_lines, timeline_lines
from tui.plain.paragraphs import print_lines
from tui.player.failure import BadInput, ExitCode
from tui.player.history_reader import HistoryReader
from tui.player.library import Library
from tui.player.locations import cache_folder, data_folder
from tui.player.packs import level_text, listed_pack
from tui.player.settled import settled
from tui.player.standings import standings
from tui.terminal.echo import echo


def history(era: str | None, *, diff: bool, as_json: bool, broken: bool) -> ExitCode:
    """Print the time line, an era of it, what an era's kernel file changed, or a section of the notes.

    What broke an era is told where its levels are settled, or with `broken`, which is help with the others.
    """
    if diff and (as_json or not era):
        raise BadInput("--diff prints what one era changed; name it, such as `oomrace history v3.4 --diff`")
    schemes = _open()
    if era and not diff and NOTE.fullmatch(era):
        _print_note(_reader(schemes)[0], era, as_json=as_json, broken=broken)
        return ExitCode.DONE
    chosen = _era(schemes, era) if era else None
    if diff and chosen:
        _print_diff(schemes, chosen)
        return ExitCode.DONE
    reader, problem = _reader(schemes)
    eras = [chosen] if chosen else schemes.eras
    noted = reader.read_on(eras) if broken else ""
    if as_json:
        echo(json.dumps([_summary(reader, each) for each in eras], indent=2, ensure_ascii=False))
    elif chosen:
        pack = Proofs(cache_folder()).with_pars(reader.pack)
        levels, _ = standings(Library(data_folder()), reader.ledger, pack, pack.listed)
        print_lines(era_lines(evolve(reader, pack=pack.telling(reader.settled)), chosen, levels))
    else:
        print_lines(timeline_lines(reader))
    for sentence in filter(None, (noted, problem)):
        echo(sentence, err=True)
    return ExitCode.DONE


def _reader(schemes: History) -> tuple[HistoryReader, str]:
    """The player as a reader of the history, and what of his wins could not be read ("" for nothing)."""
    pack, ledger = listed_pack(None), Ledger(data_folder())
    bests, problem = Scores(cache_folder()).bests(data_folder(), pack)
    return HistoryReader(schemes, pack, bests, settled(bests, ledger.settled(pack.ids)), ledger), problem


def _open() -> History:
    try:
        return game_history()
    except LevelError as error:
        raise BadInput(level_text(error)) from None


def _era(schemes: History, text: str) -> Era:
    try:
        return schemes.era(text)
    except ValueError as problem:
        raise BadInput(str(problem)) from None


def _print_note(reader: HistoryReader, number: str, *, as_json: bool, broken: bool) -> None:
    """Print a section of the notes; one that gives levels away only with `broken`."""
    try:
        price = reader.price_of(number)
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    if price and not broken:
        raise BadInput(f"{price}; `oomrace history {number} --broken` prints it")
    noted = reader.read_on(reader.closed(number))
    if as_json:
        echo(json.dumps(attrs.asdict(section(number)), indent=2, ensure_ascii=False))
    else:
        print_lines(note_lines(reader.history, number))
    if noted:
        echo(noted, err=True)


def _print_diff(schemes: History, era: Era) -> None:
    try:
        lines = list(kernel_diff(schemes, era))
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    echo("\n".join(lines))


def _summary(reader: HistoryReader, era: Era) -> dict[str, Any]:
    """An era as plain values, with the ids of its levels and of those that are won.

    What broke it is null where it is not told, and so are the titles of its commits.
    """
    progress = reader.progress(era)
    levels = [level.id for level in progress.levels]
    values = attrs.asdict(era) | {"levels": levels, "won": list(progress.won)}
    if not progress.opened:
        values["broken"] = None
    if not progress.titled:
        values["commits"] = [commit | {"what": None} for commit in values["commits"]]
    return values
