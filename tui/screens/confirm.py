# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions that are answered with one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.choices import Leaving
from tui.screens.once import Once


class LeaveScreen(ModalScreen[Leaving], Once[Leaving]):
    """Whether to leave runs that are kept. Dismissed with the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('LEAVE')", "leave"),
        Binding("d", "answer('DISCARD')", "discard"),
        Binding("n,escape", "answer('STAY')", "stay"),
    ]

    def __init__(self, levels: Sequence[str]) -> None:
        super().__init__()
        self.levels = levels

    def compose(self) -> ComposeResult:
        """What is kept, and the keys."""
        runs, them = ("Your run of {} is", "it") if len(self.levels) == 1 else ("Your runs of {} are", "them")
        said = f"{runs.format(', '.join(self.levels))} kept: the next time you can go on there. Leave?"
        yield Static(f"{said}\n\n[b]y[/b] yes   [b]n esc[/b] no   [b]d[/b] discard {them} and leave")

    def action_answer(self, name: str) -> None:
        """Answer."""
        self.dismiss(Leaving[name])


class ConfirmScreen(ModalScreen[bool], Once[bool]):
    """Dismissed with the answer; whatever is not a yes is a no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes"),
        Binding("n,escape", "answer(False)", "no"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        yield Static(f"{self.question}\n\n[b]y[/b] yes   [b]n esc[/b] no")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)
