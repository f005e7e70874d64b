# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands of the program as they can be typed, for advice in messages."""

from __future__ import annotations

import shlex
from pathlib import Path

from puzzles.levels.listing import Pack


def operand(path: Path) -> str:
    """A path as the argument of a command that takes options, too."""
    return f"./{path}" if str(path).startswith("-") else str(path)


def command_line(*words: str, pack: Pack | None = None) -> str:
    """A command such as `oomrace solve in-place/1`, quoted for a shell, with `--pack` where the pack is not the game's.

    Whoever advises on a level passes its pack: without that the command would not find the level.
    """
    more = ("--pack", str(pack.folder)) if pack and pack.folder else ()
    return shlex.join(("oomrace", *words, *more))
