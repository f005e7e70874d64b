# SPDX-License-Identifier: GPL-2.0-or-later
"""What to type instead of a line that is no command."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

_MOST: Final = 3


def unknown_text(word: str, rest: str, names: Collection[str], letters: Collection[str]) -> str:
    """Why a word is no command, and what is near to it. `letters` are those of the threads of the level, if any."""
    if word.upper() in letters:
        return f"{word} {rest}: a number of steps stands right behind its thread: {word}{rest}"
    begun = sorted(name for name in names if name.startswith(word.lower()))
    if 1 < len(begun) <= _MOST and len(word) > 1:
        return f"{word!r} can be {' or '.join(begun)}: type more of it"
    near = get_close_matches(word.lower(), names, _MOST) if len(word) > 1 else []
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"unknown command {word!r}{meant}{' help lists all' if near else '; try help'}"


def swapped_text(text: str, names: Collection[str], letters: Collection[str]) -> str:
    """That a command goes before its thread, where a line has them the other way round; "" elsewhere.

    `names` are those of the commands that a thread can be named to.
    """
    thread, _, command = text.strip().partition(" ")
    if thread.upper() in letters and command.upper() not in letters and command in names:
        return f"the command goes first: {command} {thread}"
    return ""
