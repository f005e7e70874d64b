# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of levels: all of them open from the start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from puzzles.levels import Pack
from tui.lines.keys import Hint
from tui.lines.pages import Bests, broken_line, chapter_line, detail_lines, level_line
from tui.widgets import Foot, RunningText, Title

HINTS = (
    Hint("enter", "play", "screen.select", 0),
    Hint("\u2191 \u2193", "choose", "", 1),
    Hint("?", "help", "screen.help", 0),
    Hint("q", "quit", "screen.leave", 0),
)


class LevelsScreen(Screen[None]):
    """Chapters in order of time, their levels, and what is new in the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help"),
        Binding("q", "leave", "quit"),
    ]

    class Chosen(Message):
        """A level is to be played."""

        def __init__(self, level_id: str) -> None:
            super().__init__()
            self.level_id = level_id

    class Asked(Message):
        """Something else is wanted: help or quit."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, pack: Pack, bests: Bests) -> None:
        super().__init__()
        self.pack = pack
        self.bests = bests

    def compose(self) -> ComposeResult:
        """The list, and what is known of the level under the cursor."""
        yield Title(f"oomrace  {self.pack.title}")
        yield OptionList(compact=True)
        yield RunningText([], "detail")
        yield Foot(HINTS)

    def on_mount(self) -> None:
        """Fill the list; begin at the first level that is not solved, else at the first one."""
        self.fill()
        self.query_one(OptionList).focus()
        bests = self.bests()
        ids = [level.id for level in self.pack.levels]
        unsolved = [id_ for id_ in ids if id_ not in bests]
        for id_ in (unsolved or ids)[:1]:
            self.point_at(id_)

    def point_at(self, level_id: str) -> None:
        """Put the cursor on a level."""
        listed = self.query_one(OptionList)
        ids = [option.id for option in listed.options]
        if level_id in ids:
            listed.highlighted = ids.index(level_id)

    def on_screen_resume(self) -> None:
        """Show what was solved meanwhile."""
        self.fill()

    def fill(self) -> None:
        """Make the list anew; the cursor stays."""
        listed = self.query_one(OptionList)
        place = listed.highlighted
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = place

    def _options(self) -> Iterator[Option | None]:
        bests = self.bests()
        for number, chapter in enumerate(self.pack.chapters):
            if number:
                yield Option("", disabled=True)
            yield Option(chapter_line(chapter), disabled=True)
            for level in self.pack.in_chapter(chapter.id):
                yield Option(level_line(level, bests.get(level.id)), id=level.id)
            for id_ in self.pack.broken:
                if id_.partition("/")[0] == chapter.id:
                    yield Option(broken_line(id_), id=id_)

    @on(OptionList.OptionHighlighted)
    def describe(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the level under the cursor is about."""
        id_ = event.option.id or ""
        self.query_one(RunningText).shown = tuple(detail_lines(self.pack, id_))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Play the level under the cursor."""
        self.post_message(self.Chosen(event.option.id or ""))

    def action_select(self) -> None:
        """Play the level under the cursor."""
        self.query_one(OptionList).action_select()

    def action_help(self) -> None:
        """Show the keys."""
        self.post_message(self.Asked("help"))

    def action_leave(self) -> None:
        """Leave the game."""
        self.post_message(self.Asked("quit"))
