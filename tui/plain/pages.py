# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole pages as lines of text: help, the ladder."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.commands import COMMANDS, FORMS, Group
from tui.game.game import Game
from tui.plain.painting import OfThreads
from tui.view.ladder import ladder_rungs


def help_lines() -> Iterator[str]:
    """All that can be typed, by group."""
    yield from (command.line for command in FORMS)
    for group in Group:
        yield group.value
        yield from (f"  {command.line}" for command in COMMANDS if command.group is group)
    yield "  what is in brackets behind a command is short for it: u, g r, p task.mems_allowed"


def ladder_lines(game: Game) -> Iterator[str]:
    """Every access to the words that several threads touch, by word."""
    name = ""
    for rung in ladder_rungs(game.machine, game.session.now):
        if rung.name != name:
            name = rung.name
            yield name
        note = f"  <- {rung.note}" if rung.note else ""
        walk = f"  {rung.walk}" if rung.walk else ""
        yield OfThreads(f"  {rung.letter} {rung.step:3} {rung.text}{note}{walk}", game.machine.threads)
    if not name:
        yield "no word was touched by two threads"
