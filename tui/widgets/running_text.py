# SPDX-License-Identifier: GPL-2.0-or-later
"""Text that wraps to the width it is given, with hanging indents."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.lines.text import Hanging, Lines, wrap


class RunningText(Widget):
    """Paragraphs and lists, as high as they need."""

    DEFAULT_CSS = "RunningText { height: auto; width: 1fr; }"

    shown: reactive[tuple[Content | Hanging, ...]] = reactive((), layout=True)

    def __init__(self, lines: Lines, name: str = "") -> None:
        super().__init__(id=name or None)
        self.set_reactive(RunningText.shown, tuple(lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines the text has at a width."""
        del container, viewport
        return len(wrap(self.shown, width))

    def render(self) -> Content:
        """The wrapped lines."""
        return Content("\n").join(wrap(self.shown, self.size.width))
