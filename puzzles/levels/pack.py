# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs: folders of chapters, which are folders of levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from attrs import evolve

from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.families import in_families, misplaced_variants
from puzzles.levels.files import PackPath, campaign, entries, folder_at, game_folder, is_folder
from puzzles.levels.limits import MAX_LEVELS
from puzzles.levels.listing import Chapter, Pack
from puzzles.levels.load import Shelves, load_level, printable
from puzzles.levels.locate import PACK_FILE, chapter_folders, check_pack
from puzzles.levels.model import Level, PackFile
from puzzles.levels.order import playing_order
from puzzles.levels.rules import LEVEL_ID, pack_findings
from puzzles.levels.shape import structure
from puzzles.levels.toml import read_toml

_NUMBER = re.compile(r"[0-9]+")


@cache
def game_pack() -> Pack:
    """The game's own levels, read once."""
    return _load(campaign())


def game_level(id_: str) -> Level:
    """The level of the game's own of this id, which is one. Raises LevelError with all that is wrong with it."""
    return _level(campaign(), id_, _game_shelves())


def game_pack_around(id_: str) -> Pack | None:
    """The game's own pack with the level of this id alone; None where it has no such level. Raises as `game_level`."""
    chapter, _, number = id_.partition("/")
    if not LEVEL_ID.fullmatch(id_) or not is_folder(campaign() / chapter / number):
        return None
    return Pack("", ()).holding([game_level(id_)])


@cache
def _game_shelves() -> Shelves:
    return Shelves.of(campaign(), game_folder())


def load_pack(folder: Path) -> Pack:
    """The levels in a folder of the same shape as puzzles/campaign.

    A level that is broken is told in the pack's `broken` and hides no other. Raises LevelError for a folder that is
    not there or is no pack.
    """
    check_pack(folder)
    return evolve(_load(folder_at(folder, str(folder))), folder=folder)


def _load(folder: PackPath) -> Pack:
    shelves = Shelves.of(folder, game_folder())
    try:
        heads, problems = _pack_file(folder)
        ids = list(_level_ids(folder, problems))
    except ValueError as problem:
        raise LevelError([Problem(folder.shown, "", str(problem).removeprefix(f"{folder.shown} "))]) from None
    if len(ids) > MAX_LEVELS:
        message = f"has {len(ids)} levels, of which the first {MAX_LEVELS} are read; split the pack"
        problems.append(Problem(folder.shown, "", message))
    chapters = _chapters(heads.chapters, ids)
    problems += _missing(folder, chapters, ids)
    place_of = playing_order(chapters)
    levels: list[Level] = []
    broken: dict[str, LevelError] = {}
    for id_ in sorted(("/".join(level_id) for level_id in ids), key=place_of)[:MAX_LEVELS]:
        try:
            levels.append(_level(folder, id_, shelves))
        except LevelError as problem:
            broken[id_] = problem
    misplaced = misplaced_variants(levels, broken)
    levels = in_families([level for level in levels if level.id not in misplaced], place_of)
    broken |= misplaced
    pack = Pack(heads.title or folder.name, chapters, broken=broken, problems=tuple(problems))
    return pack.holding(levels)


def _level(folder: PackPath, id_: str, shelves: Shelves) -> Level:
    chapter, _, number = id_.partition("/")
    place = folder / chapter / number
    if LEVEL_ID.fullmatch(id_):
        return load_level(place, id_, shelves)
    message = "is no place for a level; name folders like in-place/1, in small letters and from 1"
    raise LevelError([Problem(place.shown, "", message)])


def _pack_file(folder: PackPath) -> tuple[PackFile, list[Problem]]:
    if PACK_FILE not in (place.name for place in entries(folder)):
        return PackFile(), []
    place = folder / PACK_FILE
    try:
        pack_file = structure(read_toml(place), PackFile, place.shown)
    except LevelError as error:
        return PackFile(), list(error.problems)
    return pack_file, [Problem(place.shown, key, message) for key, message in pack_findings(pack_file)]


def _level_ids(folder: PackPath, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Chapter and number of each folder that could hold a level; `problems` gets those that cannot be read."""
    for chapter in chapter_folders(folder):
        try:
            for place in entries(chapter):
                if _NUMBER.fullmatch(place.name) and is_folder(place):
                    yield chapter.name, place.name
        except ValueError as problem:
            problems.append(Problem(chapter.shown, "", str(problem).removeprefix(f"{chapter.shown} ")))


def _chapters(heads: Sequence[Chapter], ids: Sequence[tuple[str, str]]) -> tuple[Chapter, ...]:
    """The chapters of the pack file in its order, then the folders that it does not name."""
    heads_by_id = {head.id: evolve(head, title=head.title or head.id) for head in reversed(heads)}
    listed = [heads_by_id[id_] for id_ in dict.fromkeys(head.id for head in heads)]
    others = dict.fromkeys(chapter for chapter, _ in ids if chapter not in heads_by_id)
    return (*listed, *(Chapter(id_, id_) for id_ in others))


def _missing(folder: PackPath, chapters: Sequence[Chapter], ids: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    present = {chapter for chapter, _ in ids}
    for index, chapter in enumerate(chapters):
        if chapter.id not in present:
            where = printable(f"{folder.shown}/{chapter.id}")
            message = f"there is no level in {where}; add some, or delete the chapter"
            yield Problem(f"{folder.shown}/{PACK_FILE}", f"chapter[{index}].id", message)
            continue
        for place, number in enumerate(chapter.levels):
            if (chapter.id, str(number)) not in ids:
                message = f"there is no level {chapter.id}/{number}; add it, or take the number out"
                yield Problem(f"{folder.shown}/{PACK_FILE}", f"chapter[{index}].levels[{place}]", message)
