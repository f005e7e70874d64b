# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys, prompt and mouse become lines of commands."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tui.actions.commands import Group, find, meaning
from tui.game.game import Game
from tui.screens.bindings import play_bindings
from tui.screens.choices import Onward
from tui.screens.prompting import PromptScreen
from tui.widgets import MessageLine, ThreadPane, TimelinePanel
from tui.widgets.prompt import Answered, Typing

MOST_AGAIN = 24
ELLIPSIS = "\u2026"


class CommandScreen(PromptScreen[Onward]):
    """A screen with a desk; a subclass does what the lines say."""

    BINDINGS: ClassVar[list[BindingType]] = list(play_bindings())

    def __init__(self, game: Game) -> None:
        super().__init__()
        self.game = game
        self.typing: Typing = Typing(lambda text, answered: self.call_next(self._take, text, answered))

    def act(self, text: str) -> bool:
        """Do what a line says, show what came of it, and say whether it could be done."""
        raise NotImplementedError

    def action_command(self, name: str) -> None:
        """Do a command by its name; one that needs more words opens the prompt."""
        command = find(name)
        if command and command.wants_more:
            self.action_prompt(f"{name} ")
        else:
            self.act(name)

    def action_letter(self, name: str, letter: str) -> None:
        """Do a command with the thread of a letter."""
        self.act(f"{name} {letter}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters of threads that the level does not have do nothing."""
        has_thread = action != "letter" or self.game.thread(str(parameters[1])) is not None
        return has_thread and super().check_action(action, parameters)

    def _take(self, text: str, answered: Answered) -> None:
        """Do a line that was typed here or on a page above; that this is done here makes its pages come back here."""
        before = self.game.session.now
        done = self.act(text)
        if self.game.session.now is not before and meaning(text, self.game)[0].group is Group.MOVE:
            self.typing.again = text
        answered(done, self.query_one(MessageLine).shown[0])

    @property
    def enter_does(self) -> str:
        """Move as before."""
        again = self.typing.again
        return f"{again if len(again) <= MOST_AGAIN else again[:MOST_AGAIN] + ELLIPSIS} again" if again else ""

    def submit_nothing(self) -> None:
        """Move as the last typed line did, or put the prompt away."""
        if self.typing.again:
            self._take(self.typing.again, self.answered)
        else:
            self.close_prompt()

    @on(ThreadPane.Clicked)
    def choose(self, event: ThreadPane.Clicked) -> None:
        """Make the thread that was clicked the active one."""
        self.act(f"thread {event.letter}")

    @on(TimelinePanel.Jumped)
    def jump(self, event: TimelinePanel.Jumped) -> None:
        """Go to the step that was clicked."""
        self.act(f"jump {event.step}")
