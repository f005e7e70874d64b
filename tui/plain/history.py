# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line of schemes, and one era of it, as paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.history import DOUBTED, Era, History
from tui.actions.requests import BROKEN
from tui.plain.listing import level_entry
from tui.player.history_reader import HistoryReader
from tui.view.eras import (
    CLOSED,
    LABELS,
    UNTITLED,
    commit_text,
    commits_text,
    facts,
    levels_text,
    note_of,
    notes_text,
    origin,
)
from tui.view.sections import paragraphs
from tui.view.stars import NO_STANDING, Standings


def timeline_lines(reader: HistoryReader) -> Iterator[str]:
    """All eras in order of time: what each did, cost, and broke by, and how many of its levels are won."""
    for era in reader.history.eras:
        progress = reader.progress(era)
        yield f"{era.year}  {era.title}: {origin(era)}"
        yield _indented(f"{era.id}: {progress}", 6)
        if era.commits:
            yield _indented(f"commits: {commits_text(era)}", 6)
        for label, text in facts(era, progress):
            if label != "why" or era.broken is None or not progress.opened:
                yield _indented(f"{LABELS[label]}: {text}", 6)
        yield ""
    ids = reader.pack.own_ids
    won = sum(id_ in reader.won for id_ in ids)
    yield f"{won} of {len(ids)} levels won. {DOUBTED} is in doubt: the notes of an era say why."


def eras_lines(reader: HistoryReader) -> Iterator[str]:
    """All eras in order of time, each with the name by which it is asked for, and how to read more."""
    for era in reader.history.eras:
        yield f"{era.year}  {era.id}: {era.title}, {origin(era)}; {reader.progress(era)}"
    yield f"history NAME tells of one, history all of each. {DOUBTED} is in doubt: the notes of an era say why."


def era_lines(reader: HistoryReader, era: Era, standings: Standings) -> Iterator[str]:
    """All that is known of an era: commits, reasons, costs, doubts, its kernel file, its levels.

    What broke it, and the titles of its commits, are told once the levels are settled that they tell of, or the player
    has read on.
    """
    history, progress = reader.history, reader.progress(era)
    price = f"as help with {levels_text(progress.given_away)}: history {era.id} {BROKEN}"
    yield f"{era.title}: {origin(era)}, since {era.year}"
    for commit in era.commits:
        yield _indented(f"commit {commit_text(commit, titled=progress.titled)}", 2)
    for label, text in facts(era, progress):
        yield _indented(f"{LABELS[label]}: {text}{f', or now, {price}' if text == CLOSED else ''}", 2)
    if era.commits and progress.opened and not progress.titled:
        yield _indented(f"titles of its commits: {UNTITLED}, or now, {price}", 2)
    yield _indented(f"notes: {notes_text(era.sections, doubted=era.doubted)}", 2)
    with_help = f"{' ' + BROKEN if progress.given_away else ''}"
    yield _indented(f"read one with: history {era.sections[0]}{with_help}", 2)
    yield _indented(_kernel(history, era), 2)
    yield f"{era.id}: {progress}"
    for level in progress.levels:
        yield _indented(level_entry(level, standings.get(level.id, NO_STANDING)), 2)


def note_lines(history: History, number: str) -> Iterator[str]:
    """A section of the notes, and what else its number may mean. Raises ValueError where there is no such section."""
    note, also = note_of(history, number)
    yield from (paragraph.text for paragraph in paragraphs(note))
    yield from ("", also) if also else ()


def _kernel(history: History, era: Era) -> str:
    """The kernel file of an era, and which one it is compared with."""
    if not era.kernel:
        return "kernel: no file of its own"
    before = history.previous(era)
    compared = f"; `oomrace history {era.id} --diff` compares it with {before.kernel}" if before else ""
    return f"kernel: {era.kernel}{compared}"


def _indented(text: str, columns: int) -> str:
    return " " * columns + text
