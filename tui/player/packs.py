# SPDX-License-Identifier: GPL-2.0-or-later
"""The packs that can be played, each with as much loaded as is needed. All of them raise BadInput."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from puzzles.levels.errors import LevelError
from puzzles.levels.index import read_index
from puzzles.levels.listing import Pack
from tui.player.command_line import command_line
from tui.player.failure import BadInput
from tui.player.locations import cache_folder

if TYPE_CHECKING:
    from puzzles.levels import Level


def open_pack(folder: Path | None) -> Pack:
    """The pack in a folder, all of it loaded; None is the game's own."""
    loader = import_module("puzzles.levels.pack")  # parser and rules, which a list by index does not need
    try:
        pack: Pack = loader.load_pack(folder) if folder else loader.game_pack()
    except LevelError as error:
        raise BadInput(level_text(error)) from None
    return pack


def listed_pack(folder: Path | None) -> Pack:
    """The same pack; where the game's own has an index, that is its list, and a level is loaded when it is opened."""
    by_index = None if folder else read_index(cache_folder())
    return by_index or open_pack(folder)


def pack_around(folder: Path | None, id_: str) -> Pack:
    """A pack to open the level of this id from: of the game's own that level alone, where there is one."""
    if folder is None:
        loader = import_module("puzzles.levels.pack")
        try:
            pack: Pack | None = loader.game_pack_around(id_)
        except LevelError as error:
            raise BadInput(level_text(error)) from None
        if pack is not None:
            return pack
    return open_pack(folder)


def open_level(pack: Pack, id_: str) -> Level:
    """The level of this id. For an unknown one, names those that are spelled nearly so."""
    ids = [*pack.ids, *pack.broken]
    if id_ not in ids:
        raise BadInput(f"no level {id_!r} in {pack.title!r}; {_id_advice(pack, id_, ids)}")
    try:
        return pack.level(id_)
    except LevelError as error:
        raise BadInput(level_text(error)) from None


def _id_advice(pack: Pack, id_: str, ids: Sequence[str]) -> str:
    """What to do about an id that a pack does not have."""
    chapters = {other.partition("/")[0] for other in ids}
    if close := get_close_matches(id_, ids, 3):
        advice = f"did you mean {' or '.join(close)}?"
    else:
        advice = f"`{command_line('levels', pack=pack)}` lists them all"
    if pack.folder is None and id_.partition("/")[0] not in chapters:
        advice += "; a level of a pack needs --pack DIR"
    return advice


def level_text(error: LevelError) -> str:
    """All problems of a level; what the compiler says speaks for itself."""
    return "\n".join(
        problem.message if problem.key == "kernel" and "\n" in problem.message else str(problem)
        for problem in error.problems
    )
