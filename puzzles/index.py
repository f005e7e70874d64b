# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of the game's levels, kept from one start to the next: nothing is parsed or compiled that is not shown.

It is believed only where it was made of the very bytes that are there now, of levels, kernels, headers, proofs and
program, and where it is whole: its seal is the hash of both. Whatever else is in its place is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict

from puzzles.levels.listing import Chapter, Listed, ListedGoal, Pack
from puzzles.score import Score
from puzzles.storage import StorageError, make_folder, read_file, write_file

if TYPE_CHECKING:
    from puzzles.levels.model import Level

MAX_BYTES: Final = 1 << 20
MAX_FILES: Final = 4
"""Indexes of so many versions of the game are kept."""

_PACKAGES: Final = ("puzzles", "sim")
_COMPILED: Final = "__pycache__"
_SEAL: Final = 64
_WRONG: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def read_index(folder: Path) -> Pack | None:
    """The game's own pack by its index in a folder; its levels are loaded when they are opened.

    None where there is no index that is true and whole.
    """
    try:
        made_of = _made_of()
        data = read_file(_file(folder, made_of), MAX_BYTES)
        seal, body = data[:_SEAL], data[_SEAL:]
        return _pack(json.loads(body)) if seal == _sealed(made_of, body) else None
    except (OSError, StorageError, *_WRONG):
        return None


def keep_index(folder: Path, pack: Pack) -> None:
    """Write the index of the game's own pack, if that is possible: a whole one, in which all par is known."""
    if pack.folder is not None or pack.broken or pack.problems or not pack.proved:
        return
    with suppress(OSError, StorageError, ValueError):
        made_of = _made_of()
        chapters, levels = map(asdict, pack.chapters), map(asdict, pack.listed)
        said = {"title": pack.title, "chapters": list(chapters), "levels": list(levels)}
        body = json.dumps(said, ensure_ascii=False).encode()
        make_folder(folder)
        write_file(_file(folder, made_of), _sealed(made_of, body) + body, over=True)
        _prune(folder)


def _pack(said: dict[str, Any]) -> Pack:
    chapters = tuple(Chapter(**chapter) for chapter in said["chapters"])
    listed = tuple(_listed(**level) for level in said["levels"])
    return Pack(said["title"], chapters, listed, open=cache(_open), proved=True)


def _listed(goal: dict[str, Any], par: dict[str, int] | None, **texts: str) -> Listed:
    return Listed(**texts, goal=ListedGoal(**goal), par=Score(**par) if par else None)


def _open(id_: str) -> Level:
    pack = import_module("puzzles.levels.pack")  # parser and rules, which a list does not need
    level: Level = pack.game_level(id_)
    return level


def _sealed(made_of: str, body: bytes) -> bytes:
    return sha256(made_of.encode() + body).hexdigest().encode()


@cache
def _made_of() -> str:
    """The hash of all that the index follows from. Raises OSError where the game is not installed as files."""
    specs = filter(None, map(find_spec, _PACKAGES))  # loads none of them
    return hash_of(top for spec in specs for top in spec.submodule_search_locations or ())


def hash_of(folders: Iterable[str]) -> str:
    """A hash of all files in some folders: their paths there, and their bytes."""
    files = sha256()
    for top in folders:
        for path in _files(top):
            data = Path(path).read_bytes()
            files.update(f"{path.removeprefix(top)}\0{len(data)}\0".encode() + data)
    return files.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """The files in a folder and those below, in order."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != _COMPILED:
                yield from _files(entry.path)
        else:
            yield entry.path


def _file(folder: Path, made_of: str) -> Path:
    return folder / f"levels-{made_of[:32]}.index"


def _prune(folder: Path) -> None:
    indexes = sorted(folder.glob("levels-*.index"), key=lambda path: path.lstat().st_mtime, reverse=True)
    for path in indexes[MAX_FILES:]:
        path.unlink(missing_ok=True)
