# SPDX-License-Identifier: GPL-2.0-or-later
"""The opening page."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.events import Resize

from puzzles.levels import Level
from tui.lines.hints import Hint
from tui.lines.text import Hanging
from tui.lines.welcome import welcome_lines
from tui.screens.page import SCROLL
from tui.screens.terms import EXPLAIN, ExplainedScreen
from tui.widgets import RunningText

ON = Hint("enter", "go on", "screen.close", 0)
MARGINS, MOST_WIDTH = 5, 100
"""Columns beside the text, and those that it has at most, as styles/base.tcss has them."""


class WelcomeScreen(ExplainedScreen[None]):
    """Who one is, and the machine of a level."""

    def __init__(self, level: Level, keymap: Mapping[str, str], width: int) -> None:
        self.level = level
        self.keymap = keymap
        super().__init__("oomrace", self._lines(width), (ON, EXPLAIN, SCROLL))

    def on_resize(self, event: Resize) -> None:
        """Draw the machine anew for another width."""
        self.text = self._lines(event.size.width)
        for text in self.query(RunningText):
            text.shown = tuple(self.text)

    def _lines(self, width: int) -> list[Content | Hanging]:
        return welcome_lines(self.level, self.keymap, min(width - MARGINS, MOST_WIDTH))
