# SPDX-License-Identifier: GPL-2.0-or-later
"""Why did this happen: every access to the words that several threads touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.lines.hints import Hint
from tui.lines.ladder import ladder_entries
from tui.screens.page import TYPE
from tui.screens.prompting import PromptScreen
from tui.view.model import LadderRung
from tui.view.roles import Role
from tui.widgets import CursorList, Foot, MessageLine, PromptLine, Title

CLOSE = Hint("esc l", "back", "screen.close", 0)


class LadderScreen(PromptScreen[int]):
    """The ladder. Dismissed with the step to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,l", "close", "back"),
        Binding("s", "prompt('save ')", "save"),
    ]

    def __init__(self, rungs: Sequence[LadderRung], threads: Mapping[str, Role]) -> None:
        super().__init__()
        self.entries = list(ladder_entries(rungs, threads))
        noted = [rung.step for rung in rungs if rung.note]
        self.start = noted[0] if noted else None

    def compose(self) -> ComposeResult:
        """The rungs."""
        yield Title("why: the words that several threads touch, in order")
        if self.entries:
            yield CursorList(*(self._option(place) for place in range(len(self.entries))), compact=True)
        else:
            yield Static("No word was touched by two threads.", classes="empty")
        yield MessageLine(classes="answer")
        yield Foot((*((Hint("enter", "go to that step", "", 0),) if self.entries else ()), CLOSE, *TYPE), whole=True)
        yield PromptLine()

    def _option(self, place: int) -> Option:
        text, step = self.entries[place]
        return Option(text, disabled=step is None)

    def on_mount(self) -> None:
        """Begin at the first read that found something new."""
        if self.entries:
            steps = [step for _, step in self.entries]
            listed = self.query_one(OptionList)
            listed.focus()
            listed.highlighted = steps.index(self.start) if self.start in steps else 1

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        """Go to the step of a rung."""
        self.dismiss(self.entries[event.option_index][1])

    @property
    def enter_does(self) -> str:
        """Go back."""
        return "back"

    def submit_nothing(self) -> None:
        """Go back."""
        self.action_close()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
