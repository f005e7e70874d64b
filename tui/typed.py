# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands of the program as they can be typed, for advice in messages."""

from __future__ import annotations

import shlex

from puzzles.levels import Pack


def typed(*words: str, pack: Pack | None = None) -> str:
    """A command such as `oomrace solve in-place/1`, quoted for a shell, with `--pack` where the pack is not the game's.

    Whoever advises on a level passes its pack: without that the command would not find the level.
    """
    more = ("--pack", str(pack.folder)) if pack and pack.folder else ()
    return shlex.join(("oomrace", *words, *more))
