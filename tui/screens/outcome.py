# SPDX-License-Identifier: GPL-2.0-or-later
"""The end of a run, or of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from puzzles.levels import Level
from tui.lines.endings import Text
from tui.lines.keys import Hint
from tui.screens.page import PageScreen
from tui.widgets import RunningText

_AFTER = (
    Hint("u", "step back", "screen.choose('back')", 1),
    Hint("x", "again", "screen.choose('restart')", 0),
    Hint("o", "rescue", "screen.choose('rescue')", 1),
    Hint("m", "ways", "screen.ways", 1),
    Hint("l", "why", "screen.choose('ladder')", 1),
    Hint("T", "kernels", "screen.choose('transfer')", 1),
    Hint("space", "look around", "screen.close", 2),
    Hint("esc", "levels", "screen.choose('levels')", 0),
)


class OutcomeScreen(PageScreen):
    """What it came to. Dismissed with what the player wants next: a command, "next", or "" to look around.

    `won` decides what enter does; `keys` are those to be named at the foot.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "next level"),
        Binding("u,left", "choose('back')", "step back"),
        Binding("x", "choose('restart')", "again"),
        Binding("o", "choose('rescue')", "rescue"),
        Binding("m", "ways", "ways to win"),
        Binding("l", "choose('ladder')", "ladder"),
        Binding("T", "choose('transfer')", "other kernels"),
        Binding("space", "close", "look around"),
        Binding("escape", "choose('levels')", "levels"),
        Binding("q", "choose('quit')", "quit"),
    ]

    def __init__(self, level: Level, lines: Iterable[Text], keys: str, *, won: bool, last: bool) -> None:
        following = "levels" if last else "next level"
        onward = Hint("enter", following if won else "step back", "screen.onward", 0)
        named = keys.split()
        super().__init__(f"{level.id}  {level.title}", lines, (onward, *(one for one in _AFTER if one.keys in named)))
        self.won = won
        self.ways: Callable[[], Sequence[str]] = tuple

    def say(self, lines: Iterable[Text]) -> None:
        """Change what the page says: more is known by now. The page may be about to come, or to go."""
        self.text = list(lines)
        for text in self.query(RunningText):
            text.shown = tuple(self.text)

    def action_onward(self) -> None:
        """Go to the next level after a win, one step back after a loss."""
        self.dismiss("next" if self.won else "back")

    def action_ways(self) -> None:
        """Show the best schedules, where they are known."""
        if ways := self.ways():
            self.app.push_screen(PageScreen("the best ways to win", ways))
