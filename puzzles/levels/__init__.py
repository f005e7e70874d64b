# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels as data: loading them, and building the machine that plays them.

A list of levels needs neither compiler nor rules, so these are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from puzzles.levels.build import build_machine as build_machine
    from puzzles.levels.build import parse_sets as parse_sets
    from puzzles.levels.build import read_kernel as read_kernel
    from puzzles.levels.errors import LevelError as LevelError
    from puzzles.levels.errors import Problem as Problem
    from puzzles.levels.fit import shown_in as shown_in
    from puzzles.levels.hashing import level_hash as level_hash
    from puzzles.levels.kernels import named_kernel as named_kernel
    from puzzles.levels.listing import Chapter as Chapter
    from puzzles.levels.listing import Listed as Listed
    from puzzles.levels.listing import Pack as Pack
    from puzzles.levels.model import Level as Level
    from puzzles.levels.model import Question as Question
    from puzzles.levels.model import Show as Show
    from puzzles.levels.model import Source as Source
    from puzzles.levels.pack import game_pack as game_pack
    from puzzles.levels.pack import load_pack as load_pack
    from puzzles.levels.what_if import changed as changed
else:
    __getattr__ = loading(
        __name__,
        {
            "build": "build_machine parse_sets read_kernel",
            "errors": "LevelError Problem",
            "fit": "shown_in",
            "hashing": "level_hash",
            "kernels": "named_kernel",
            "listing": "Chapter Listed Pack",
            "model": "Level Question Show Source",
            "pack": "game_pack load_pack",
            "what_if": "changed",
        },
    )
