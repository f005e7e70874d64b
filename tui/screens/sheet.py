# SPDX-License-Identifier: GPL-2.0-or-later
"""Code to read and to put away: a source, or a comparison of two."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tui.screens.once import Once
from tui.screens.page import BACK, SCROLL
from tui.widgets import Foot, Sheet, Title
from tui.widgets.sheet import Make


class SheetScreen(Once[None]):
    """A titled sheet that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", "back")]

    def __init__(self, title: str, make: Make) -> None:
        super().__init__()
        self.heading = title
        self.make = make

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        yield Title(self.heading)
        with VerticalScroll():
            yield Sheet(self.make)
        yield Foot((BACK, SCROLL))

    def on_mount(self) -> None:
        """Let the keys scroll the lines."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
