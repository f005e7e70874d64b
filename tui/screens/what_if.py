# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks once it is settled: a question with its keys, and what the explorer says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.lines.hints import Hint
from tui.screens.choices import TypedLine
from tui.screens.page import BACK, CLOSE, SCROLL, PageScreen

YES = Hint("y", "yes", "screen.type('yes')", 0)
NO = Hint("n", "no", "screen.type('no')", 0)
PLAY = Hint("p", "play it", "screen.type('play')", 0)
ON = Hint("W", "the questions", "screen.type('')", 1)


class AnsweringScreen(PageScreen[TypedLine]):
    """A page about a question, by its number; dismissed with what is said of it."""

    def __init__(self, lines: Iterable[str], number: int, hints: tuple[Hint, ...]) -> None:
        super().__init__(f"what if {number}", lines, hints)
        self.number = number

    def action_type(self, word: str) -> None:
        """Say a word about the question; without one, go on to the next."""
        self.dismiss(TypedLine(f"whatif {self.number} {word}" if word else "whatif"))


class QuestionScreen(AnsweringScreen):
    """A question, which is answered with one key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(hint.keys, hint.action.removeprefix("screen."), hint.does) for hint in (YES, NO))
    ]

    def __init__(self, lines: Iterable[str], number: int) -> None:
        super().__init__(lines, number, (YES, NO, CLOSE, SCROLL))


class WhatIfScreen(AnsweringScreen):
    """The answer to a question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(hint.keys, hint.action.removeprefix("screen."), hint.does) for hint in (PLAY, ON))
    ]

    def __init__(self, lines: Iterable[str], number: int) -> None:
        super().__init__(lines, number, (PLAY, ON, BACK, SCROLL))
