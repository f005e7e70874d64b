# SPDX-License-Identifier: GPL-2.0-or-later
"""What all panels have in common: lines of text made by a pure function from what they were given."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.lines.text import rule


class Panel(Widget):
    """A widget of text lines. A subclass says which lines; nothing in it can be focused."""

    DEFAULT_CSS = "Panel { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The lines to show in a space of `width` cells and `height` lines."""
        raise NotImplementedError

    def render(self) -> Content:
        """Join the lines."""
        width, height = self.size
        return Content("\n").join(list(self.lines(width, height))[:height])


class Title(Panel):
    """A line across with a title."""

    title: reactive[str] = reactive("")

    def __init__(self, title: str) -> None:
        super().__init__()
        self.set_reactive(Title.title, title)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The rule."""
        return [rule(self.title, width)][:height]
