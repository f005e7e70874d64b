# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels as data: loading them, and building the machine that plays them."""

from __future__ import annotations

from puzzles.levels.build import build_machine, parse_sets, read_kernel
from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.fit import shown_in
from puzzles.levels.hashing import level_hash
from puzzles.levels.kernels import named_kernel
from puzzles.levels.model import Chapter, Level, Pack, Show, Source
from puzzles.levels.pack import game_pack, load_pack

__all__ = [
    "Chapter",
    "Level",
    "LevelError",
    "Pack",
    "Problem",
    "Show",
    "Source",
    "build_machine",
    "game_pack",
    "level_hash",
    "load_pack",
    "named_kernel",
    "parse_sets",
    "read_kernel",
    "shown_in",
]
