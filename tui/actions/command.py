# SPDX-License-Identifier: GPL-2.0-or-later
"""What a row of the table of commands is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum

from attrs import frozen

from tui.actions.reply import Reply
from tui.game.game import Game

_WANTS = re.compile(r" (?!\[)[A-Z=]+$")
_LABELS = {
    "question_mark": "?",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "minus": "-",
    "plus": "+",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "tilde": "~",
    "semicolon": ";",
}


def label(key: str) -> str:
    """A key as it is written for a player."""
    return _LABELS.get(key, key)


class Group(Enum):
    """The headings under which commands are listed."""

    MOVE = "move"
    TIME = "time"
    LOOK = "look"
    POINTS = "points"
    LEVEL = "level"


@frozen
class Alone:
    """What a command does where no level need be open: its answer to the text behind its name."""

    answer: Callable[[str], Reply]

    def __call__(self, _game: Game, text: str) -> Reply:
        """The same in a game."""
        return self.answer(text)


@frozen
class Anywhere(Alone):
    """What a command does where no level need be open, and what it does with more to go by in a game."""

    in_game: Callable[[Game, str], Reply]

    def __call__(self, game: Game, text: str) -> Reply:
        """The answer in a game."""
        return self.in_game(game, text)


@frozen
class Command:
    """An action. `usage` is what is typed, `key` its keys ("" for none), `help` one line.

    `more` is what its own help says besides.
    `quiet` ones leave what was said last, and the marks at what changed, as they are. `on_threads` says that a letter
    in what it answers is a thread's.
    """

    name: str
    usage: str
    key: str
    help: str
    group: Group
    run: Callable[[Game, str], Reply]
    aliases: tuple[str, ...] = ()
    quiet: bool = False
    on_threads: bool = False
    more: str = ""

    def keys(self, keymap: Mapping[str, str] | None = None) -> list[str]:
        """The keys that the player gave it, else its own, as textual calls them."""
        keys = (keymap or {}).get(self.name, self.key).split(",")
        return [key.strip() for key in keys if key.strip()]

    @property
    def tells_of_threads(self) -> bool:
        """Whether a letter in its answer is a thread's, as in all about moves."""
        return self.on_threads or self.group in (Group.MOVE, Group.TIME)

    @property
    def wants_more(self) -> bool:
        """Whether nothing comes of its name alone."""
        return _WANTS.search(self.usage) is not None

    @property
    def line(self) -> str:
        """All about it in one line: what is typed, what is short for that, what it does."""
        short = [*(key for key in map(label, self.keys()) if len(key) == 1), *self.aliases]
        behind = f" ({', '.join(short)})" if short else ""
        return f"{self.usage}{behind}: {self.help}"
