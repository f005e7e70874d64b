# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of a level that were left: which one to go on with, if any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from puzzles.journals import KeptRun
from puzzles.levels import Level
from tui.lines.hints import Hint
from tui.player.runs import run_text
from tui.screens.choices import Anew
from tui.screens.confirm import ConfirmScreen
from tui.screens.once import Once
from tui.widgets import CursorList, Foot, RunningText, Title

HINTS = (
    Hint("enter", "go on", "screen.select", 0),
    Hint("n", "begin anew", "screen.anew", 0),
    Hint("d", "discard", "screen.discard", 1),
    Hint("\u2191 \u2193", "choose", "", 2),
    Hint("esc", "back", "screen.close", 0),
)


class ResumeScreen(Once[KeptRun | Anew]):
    """Dismissed with the run to go on with, Anew, or None for neither."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "anew", "begin anew"),
        Binding("d", "discard", "discard"),
        Binding("escape", "close", "back"),
    ]

    def __init__(self, level: Level, runs: Sequence[KeptRun]) -> None:
        super().__init__()
        self.level = level
        self.runs = list(runs)

    def compose(self) -> ComposeResult:
        """The runs, the latest first."""
        yield Title(f"{self.level.id}  {self.level.title}")
        yield RunningText([Content("You have not finished this level. Go on where you were?")], "question")
        yield CursorList(*self._options(), compact=True)
        yield Foot(HINTS)

    def on_mount(self) -> None:
        """Begin at the latest run."""
        listed = self.query_one(OptionList)
        listed.focus()
        listed.highlighted = 0

    def _options(self) -> Iterator[Option]:
        return (Option(Content(run_text(run))) for run in self.runs)

    @on(OptionList.OptionSelected)
    def go_on(self, event: OptionList.OptionSelected) -> None:
        """Go on with the run under the cursor."""
        self.dismiss(self.runs[event.option_index])

    def action_select(self) -> None:
        """Go on with the run under the cursor."""
        self.query_one(OptionList).action_select()

    def action_anew(self) -> None:
        """Begin anew; the runs stay."""
        self.dismiss(Anew())

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_discard(self) -> None:
        """Take the run under the cursor away, once the player has said so twice."""
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        run = self.runs[at]

        def answered(yes: bool | None) -> None:
            if yes:
                run.discard()
                self._remove(at)

        self.app.push_screen(ConfirmScreen(f"Discard this run of {run.steps} steps for good?"), answered)

    def _remove(self, at: int) -> None:
        del self.runs[at]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(self._options())
        if self.runs:
            listed.highlighted = min(at, len(self.runs) - 1)
        else:
            self.dismiss(Anew())
