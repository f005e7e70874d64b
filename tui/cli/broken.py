# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a pack cannot be played, on the error stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from puzzles import levels as loader
from puzzles.levels.errors import LevelError
from puzzles.levels.listing import Pack
from tui.player.failure import ExitCode
from tui.player.packs import level_text
from tui.terminal.echo import echo

if TYPE_CHECKING:
    from puzzles.levels import Level


def tell_broken(pack: Pack) -> ExitCode:
    """Tell what of a pack cannot be played; the exit code that this means."""
    for problem in pack.problems:
        echo(str(problem), err=True)
    for error in pack.broken.values():
        echo(level_text(error), err=True)
    return ExitCode.NOT_REACHED if pack.problems or pack.broken else ExitCode.DONE


def tell_unbuildable(levels: Iterable[Level]) -> ExitCode:
    """Tell which levels do not fit their kernel; the exit code that this means."""
    code = ExitCode.DONE
    for level in levels:
        try:
            loader.build_machine(level)
        except LevelError as error:
            echo(level_text(error), err=True)
            code = ExitCode.NOT_REACHED
    return code
