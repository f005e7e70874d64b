# SPDX-License-Identifier: GPL-2.0-or-later
"""Which pack, chapter or level a folder is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.files import PackPath, entries, folder_at, is_folder

LEVEL_FILE: Final = "level.toml"
PACK_FILE: Final = "pack.toml"
NO_CHAPTERS: Final = ("kernels", "include")
_SHAPE: Final = (
    "a pack is a folder of chapters, a chapter a folder of levels, a level a folder with a level.toml,"
    " such as my-pack/basics/1/level.toml"
)


@frozen
class Located:
    """A pack by its folder, and which part of it: the id of a chapter or level, "" for the whole pack."""

    pack: Path
    id: str = ""


def locate(folder: Path) -> Located:
    """The pack, chapter or level that a folder is. Raises LevelError, which says what a pack is, for any other."""
    place = folder_at(folder, str(folder))
    if not is_folder(place):
        raise LevelError([Problem(str(folder), "", _no_folder(folder))])
    try:
        if _is_pack(place):
            return Located(folder)
        if _has(place, LEVEL_FILE):
            return Located(_above(folder, 2), "/".join(_absolute(folder).parts[-2:]))
        if any(_levels(place)):
            return Located(_above(folder, 1), _absolute(folder).name)
        raise LevelError([Problem(str(folder), "", f"is no pack; {_SHAPE}{_nearer(place)}")])
    except ValueError as problem:
        raise LevelError([Problem(str(folder), "", str(problem).removeprefix(f"{folder} "))]) from None


def check_pack(folder: Path) -> None:
    """Let a pack's folder pass. Raises LevelError for any other, and names the pack where it is a part of one."""
    located = locate(folder)
    if located.id:
        what = "level" if "/" in located.id else "chapter"
        message = f"is the folder of a {what}; give that of its pack, {located.pack}, and the id {located.id}"
        raise LevelError([Problem(str(folder), "", message)])


def chapter_folders(pack: PackPath) -> Iterator[PackPath]:
    """The folders of a pack that can be chapters. Raises ValueError as `entries`."""
    for place in entries(pack):
        if place.name not in NO_CHAPTERS and not place.name.startswith(".") and place.name.isprintable():
            yield place


def _no_folder(folder: Path) -> str:
    if os.path.lexists(folder):
        return f"is no folder; {_SHAPE}"
    return "there is no such folder; give the folder that holds the chapters"


def _is_pack(place: PackPath) -> bool:
    return _has(place, PACK_FILE) or any(any(_levels(chapter)) for chapter in _readable(place))


def _readable(place: PackPath) -> Iterator[PackPath]:
    for chapter in chapter_folders(place):
        try:
            list(entries(chapter))
        except ValueError:
            continue
        yield chapter


def _levels(chapter: PackPath) -> Iterator[PackPath]:
    return (place for place in entries(chapter) if place.name.isdecimal() and _has(place, LEVEL_FILE))


def _has(place: PackPath, name: str) -> bool:
    return os.path.lexists(str(place.path / name))


def _nearer(place: PackPath) -> str:
    """Packs in a folder that is none itself."""
    inside = [inner.shown for inner in _readable(place) if _is_pack(inner)]
    return f"; did you mean {inside[0]}?" if inside else ""


def _above(folder: Path, levels: int) -> Path:
    """The folder so many levels above, relative where the folder was."""
    above = _absolute(folder).parents[levels - 1]
    return above if folder.is_absolute() else Path(os.path.relpath(above))


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 - without following links: the names of a pack's folders count
