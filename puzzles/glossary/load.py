# SPDX-License-Identifier: GPL-2.0-or-later
"""The glossary from its file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from puzzles.glossary.model import Glossary
from puzzles.glossary.rules import findings
from puzzles.levels import LevelError, Problem
from puzzles.levels.files import PackPath, folder_at, game_folder, read_text
from puzzles.levels.limits import MAX_LEVEL_BYTES
from puzzles.levels.shape import structure
from puzzles.levels.toml import read_toml

FILE_NAME: Final = "glossary.toml"
_KEY: Final = re.compile(r"term\[(\d+)\](?:\.(\w+))?")
_HEAD: Final = re.compile(r"\s*\[\[\s*term\s*\]\]")


@cache
def game_glossary() -> Glossary:
    """The game's own glossary."""
    return _load(game_folder() / FILE_NAME)


def load_glossary(folder: Path) -> Glossary:
    """The glossary.toml of a folder. Raises LevelError with all that is wrong, each with its line."""
    return _load(folder_at(folder, str(folder)) / FILE_NAME)


def _load(place: PackPath) -> Glossary:
    values = read_toml(place)
    try:
        glossary = structure(values, Glossary, place.shown)
    except LevelError as error:
        wrong = [(problem.key, problem.message) for problem in error.problems]
    else:
        wrong = list(findings(glossary))
    if wrong:
        lines = read_text(place, MAX_LEVEL_BYTES).split("\n")
        raise LevelError(Problem(place.shown, key, message, line_of(lines, key)) for key, message in wrong)
    return glossary


def line_of(lines: list[str], key: str) -> int:
    """The line of a key such as term[3].what, counted from 1: that of its term where it is not there; 0 for no term."""
    match = _KEY.match(key)
    if match is None:
        return 0
    heads = [number for number, line in enumerate(lines, 1) if _HEAD.match(line)]
    if int(match[1]) >= len(heads):
        return 0
    start, *after = heads[int(match[1]) :]
    end = after[0] - 1 if after else len(lines)
    named = (number for number in range(start, end) if match[2] and re.match(rf"\s*{match[2]}\s*=", lines[number]))
    return next((number + 1 for number in named), start)
