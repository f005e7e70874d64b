# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading the files of a pack: bounded, and never outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path

from attrs import evolve, frozen

from puzzles.characters import FORBIDDEN, name_character
from puzzles.levels.limits import MAX_FOLDER
from puzzles.storage import Missing, StorageError, read_file


@frozen
class PackPath:
    """A file or folder: where it is, how messages call it, and the folder that no link may lead out of."""

    path: Traversable
    shown: str
    root: Traversable

    def __truediv__(self, name: str) -> PackPath:
        """The file or folder of this name in this folder."""
        return evolve(self, path=self.path / name, shown=f"{self.shown}/{name}")

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.name


def folder_at(path: Traversable, shown: str) -> PackPath:
    """A folder as the root of all that is in it."""
    return PackPath(path, shown, path)


def game_folder() -> PackPath:
    """The folder with the game's own levels, kernels and headers."""
    return folder_at(files("puzzles"), "puzzles")


def campaign() -> PackPath:
    """The folder of the game's own levels."""
    return game_folder() / "campaign"


def is_folder(place: PackPath) -> bool:
    """Whether this is a folder that can be seen."""
    try:
        return place.path.is_dir()
    except OSError:
        return False


def entries(place: PackPath) -> Iterator[PackPath]:
    """What is in a folder, by name; nothing where there is no folder.

    Raises ValueError, with a sentence that names it, for one that is too full or cannot be read.
    """
    if not is_folder(place):
        return
    try:
        names = sorted(entry.name for entry in islice(place.path.iterdir(), MAX_FOLDER + 1))
    except OSError as problem:
        raise ValueError(f"{place.shown} cannot be read: {problem.strerror}") from None
    if len(names) > MAX_FOLDER:
        raise ValueError(f"{place.shown} holds more than {MAX_FOLDER:,} files; a pack is smaller than that")
    yield from (place / name for name in names)


def read_text(place: PackPath, most: int) -> str:
    """The text of a file of at most `most` bytes, with line feeds only.

    Raises ValueError, with a sentence that does not name the file, for one that is not UTF-8 or holds control
    characters, and as read_inside.
    """
    return check_text(_decode(read_inside(place, most)))


def read_inside(place: PackPath, most: int) -> bytes:
    """The bytes of a file of at most `most` bytes.

    Raises ValueError, with a sentence that does not name the file, for one that is not there, leads out of its root,
    is too large, or is no plain file.
    """
    if not _is_inside(place):
        raise ValueError("leads out of its folder; put the file itself there, not a link")
    try:
        return read_file(place.path, most)
    except Missing:
        if isinstance(place.path, Path) and place.path.is_symlink():
            raise ValueError("is a link to nothing; put the file itself there") from None
        raise ValueError("there is no such file") from None
    except StorageError as problem:
        raise ValueError(str(problem)) from None


def _is_inside(place: PackPath) -> bool:
    if not isinstance(place.path, Path) or not isinstance(place.root, Path):
        return True
    try:
        return place.path.resolve().is_relative_to(place.root.resolve())
    except (OSError, RuntimeError):
        return False


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise ValueError(f"line {line} is not UTF-8; save the file as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_text(text: str) -> str:
    """The same text. Raises ValueError for a character that could drive the reader's terminal."""
    if forbidden := FORBIDDEN.search(text):
        line = text.count("\n", 0, forbidden.start()) + 1
        raise ValueError(f"line {line} holds the control character {name_character(forbidden[0])}; delete it")
    return text
