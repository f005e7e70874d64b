# SPDX-License-Identifier: GPL-2.0-or-later
"""The prompt, with a memory."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

MEMORY = 200


class Prompt(Input):
    """A line to type commands in. Up and down recall earlier ones, escape closes it. `seen` is the last key it got."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", "the command before", show=False),
        Binding("down", "recall(1)", "the command after", show=False),
        Binding("escape", "close", "close the prompt", show=False),
    ]

    class Closed(Message):
        """The prompt is to be put away."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="a command: print task.mems_allowed, break LINE, a8 r14, help \u2026",
            compact=True,
            select_on_focus=False,
            max_length=2000,
        )
        self.memory: list[str] = []
        self.place = 0
        self.seen: Key | None = None

    def on_key(self, event: Key) -> None:
        """Remember what came here: if it goes on to the screen, it need not come back."""
        self.seen = event

    def open(self, text: str = "") -> None:
        """Begin a command."""
        self.value = text
        self.cursor_position = len(text)
        self.place = len(self.memory)
        self.focus()

    def remember(self, text: str) -> None:
        """Keep a command to be recalled."""
        if text and self.memory[-1:] != [text]:
            self.memory = [*self.memory[1 - MEMORY :], text]
        self.place = len(self.memory)

    def action_recall(self, by: int) -> None:
        """Show an earlier or a later command."""
        self.place = min(max(self.place + by, 0), len(self.memory))
        self.value = [*self.memory, ""][self.place]
        self.cursor_position = len(self.value)

    def action_close(self) -> None:
        """Ask to be put away."""
        self.post_message(self.Closed())
