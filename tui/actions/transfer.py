# SPDX-License-Identifier: GPL-2.0-or-later
"""The schedule that was played, followed on the kernels of other eras."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from puzzles.history import Era, game_history, kernel_source
from puzzles.levels import LevelError, build_machine
from puzzles.transfer import Transferred, transfer
from tui.actions.reply import CommandError, Reply
from tui.game import Game

_WIDTH: Final = 74
_INDENT: Final = 8


def on_other_kernels(game: Game, text: str) -> Reply:
    """What the schedule up to here comes to on the kernel of an era, or on all kernels that came later."""
    if not game.session.now.steps:
        raise CommandError("no step was taken yet: there is no schedule to follow")
    lines: list[str] = []
    for era in _eras(game, text):
        told = wrap(_told(game, era), _WIDTH - _INDENT)
        lines += [
            f"{label:<{_INDENT}}{text}" for label, text in zip((_label(era), *[""] * len(told)), told, strict=False)
        ]
    return Reply(tuple(lines) or ("no kernel of the history is later than this one",))


def _eras(game: Game, text: str) -> Iterator[Era]:
    history = game_history()
    if text:
        try:
            yield history.era(text)
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        return
    own = history.era_of_kernel(game.machine.program.name)
    yield from (era for era in history.eras if era.kernel and (own is None or own.first < era.first))


def _label(era: Era) -> str:
    return ".".join(map(str, era.first)) or era.id


def _told(game: Game, era: Era) -> str:
    try:
        return str(followed(game, era))
    except LevelError as problem:
        return f"this level does not fit that kernel: {problem.problems[0].message}"


def followed(game: Game, era: Era) -> Transferred:
    """The schedule up to here on the kernel of an era, with all else as in this level.

    Raises LevelError where the level names what that kernel does not have.
    """
    if not era.kernel:
        raise CommandError(f"{era.id} has no kernel of its own; `oomrace history` tells which have")
    machine = build_machine(game.level, kernel_source(era), game.sets)
    return transfer(game.machine, game.session.now, machine)
