# SPDX-License-Identifier: GPL-2.0-or-later
"""The keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive

from tui.lines.hints import Hint, key_line, key_lines
from tui.widgets.panel import Panel


class Foot(Panel):
    """Keys and what they do. On one line, those that matter most are never cut; or else all, on up to two lines.

    A click does what the key does. `said` takes their place: a sentence about the key that was pressed last.
    """

    hints: reactive[tuple[Hint, ...]] = reactive((), layout=True)
    said: reactive[str] = reactive("")

    def __init__(self, hints: Sequence[Hint], *, whole: bool = False) -> None:
        super().__init__()
        self.whole = whole
        self.set_reactive(Foot.hints, tuple(hints))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the keys need at a width."""
        del container, viewport
        return min(len(key_lines(self.hints, width)), 2) if self.whole else 1

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """One line, or those that are needed."""
        if self.said:
            return [Content(f" {self.said}").stylize("bold $text-error").truncate(width, ellipsis=True)]
        return (key_lines(self.hints, width) if self.whole else [key_line(self.hints, width)])[:height]
