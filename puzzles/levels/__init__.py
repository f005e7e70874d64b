# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels as data: loading them, and building the machine that plays them.

What is imported from here is loaded when it is first asked for: a list of levels needs neither compiler nor rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

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
    from puzzles.levels.model import Show as Show
    from puzzles.levels.model import Source as Source
    from puzzles.levels.pack import game_pack as game_pack
    from puzzles.levels.pack import load_pack as load_pack

_MODULES: Final = {
    "Chapter": "listing",
    "Level": "model",
    "LevelError": "errors",
    "Listed": "listing",
    "Pack": "listing",
    "Problem": "errors",
    "Show": "model",
    "Source": "model",
    "build_machine": "build",
    "game_pack": "pack",
    "level_hash": "hashing",
    "load_pack": "pack",
    "named_kernel": "kernels",
    "parse_sets": "build",
    "read_kernel": "build",
    "shown_in": "fit",
}

if not TYPE_CHECKING:  # else every name would pass as one of these

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value
