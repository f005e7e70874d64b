# SPDX-License-Identifier: GPL-2.0-or-later
"""The end of a run."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from puzzles.levels import Level
from tui.lines.keys import Hint
from tui.lines.pages import Ending, ending_lines
from tui.screens.page import PageScreen

_AFTER_ANY = (
    Hint("u", "step back", "screen.choose('back')", 1),
    Hint("x", "again", "screen.choose('restart')", 0),
    Hint("o", "rescue", "screen.choose('rescue')", 1),
    Hint("l", "why: the ladder", "screen.choose('ladder')", 1),
    Hint("space", "look around", "screen.close", 2),
    Hint("esc", "levels", "screen.choose('levels')", 0),
)


class OutcomeScreen(PageScreen):
    """How the run ended. Dismissed with what the player wants next: a command, "next", or "" to look around."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "next level"),
        Binding("u,left", "choose('back')", "step back"),
        Binding("x", "choose('restart')", "again"),
        Binding("o", "choose('rescue')", "rescue"),
        Binding("l", "choose('ladder')", "ladder"),
        Binding("space", "close", "look around"),
        Binding("escape", "choose('levels')", "levels"),
        Binding("q", "choose('quit')", "quit"),
    ]

    def __init__(self, level: Level, ending: Ending, *, last: bool = False) -> None:
        following = "levels" if last else "next level"
        onward = Hint("enter", following if ending.won else "step back", "screen.onward", 0)
        after = [hint for hint in _AFTER_ANY if hint.keys != "o" or ending.lost]
        super().__init__(f"{level.id}  {level.title}", ending_lines(level, ending), (onward, *after))
        self.ending = ending

    def action_onward(self) -> None:
        """Go to the next level after a win, one step back after a loss."""
        self.dismiss("next" if self.ending.won else "back")
