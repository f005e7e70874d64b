# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines that are made anew for each width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Make: TypeAlias = Callable[[int], Sequence[Content]]
"""From a width in cells to lines that are no wider."""


class Sheet(Widget):
    """As many lines as there are; for more than fits, put it into something that scrolls."""

    DEFAULT_CSS = "Sheet { height: auto; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, make: Make) -> None:
        super().__init__()
        self.make = make
        self._made: tuple[int, Sequence[Content]] = (0, ())

    def lines(self, width: int) -> Sequence[Content]:
        """The lines for a width, made once."""
        if self._made[0] != width:
            self._made = (width, self.make(width))
        return self._made[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines there are at a width."""
        del container, viewport
        return len(self.lines(width))

    def render(self) -> Content:
        """Join the lines."""
        return Content("\n").join(list(self.lines(self.size.width)))
