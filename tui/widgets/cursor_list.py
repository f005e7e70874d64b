# SPDX-License-Identifier: GPL-2.0-or-later
"""A list to choose from, in which a sign stands before the line under the cursor."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList

GUTTER: Final = 1
"""The cells to the left of a list's text."""


class CursorList(OptionList):
    """Options one below the other. The cursor is seen without colours, too."""

    def _get_left_gutter_width(self) -> int:
        return GUTTER

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self.call_after_refresh(self.scroll_to_highlight)

    def render_line(self, y: int) -> Strip:
        """A line of an option behind the cursor's sign."""
        text = super().render_line(y)
        style = next((segment.style for segment in text if segment.style), Style())
        pointed = self.highlighted is not None and style.meta.get("option") == self.highlighted
        return Strip([Segment(">" if pointed else " ", style), *text])
