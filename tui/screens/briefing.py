# SPDX-License-Identifier: GPL-2.0-or-later
"""What a player reads before a level."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from puzzles.levels.listing import Listed
from tui.lines.briefing import briefing_lines
from tui.lines.hints import Hint
from tui.lines.terms import is_loaded
from tui.screens.page import CLOSE, SCROLL
from tui.screens.terms import EXPLAIN, ExplainedScreen
from tui.widgets import RunningText

START = Hint("enter", "start", "screen.start", 0)


class BriefingScreen(ExplainedScreen[bool]):
    """The briefing. Dismissed with True to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "start", "start")]
    no_prompt = "enter starts the level; there : opens the prompt"

    def __init__(self, level: Listed) -> None:
        super().__init__("briefing", briefing_lines(level, marks=is_loaded()), (START, CLOSE, EXPLAIN, SCROLL))
        self.level = level

    def mark(self) -> None:
        """Mark the terms, for which the glossary is loaded."""
        self.text = briefing_lines(self.level)
        for text in self.query(RunningText):
            text.shown = tuple(self.text)

    def action_start(self) -> None:
        """Begin."""
        self.dismiss(True)
