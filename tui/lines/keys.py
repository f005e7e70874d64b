# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys of commands as a player reads them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from puzzles.judging.ask import Ask
from tui.actions.commands import COMMANDS, Command, find, label
from tui.lines.hints import Hint


def unknown_key(key: str, character: str | None) -> str:
    """What to say of a key that does nothing: its name, and the character that it types, if any."""
    typed = character if character and character.isprintable() else ""
    said = f"{typed.strip() or label(key)} means nothing here"
    if typed.isalpha() and not unicodedata.name(typed, "").startswith("LATIN"):
        return f"{said}: switch the keyboard to a Latin layout"
    return f"{said}; ? lists all keys"


def key_of(name: str, keymap: Mapping[str, str]) -> str:
    """The first key of a command by its name; the name where the player gave it none."""
    command = find(name)
    return (keys_of(command, keymap) or [name])[0] if command else name


def keys_of(command: Command, keymap: Mapping[str, str]) -> list[str]:
    """The keys of a command, as set by the player or by default."""
    return [label(key) for key in command.keys(keymap)]


def play_hints(
    letters: Sequence[str], keymap: Mapping[str, str], ask: Ask = Ask.FORCE, *, tso: bool = False, aside: str = ""
) -> list[Hint]:
    """The foot line of the play screen: thread letters first, help last.

    What a level asks can be a claim; under `tso` CPUs have store buffers to drain. `aside` is the command that leads
    back from a game that is none of the level as it is, in which there is no claim.
    """
    first = {command.name: (keys_of(command, keymap) or [""])[0] for command in COMMANDS}
    lower, upper = " ".join(letter.lower() for letter in letters), " ".join(letters)
    hints = [
        Hint(lower, "step", "", 0),
        Hint(upper, "line", "", 2),
        *(_hint(name, first, word, rank) for name, word, rank in _SHOWN if not aside or name != "hint"),
        *((_hint("drain", first, "drain", 0),) if tso else ()),
        *((_hint("claim", first, "claim", 0),) if ask is Ask.DECIDE and not aside else ()),
        *((_hint(aside, first, "own run", 0),) if aside else ()),
        Hint(":", "prompt", "screen.prompt", 1),
        *((_hint("levels", first, "list", 1),) if not aside else ()),
        _hint("quit", first, "quit", 1),
        _hint("help", first, "help", 0),
    ]
    return [hint for hint in hints if hint.keys]


_SHOWN = (
    ("next", "next", 3),
    ("finish", "finish", 3),
    ("continue", "run", 1),
    ("back", "undo", 0),
    ("forward", "redo", 2),
    ("hint", "hint", 2),
    ("ladder", "why", 4),
)


def _hint(name: str, first: Mapping[str, str], word: str, rank: int) -> Hint:
    return Hint(first[name], word, f"screen.command('{name}')", rank)
