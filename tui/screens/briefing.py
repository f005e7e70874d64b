# SPDX-License-Identifier: GPL-2.0-or-later
"""What a player reads before a level."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from puzzles.levels.listing import Listed
from tui.lines.briefing import briefing_lines
from tui.lines.hints import Hint
from tui.screens.page import CLOSE, SCROLL, PageScreen

START = Hint("enter", "start", "screen.start", 0)


class BriefingScreen(PageScreen[bool]):
    """The briefing. Dismissed with True to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "start", "start")]

    def __init__(self, level: Listed) -> None:
        super().__init__("briefing", briefing_lines(level), (START, CLOSE, SCROLL))

    def action_start(self) -> None:
        """Begin."""
        self.dismiss(True)
