# SPDX-License-Identifier: GPL-2.0-or-later
"""The source of the level's kernel, all files of it: to be read, and to mark because of what it is safe."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from puzzles.judging.ask import Ask
from tui.actions.requests import ShowSource
from tui.actions.source import lines_with
from tui.game.game import Game
from tui.game.signs import signs
from tui.lines.hints import Hint
from tui.lines.source import Listing, file_title, listed_line
from tui.screens.choices import TypedLine
from tui.screens.page import TYPE
from tui.screens.prompting import PromptScreen
from tui.view.words import MARKABLE
from tui.widgets import CursorList, Foot, MessageLine, PromptLine, Title
from tui.widgets.cursor_list import GUTTER

HINTS = (
    Hint("enter", "mark, or no longer", "screen.mark", 0),
    Hint("S", "claim it safe because of those", "screen.claim", 0),
    Hint("tab", "next file", "screen.file(1)", 1),
    Hint("/ n N", "search", "screen.prompt('search ')", 1),
    Hint("\u2191 \u2193", "line", "", 2),
    Hint("esc Z", "back", "screen.close", 0),
    TYPE[-1],
)
ASKED = "because of which line? enter or a click marks it, S claims; nothing is claimed yet"


class SourceScreen(PromptScreen[TypedLine]):
    """One line of source under the other. Dismissed with the line of a command that is wanted, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark"),
        Binding("S", "claim", "claim"),
        Binding("tab", "file(1)", "next file", priority=True),
        Binding("shift+tab", "file(-1)", "file before", priority=True),
        Binding("slash", "prompt('search ')", "search"),
        Binding("n", "again(1)", "search on"),
        Binding("N", "again(-1)", "search back"),
        Binding("escape,Z", "close", "back"),
    ]

    def __init__(self, game: Game, asked: ShowSource) -> None:
        super().__init__()
        self.game = game
        self.asked = asked
        self.word = ""
        self.said: str | None = None
        self.claims = game.aside is None and game.level.ask is Ask.DECIDE
        self.listing = Listing.of(game.machine.program, game.lesson.taken if game.lesson else ())
        self.signs: dict[str, Mapping[int, str]] = {}
        self._look_at_signs()
        self.places = [(file, line) for file, text in self.listing.files.items() for line in range(len(text) + 1)]

    def compose(self) -> ComposeResult:
        """A heading for each file, and its lines."""
        signs_ = (
            ", - is taken away" if self.game.lesson else ", = marked as a reason, - goes along" if self.claims else ""
        )
        yield Title(f"{self.game.level.id}: the source that runs{signs_}")
        yield CursorList(*(self._option(file, line) for file, line in self.places), compact=True)
        yield MessageLine(classes="answer")
        yield Foot(HINTS if self.claims else HINTS[2:], whole=True)
        yield PromptLine()

    def _option(self, file: str, line: int) -> Option:
        width = self.app.size.width - GUTTER - 1  # of the scrollbar
        if not line:
            return Option(file_title(file, width), disabled=True)
        return Option(listed_line(self.listing, file, line, self.signs[file].get(line, " "), width))

    def _look_at_signs(self) -> None:
        self.signs = {file: signs(self.game, file) for file in self.listing.files}

    def on_mount(self) -> None:
        """Begin at the line that was asked for."""
        self.query_one(OptionList).focus()
        self.go(self.asked)
        if self.asked.ask or self.said or self.claims:
            self._tell(self.said or (ASKED if self.asked.ask else MARKABLE), failed=False)
        self.said = None

    def on_resize(self) -> None:
        """Break the lines anew."""
        listed = self.query_one(OptionList)
        for number, (file, line) in enumerate(self.places):
            listed.replace_option_prompt_at_index(number, self._option(file, line).prompt)

    def go(self, asked: ShowSource) -> None:
        """Go to a line, the head of a function, or the next line that has a word."""
        self.said = ""
        if asked.word:
            self.word = asked.word
            self.said = self._go_on(1)
            self.close_prompt()
            return
        listed = self.query_one(OptionList)
        listed.highlighted = self.places.index((asked.file, min(asked.line, len(self.listing.files[asked.file]))))
        listed.scroll_to_highlight(top=bool(asked.function))

    def _go_on(self, by: int) -> str:
        """Go to the next line that has the word, or the one before, from the last one on to the first; say which."""
        listed = self.query_one(OptionList)
        places = [self.places.index(place) for place in lines_with(self.game.machine.program, self.word)]
        at = -1 if listed.highlighted is None else listed.highlighted
        chosen = (bisect_right(places, at) if by > 0 else bisect_left(places, at) - 1) % len(places)
        listed.highlighted = places[chosen]
        listed.scroll_to_highlight(top=True)
        return f"{chosen + 1} of {len(places)} lines with {self.word}: n goes to the next, N to the one before"

    def action_again(self, by: int) -> None:
        """Search on for the word; where none was given, ask for it."""
        if not self.word:
            self.action_prompt("search ")
            return
        self._tell(self._go_on(by), failed=False)

    @property
    def place(self) -> tuple[str, int]:
        """The file and line under the cursor."""
        return self.places[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionSelected)
    def action_mark(self) -> None:
        """Mark the statement under the cursor, or take its mark away."""
        file, line = self.place
        if self.typing is not None:
            self.typing.take(f"mark {file}:{line}", self.answered)

    def answered(self, done: bool, sentence: str) -> None:
        """Show what is marked now, and what came of it."""
        super().answered(done, sentence if self.said is None else self.said)
        self.said = None
        listed, before = self.query_one(OptionList), self.signs
        self._look_at_signs()
        for number, (file, line) in enumerate(self.places):
            if line and before[file].get(line) != self.signs[file].get(line):
                listed.replace_option_prompt_at_index(number, self._option(file, line).prompt)

    def action_claim(self) -> None:
        """Claim that it is safe because of what is marked."""
        if self.game.marks or not self.claims:
            self.dismiss(TypedLine("claim"))
        else:
            self._tell(ASKED, failed=True)

    def action_file(self, by: int) -> None:
        """Go to the next file, or the one before."""
        files = list(self.listing.files)
        file = files[(files.index(self.place[0]) + by) % len(files)]
        listed = self.query_one(OptionList)
        listed.highlighted = self.places.index((file, 1))
        listed.scroll_to_highlight(top=True)

    @property
    def enter_does(self) -> str:
        """Nothing but to close the prompt."""
        return ""

    def submit_nothing(self) -> None:
        """Put the prompt away."""
        self.close_prompt()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
