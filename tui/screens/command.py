# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys, prompt and mouse become lines of commands."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input

from tui.commands import find
from tui.game import Game
from tui.screens.bindings import play_bindings
from tui.screens.once import Once
from tui.widgets import Prompt, ThreadPane, TimelinePanel
from tui.widgets.desk import Desk

_WANTS = re.compile(r" (?!\[)[A-Z=]+$")


class CommandScreen(Once[str]):
    """A screen with a desk; a subclass does what the lines say."""

    BINDINGS: ClassVar[list[BindingType]] = list(play_bindings())
    game: Game

    def act(self, text: str) -> bool:
        """Do what a line says, show what came of it, and say whether it could be done."""
        raise NotImplementedError

    async def on_key(self, event: Key) -> None:
        """Do what a key is bound to before the next one is looked at: it may open the prompt, which wants the rest."""
        prompt = self.query_one(Prompt)
        if event is prompt.seen:
            return
        if self.query_one(Desk).prompting:
            event.stop()
            prompt.post_message(Key(event.key, event.character))
            return
        active = self.active_bindings.get(event.key)
        if active is not None and active.enabled and active.node is self:
            event.stop()
            await self.run_action(active.binding.action)

    def action_command(self, name: str) -> None:
        """Do a command by its name; one that needs more words opens the prompt."""
        command = find(name)
        if command and _WANTS.search(command.usage):
            self.action_prompt(f"{name} ")
        else:
            self.act(name)

    def action_thread(self, name: str, letter: str) -> None:
        """Do a command with the thread of a letter."""
        self.act(f"{name} {letter}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters of threads that the level does not have do nothing."""
        return action != "thread" or self.game.thread(str(parameters[1])) is not None

    def action_prompt(self, text: str = "") -> None:
        """Open the prompt."""
        self.query_one(Desk).open_prompt(text)

    @on(Prompt.Closed)
    def close_prompt(self) -> None:
        """Put the prompt away."""
        self.query_one(Desk).close_prompt()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Do what was typed; what cannot be done stays to be corrected."""
        text = event.value.strip()
        self.query_one(Prompt).remember(text)
        if not text or self.act(text):
            self.close_prompt()
        else:
            event.input.select_all()

    @on(ThreadPane.Chosen)
    def choose(self, event: ThreadPane.Chosen) -> None:
        """Make the thread that was clicked the active one."""
        self.act(f"thread {event.letter}")

    @on(TimelinePanel.Jumped)
    def jump(self, event: TimelinePanel.Jumped) -> None:
        """Go to the step that was clicked."""
        self.act(f"jump {event.step}")
