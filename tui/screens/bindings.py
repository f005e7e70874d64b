# SPDX-License-Identifier: GPL-2.0-or-later
"""The play screen's key bindings, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding, BindingType

from puzzles.levels.limits import LETTERS
from tui.actions.commands import COMMANDS

_NO_KEY = "no-key-for-"  # a binding needs some key, else the player's keymap cannot give it one


def play_bindings() -> Iterator[BindingType]:
    """Every command under the id "command.<name>", and the letters of threads, which cannot be rebound."""
    for command in COMMANDS:
        key = command.key or _NO_KEY + command.name
        yield Binding(key, f"command('{command.name}')", command.help, show=False, id=f"command.{command.name}")
    for letter in LETTERS:
        yield Binding(letter.lower(), f"letter('step', '{letter}')", f"step {letter}", show=False)
        yield Binding(letter, f"letter('next', '{letter}')", f"next line of {letter}", show=False)
    yield Binding("enter", "ending", "how the run ended", show=False)
