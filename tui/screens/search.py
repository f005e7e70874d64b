# SPDX-License-Identifier: GPL-2.0-or-later
"""What the player waits for: a search, or a level that is being loaded."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.explorer.searching import BackgroundSearch
from tui.screens.once import Once

EACH = 0.05
PATIENCE = 0.3
"""Seconds after which a player wants to see that something is going on."""


WAIT = "\n\nThe answer comes when the search ends: keys do nothing until then."


class SearchScreen(ModalScreen[bool], Once[bool]):
    """How far a search is. Dismissed with whether it came to its end."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "stop")]

    def __init__(self, search: BackgroundSearch) -> None:
        super().__init__()
        self.search = search
        self.left = False
        self.hint = ""

    def compose(self) -> ComposeResult:
        """The question, how far the search is, and the key that ends it."""
        yield Static(self._text())

    def on_mount(self) -> None:
        """Look after the search now and then."""
        self.set_interval(EACH, self._look)

    def _look(self) -> None:
        self.query_one(Static).update(self._text())
        if self.search.over and self.app.screen is self:
            self._leave(True)

    def _leave(self, ended: bool) -> None:
        """Go, once: it takes a moment, and the clock still ticks."""
        if not self.left:
            self.left = True
            self.dismiss(ended)

    def _text(self) -> Content:
        return Content.from_markup(
            "$what\n\n$told$hint\n\n[b]esc[/b] stop",
            what=self.search.what,
            told=self.search.progress_sentence,
            hint=self.hint,
        )

    def on_key(self, event: Key) -> None:
        """Say to who goes on typing that the answer is still to come."""
        if event.key != "escape":
            self.hint = WAIT

    def action_stop(self) -> None:
        """End the search."""
        self.search.stop()
        self._leave(False)


class LoadScreen(SearchScreen):
    """Something that is mostly there at once: a sign comes after a while. What is typed meanwhile is dropped."""

    def on_mount(self) -> None:
        """Wait before saying anything."""
        self.query_one(Static).display = False
        self.set_timer(PATIENCE, self._say)

    def _say(self) -> None:
        self.query_one(Static).display = True
