# SPDX-License-Identifier: GPL-2.0-or-later
"""What all panels have in common: lines of text made by a pure function from what they were given."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.lines.text import rule


class Panel(Widget):
    """A widget of text lines. A subclass says which lines; nothing in it can be focused.

    What it shows stands in `shown`, a reactive that does not repaint: the panel repaints the rows that differ.
    """

    DEFAULT_CSS = "Panel { height: 1; width: 1fr; }"
    ALLOW_SELECT = False
    made: Sequence[Content] = ()
    fresh: Size | None = None

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The lines to show in a space of `width` cells and `height` lines."""
        raise NotImplementedError

    def watch_shown(self) -> None:
        """Repaint the rows that differ from those that are on the screen: all else would be sent for nothing."""
        if not self.is_mounted:
            return
        before, after = self.made, self._make()
        self.fresh = self.size
        if len(before) != len(after):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if not new.is_same(old)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render(self) -> Content:
        """Join the lines."""
        made = self.made if self.fresh == self.size else self._make()
        self.fresh = None
        return Content("\n").join(list(made))

    def _make(self) -> Sequence[Content]:
        width, height = self.size
        self.made = list(self.lines(width, height))[:height]
        return self.made


class Title(Panel):
    """A line across with a title."""

    title: reactive[str] = reactive("")

    def __init__(self, title: str) -> None:
        super().__init__()
        self.set_reactive(Title.title, title)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The rule."""
        return [rule(self.title, width)][:height]
