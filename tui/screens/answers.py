# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command answers, and what a replay says, where the message line has no room for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from textual.content import Content
from textual.events import Key

from tui.actions.commands import COMMANDS, Command, Group, Reply, label
from tui.game.game import Game
from tui.lines.hints import Hint
from tui.lines.text import Hanging
from tui.screens.choices import TypedLine
from tui.screens.page import SCROLL, PageScreen

_SCROLLING: Final = ("home", "end", "up", "down", "pageup", "pagedown")


class AnswerScreen(PageScreen[TypedLine]):
    """An answer. Its `keys` close it, too; it is dismissed with the line that a key stands for, if any."""

    def __init__(
        self, title: str, lines: Iterable[Content | Hanging | str], keys: Mapping[str, TypedLine | None]
    ) -> None:
        close = Hint(" ".join(("enter", "esc", *map(label, keys))), "back", "screen.close", 0)
        super().__init__(title, lines, (close, SCROLL))
        self.keys = keys

    def on_key(self, event: Key) -> None:
        """Close the page by one of its keys."""
        if event.key in self.keys and not self.prompting:
            event.stop()
            self.dismiss(self.keys[event.key])


def answer_page(command: Command, reply: Reply, keymap: Mapping[str, str]) -> AnswerScreen:
    """The answer of a command. The command's key closes it, and asks for more where there is more."""
    again = TypedLine(command.name) if reply.more else None
    return AnswerScreen(command.name, reply.lines, dict.fromkeys(command.keys(keymap), again))


def comments_page(game: Game, lines: Sequence[str], keymap: Mapping[str, str]) -> AnswerScreen:
    """What a replay says of the step at which a game stands; the keys that travel in time go on from it."""
    keys = {
        key: TypedLine(command.name)
        for command in COMMANDS
        if command.group is Group.TIME
        for key in command.keys(keymap)
    }
    travel = {key: line for key, line in keys.items() if key not in _SCROLLING}
    return AnswerScreen(f"{game.level.id}  step {game.session.now.steps}", lines, travel)
