# SPDX-License-Identifier: GPL-2.0-or-later
"""The history of the schemes, from 2005 on: each with what it did, cost, and broke by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from puzzles.history import Era, kernel_pair, kernel_text
from tui.lines.compare import compare, compare_lines
from tui.lines.hints import Hint
from tui.lines.history import era_detail, era_entry
from tui.lines.source import file_lines
from tui.player.history_reader import HistoryReader
from tui.screens.choices import Visit
from tui.screens.notes import notes_page
from tui.screens.page import CLOSE, TYPE
from tui.screens.prompting import PromptScreen
from tui.screens.sheet import SheetScreen
from tui.widgets import CursorList, Foot, MessageLine, PromptLine, RunningText, Title
from tui.widgets.sheet import Make

HINTS = (
    Hint("\u2191 \u2193", "era", "", 2),
    Hint("enter", "its levels", "screen.visit", 0),
    Hint("b", "what broke it", "screen.broken", 1),
    Hint("s", "its source", "screen.source", 1),
    Hint("d", "what changed", "screen.compare", 1),
    Hint("n", "notes", "screen.notes", 1),
    Hint("pgup pgdn", "read on", "", 3),
    CLOSE,
)


class HistoryScreen(PromptScreen[Visit]):
    """The time line, and the era under the cursor. Dismissed with the level to go to, or None for going back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "broken", "what broke it"),
        Binding("s", "source", "its source"),
        Binding("d", "compare", "what changed"),
        Binding("n", "notes", "notes"),
        Binding("pagedown", "read(1)", "read on", priority=True),
        Binding("pageup", "read(-1)", "read back", priority=True),
        Binding("escape", "close", "back"),
    ]

    def __init__(self, reader: HistoryReader, start: Era | None = None) -> None:
        super().__init__()
        self.reader = reader
        self.history = reader.history
        self.progress = [reader.progress(era) for era in self.history.eras]
        self.start = self.history.eras.index(start) if start else 0
        self.warned = ""

    def compose(self) -> ComposeResult:
        """The time line above, the era below."""
        yield Title("history: who guarded the masks since 2005")
        entries = map(era_entry, self.history.eras, self.progress)
        yield CursorList(*(Option(entry) for entry in entries), compact=True)
        with VerticalScroll(id="era", can_focus=False):
            yield RunningText([])
        yield MessageLine(classes="answer")
        yield Foot(HINTS)
        yield PromptLine()

    def on_mount(self) -> None:
        """Begin at the era that was asked for."""
        listed = self.query_one(OptionList)
        listed.focus()
        listed.highlighted = self.start

    @property
    def place(self) -> int:
        """The index of the era under the cursor."""
        return self.query_one(OptionList).highlighted or 0

    @property
    def era(self) -> Era:
        """The era under the cursor."""
        return self.history.eras[self.place]

    @on(OptionList.OptionHighlighted)
    def describe(self) -> None:
        """Tell about the era under the cursor."""
        self.query_one("#era", VerticalScroll).scroll_home(animate=False)
        self.query_one(RunningText).shown = tuple(era_detail(self.history, self.era, self.progress[self.place]))
        self.query_one(Foot).hints = tuple(self._hints())

    def _hints(self) -> Iterator[Hint]:
        """The keys that do something in the era under the cursor."""
        progress = self.progress[self.place]
        without = (
            "screen.broken" if progress.titled or not (self.era.broken or self.era.commits) else "",
            "" if progress.next else "screen.visit",
            "" if self.era.kernel else "screen.source",
            "" if self.history.previous(self.era) else "screen.compare",
        )
        yield from (hint for hint in HINTS if not hint.action or hint.action not in without)
        if self.typing is not None:
            yield TYPE[-1]

    @on(OptionList.OptionSelected)
    def action_visit(self) -> None:
        """Go to the levels of the era."""
        level = self.progress[self.place].next
        if level:
            self.dismiss(Visit(level))
        else:
            self._say("no level plays this era")

    def read_on(self, *eras: Era) -> str:
        """Tell all of some eras, although their levels are not settled; what that counts as, "" for nothing."""
        noted = self.reader.read_on(eras)
        self.progress = [self.reader.progress(era) for era in self.history.eras]
        return noted

    def action_broken(self) -> None:
        """Tell what broke the era under the cursor, although its levels are not settled."""
        self._note(self.read_on(self.era))
        self.describe()

    def _note(self, noted: str) -> None:
        if noted:
            self._say(noted)

    def action_source(self) -> None:
        """Read the kernel file of the era."""
        self._open(lambda era: (era.kernel, partial(file_lines, kernel_text(era))))

    def action_notes(self) -> None:
        """Read what the notes say of the era, with sources and doubts; the price is told before."""
        closed = dict.fromkeys(era for section in self.era.sections for era in self.reader.closed(section))
        if closed and self.warned != self.era.id:
            self.warned = self.era.id
            self._say(f"these notes give levels away: n again reads them, as help with {self.reader.price(closed)}")
            return
        try:
            page = notes_page(self.era.sections)
        except ValueError as problem:
            self._say(str(problem))
            return
        self._note(self.read_on(*closed))
        self.describe()
        self.app.push_screen(page)

    def action_compare(self) -> None:
        """Read what the kernel file of the era changed."""
        self._open(self._comparison)

    def _comparison(self, era: Era) -> tuple[str, Make]:
        before, old, new = kernel_pair(self.history, era)
        return f"{before.kernel} \u2192 {era.kernel}", partial(compare_lines, compare(old, new))

    def _open(self, made: Callable[[Era], tuple[str, Make]]) -> None:
        try:
            title, make = made(self.era)
        except ValueError as problem:
            self._say(str(problem))
            return
        self.app.push_screen(SheetScreen(title, make))

    def action_read(self, pages: int) -> None:
        """Scroll the text about the era."""
        era = self.query_one("#era", VerticalScroll)
        era.scroll_relative(y=pages * max(era.size.height - 1, 1), animate=False)

    @property
    def enter_does(self) -> str:
        """Go back."""
        return "back"

    def submit_nothing(self) -> None:
        """Go back."""
        self.action_close()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        self.notify(sentence, severity="warning", markup=False)
