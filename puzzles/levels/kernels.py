# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel files by name: those of a pack first, then the game's."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from puzzles.levels.files import entries, folder_at, game_folder
from puzzles.levels.load import Shelves, find_source, printable
from puzzles.levels.model import Source

ENDING: Final = ".c"


def named_kernel(name: str, pack: Path | None = None) -> Source:
    """The kernel of this name, with or without its ending, with all headers; `pack` is the folder of a pack.

    Raises ValueError that names the kernels that are spelled nearly so, else all.
    """
    shelves = _shelves(pack)
    names = [printable(kernel) for kernel in dict.fromkeys(_names(shelves))]
    if name.removesuffix(ENDING) not in names:
        close = get_close_matches(name.removesuffix(ENDING), names, 3)
        advice = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(names)}"
        raise ValueError(f"no kernel {name!r} and no such file; {advice}")
    return find_source(name.removesuffix(ENDING) + ENDING, shelves)


def _shelves(pack: Path | None) -> Shelves:
    return Shelves.of(*([folder_at(pack, str(pack))] if pack else []), game_folder())


def _names(shelves: Shelves) -> Iterator[str]:
    for shelf in shelves.kernels:
        yield from (place.name.removesuffix(ENDING) for place in entries(shelf) if place.name.endswith(ENDING))
