# SPDX-License-Identifier: GPL-2.0-or-later
"""The line of keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from tui.lines.keys import Hint, key_line
from tui.widgets.panel import Panel


class Foot(Panel):
    """Keys and what they do; those that matter most are never cut. A click does what the key does.

    `said` takes their place: a sentence about the key that was pressed last.
    """

    hints: reactive[tuple[Hint, ...]] = reactive(())
    said: reactive[str] = reactive("")

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self.set_reactive(Foot.hints, tuple(hints))

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """One line."""
        if self.said:
            return [Content(f" {self.said}").stylize("bold $text-error").truncate(width, ellipsis=True)]
        return [key_line(self.hints, width)][:height]
