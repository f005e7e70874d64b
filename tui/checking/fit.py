# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts of a level that do not fit where they are shown, on a terminal of 80 columns and 24 lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from attrs import evolve

from puzzles.levels import Level, LevelError, Pack, build_machine
from puzzles.levels.rules import columns
from puzzles.proofs import Finding, Kind, Proof, in_level, with_par
from tui.game.game import Game
from tui.lines.briefing import briefing_lines
from tui.lines.listing import ID_CELLS, TITLE_CELLS, chapter_line, level_detail, tally
from tui.lines.machine import word_height
from tui.lines.status import TopLine, status_line
from tui.lines.text import rule, wrap
from tui.view.model import View

COLUMNS: Final = 80
LINES: Final = 24
_PAGE: Final = COLUMNS - 4, LINES - 2
"""The text of a page: without its padding, its title and its keys."""

_DETAIL: Final = COLUMNS - 6, 4
"""What the list of levels tells of the one under the cursor."""

_LIST: Final = COLUMNS - 3
"""A line of the list of levels, beside its scroll bar."""

_NAME: Final = 24
"""A thread's name in the head of its pane, so that place and calls are seen too."""

CUT: Final = "\u2026"
"""Stands where a text was cut."""

_AROUND: Final = 5
"""Lines of the play screen besides threads, machine and timeline: status, the machine's title, message, keys."""

_PANE: Final = 4
"""Lines of a thread's pane: head, two of source, the next operation."""

_RUN: Final = 999, 99
"""Steps and preemptions beside which a goal has to be seen."""


Misfit: TypeAlias = tuple[str, str, str]
"""A key, what is wrong there, and what to do."""


def fit_findings(level: Level, proof: Proof | None = None) -> Iterator[Finding]:
    """A warning for each text that does not fit; `proof` is what its pages tell of par.

    They are drawn as the screens draw them. What the machine shows is left out where it cannot be built.
    """
    try:
        view = Game(level, build_machine(level)).view
    except LevelError:
        view = None
    misfits = (*_columns(level), *_lines(level), *_pages(level, proof), *(_play(view) if view else ()))
    for key, message, advice in misfits:
        yield in_level(level, message, advice, key, Kind.WARNING)


def pack_fit_findings(pack: Pack, file: str) -> Iterator[Finding]:
    """A warning for each text of a pack that does not fit; `file` is its pack.toml."""
    head = rule(f"oomrace  {pack.title}   {tally(pack, ())}", COLUMNS).plain
    if CUT in head:
        yield Finding("", file, "does not fit above the list of levels", "shorten it", Kind.WARNING, "title")
    for index, chapter in enumerate(pack.chapters):
        title = chapter_line(evolve(chapter, about=""))
        if title.cell_length > _LIST:
            message = f"has {title.cell_length} columns with the versions; the list of levels has room for {_LIST}"
            yield Finding("", file, message, "shorten it", Kind.WARNING, f"chapter[{index}].title")


def _columns(level: Level) -> Iterator[Misfit]:
    """What stands in a column of its own."""
    texts = [
        ("id", level.id, ID_CELLS, "the list of levels"),
        ("title", level.title, TITLE_CELLS, "the list of levels"),
    ]
    texts += [(f"thread[{index}].name", thread.name, _NAME, "its pane") for index, thread in enumerate(level.threads)]
    for key, text, most, where in texts:
        if columns(text) > most:
            yield key, f"has {columns(text)} columns; {where} has room for {most}", "shorten it"


def _lines(level: Level) -> Iterator[Misfit]:
    """Texts that line mode prints as they stand."""
    for key, text in (("briefing", level.briefing), ("debrief", level.debrief)):
        for line in text.splitlines():
            if columns(line) > COLUMNS:
                message = f"a line has {columns(line)} columns; {COLUMNS} fit: {line.strip()[:30]}..."
                yield key, message, "break it"


def _pages(level: Level, proof: Proof | None) -> Iterator[Misfit]:
    """Texts that have to be seen without scrolling."""
    listed = with_par(level.listed, proof)
    briefing = len(wrap(briefing_lines(listed), _PAGE[0]))
    if briefing > _PAGE[1]:
        message = f"its page has {briefing} lines, with goal, idea, commits and threads; {_PAGE[1]} are seen at once"
        yield "briefing", message, "shorten it, or one of those"
    detail = len(wrap(level_detail(listed), _DETAIL[0]))
    if detail > _DETAIL[1]:
        message = f"takes {detail} lines below the list of levels, with title, era and goal; there are {_DETAIL[1]}"
        yield "idea", message, "shorten it, or one of those"


def _play(view: View) -> Iterator[Misfit]:
    """What has to be seen while playing."""
    steps, preemptions = _RUN
    if CUT in status_line(evolve(TopLine.of(view), steps=steps, preemptions=preemptions), COLUMNS).plain:
        yield "goal", f"does not fit into the top line while playing: {view.goal[:60]}", "shorten its condition"
    threads = len(view.threads)
    machine = len(view.nodes) + max(len(view.scans), 1) + word_height(view.words, COLUMNS, roomy=False)
    panes = _PANE * min(threads, 2) + max(threads - 2, 0)
    over = _AROUND + threads + machine + panes - LINES
    if over > 0:
        message = f"takes {over} lines more than there are, beside the nodes and the source of two threads"
        yield "show", message, "name fewer lvalues"
