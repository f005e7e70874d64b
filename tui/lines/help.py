# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of help: every key and command, and the signs on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from tui.actions.commands import COMMANDS, Group
from tui.lines.keys import keys_of
from tui.lines.machine import EMPTY, FULL
from tui.lines.text import MUTED, Hanging, line

_GROUPS = {
    Group.MOVE: "move a thread",
    Group.TIME: "travel in time",
    Group.LOOK: "look",
    Group.POINTS: "breakpoints",
    Group.LEVEL: "the level",
}


def heading(text: str) -> Content:
    """A heading."""
    return line((text, "bold $text-primary"))


def help_lines(letters: Sequence[str], keymap: Mapping[str, str]) -> Iterator[Content | Hanging]:
    """Every key and command, from the table of commands."""
    lower, upper = ", ".join(letter.lower() for letter in letters), ", ".join(letters)
    yield heading("threads")
    yield _entry(lower, "", "one visible operation of that thread")
    yield _entry(upper, "", "run that thread until it stands on another line")
    yield _entry("", "a8 r14 a3", "a whole schedule, typed at the prompt")
    yield _entry(":", "", "open the prompt, on every page of a level; it stays until esc; up and down recall")
    yield _entry("enter", "", "in an empty prompt: move again as the last typed line did")
    for group in Group:
        yield Content()
        yield heading(_GROUPS[group])
        for command in COMMANDS:
            if command.group is group:
                yield _entry(" ".join(keys_of(command, keymap)), command.usage, command.help)
    yield Content()
    yield heading("signs")
    yield _entry("A>", "", "where A stands; the operation to come is underlined")
    yield _entry("|", "", "now, in the timeline; capitals were played, small letters undone")
    yield _entry("!", "", "a preemption: another thread went on although this one could have")
    yield _entry("+", "", "another branch begins here")
    yield _entry("(A)", "", "behind a word: A changed it in the last command")
    yield _entry(
        f"{FULL * 2}|{FULL}{EMPTY * 2}", "", "free and used pages of a node; the ticks are the marks min and high"
    )
    yield _entry(">[1]", "", "the scan stands at node 1; behind a node it has passed: the read that decided about it")


def _entry(keys: str, usage: str, text: str) -> Hanging:
    return Hanging(line((f"{keys:<13} ", "bold"), (f"{usage:<17} ", MUTED), text), 32)
