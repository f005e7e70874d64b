# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line from its file, and the kernel files of its eras."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

from puzzles.history.model import Era, History
from puzzles.history.rules import findings
from puzzles.levels import LevelError, Problem, Source
from puzzles.levels.files import PackPath, campaign, folder_at, game_folder
from puzzles.levels.load import Shelves, find_source
from puzzles.levels.shape import structure
from puzzles.levels.toml import read_toml

FILE_NAME: Final = "history.toml"


def game_history() -> History:
    """The game's own time line."""
    return _load(campaign())


def load_history(folder: Path) -> History:
    """The time line in the history.toml of a folder. Raises LevelError with all that is wrong."""
    return _load(folder_at(folder, str(folder)))


def _load(folder: PackPath) -> History:
    place = folder / FILE_NAME
    history = structure(read_toml(place), History, place.shown)
    wrong = [Problem(place.shown, key, message) for key, message in findings(history)]
    if wrong:
        raise LevelError(wrong)
    return history


def kernel_text(era: Era) -> str:
    """The kernel file of an era. Raises ValueError where it has none, or where that is not there."""
    return kernel_source(era).text


def kernel_source(era: Era) -> Source:
    """The kernel of an era with its headers. Raises ValueError where it has none, or where that is not there."""
    if not era.kernel:
        raise ValueError(f"{era.id} has no kernel file of its own")
    return find_source(era.kernel, Shelves.of(game_folder()))


def kernel_pair(history: History, era: Era) -> tuple[Era, str, str]:
    """The era before, its kernel file, and that of an era. Raises ValueError where one of the two is not there."""
    new = kernel_text(era)
    before = history.previous(era)
    if before is None:
        raise ValueError(f"{era.id} stands at the beginning: there is no era before to compare {era.kernel} with")
    return before, kernel_text(before), new


def kernel_diff(history: History, era: Era) -> Iterator[str]:
    """The unified diff from the era before to an era, without line ends. Raises ValueError as `kernel_pair`."""
    before, old, new = kernel_pair(history, era)
    return unified_diff(old.splitlines(), new.splitlines(), before.kernel, era.kernel, lineterm="")
