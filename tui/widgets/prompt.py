# SPDX-License-Identifier: GPL-2.0-or-later
"""The prompt: a line to type commands in, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from attrs import define, field
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

Answered: TypeAlias = Callable[[bool, str], None]
"""What is told of a line: whether it could be done, and a sentence about it."""

MEMORY = 200
_EXAMPLES = "print task.mems_allowed, a8 r14, help \u2026"


@define(eq=False)
class Typing:
    """The prompt of a game, the same on each screen of its level.

    `take` does what a line says, some time later. `open` says whether what is typed goes to the prompt; `again` is the
    last line that moved a thread, `lines` are all of them.
    """

    take: Callable[[str, Answered], object]
    open: bool = False
    again: str = ""
    lines: list[str] = field(factory=list)

    def remember(self, text: str) -> None:
        """Keep a line to be recalled."""
        if self.lines[-1:] != [text]:
            self.lines = [*self.lines[1 - MEMORY :], text]

    def go_on(self, before: Typing) -> None:
        """Be open if the prompt of another game was, and recall what was typed there."""
        self.open, self.lines = before.open, before.lines


class Prompt(Input):
    """A line to type commands in. Up and down recall earlier ones, escape closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", "the command before", show=False),
        Binding("down", "recall(1)", "the command after", show=False),
        Binding("escape", "close", "close the prompt", show=False),
    ]

    class Closed(Message):
        """The prompt is to be put away."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False, max_length=2000)
        self.cursor_blink = False  # nothing is sent to a terminal while nobody types
        self.lines: list[str] = []
        self.place = 0

    def on_key(self, event: Key) -> None:
        """Another colon where none belongs begins the line anew: it is how the prompt is opened."""
        start, end = sorted(self.selection)
        if event.character == ":" and not (self.value[:start] + self.value[end:]).strip():
            event.stop()
            event.prevent_default()
            self.value = ""

    def open(self, typing: Typing, enter: str = "", text: str = "") -> None:
        """Begin a line; `enter` says what an empty one does, where that is more than to close the prompt."""
        does = f"enter: {enter}   esc: back to the keys   help: all commands"
        self.placeholder = does if enter else f"esc: back to the keys   {_EXAMPLES}"
        self.value = text
        self.cursor_position = len(text)
        self.lines, self.place = typing.lines, len(typing.lines)
        self.focus()

    def action_recall(self, by: int) -> None:
        """Show an earlier or a later command."""
        self.place = min(max(self.place + by, 0), len(self.lines))
        self.value = [*self.lines, ""][self.place]
        self.cursor_position = len(self.value)

    def action_close(self) -> None:
        """Ask to be put away."""
        self.post_message(self.Closed())


class PromptLine(Horizontal):
    """The prompt behind its colon."""

    def compose(self) -> ComposeResult:
        """From left to right."""
        yield Static(":", id="colon")
        yield Prompt()
