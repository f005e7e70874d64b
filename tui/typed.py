# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands of the program as they can be typed, for advice in messages."""

from __future__ import annotations

import shlex
from pathlib import Path

from puzzles.levels import Pack


def typed(*words: str, pack: Pack | None = None) -> str:
    """A command such as `oomrace solve in-place/1`, quoted for a shell, with `--pack` where the pack is not the game's.

    A level has its pack's folder only in the pack: whoever advises on a level passes that.
    """
    return _line(words, pack.folder if pack else None)


def _line(words: tuple[str, ...], folder: Path | None) -> str:
    more = ("--pack", str(folder)) if folder else ()
    return shlex.join(("oomrace", *words, *more))
