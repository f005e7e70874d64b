# SPDX-License-Identifier: GPL-2.0-or-later
"""What the game has found out of its own files, kept from one start to the next.

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
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from puzzles.storage import StorageError, make_folder, read_file, write_file

MAX_BYTES: Final = 1 << 20
MAX_FILES: Final = 4
"""What so many versions of the game have found out is kept."""

WRONG: Final = (OSError, StorageError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What a file that is not what it should be can raise, here and where its values are taken."""

_PACKAGES: Final = ("puzzles", "sim")
_COMPILED: Final = "__pycache__"
_SEAL: Final = 64


def read_sealed(folder: Path, name: str) -> Any:
    """The values that were kept under a name, as JSON has them. Raises one of WRONG where none can be believed."""
    made_of = _made_of()
    data = read_file(_file(folder, name, made_of), MAX_BYTES)
    seal, body = data[:_SEAL], data[_SEAL:]
    if seal != _sealed(made_of, body):
        raise ValueError("is not what this program wrote of these levels")
    return json.loads(body)


def keep_sealed(folder: Path, name: str, values: Any) -> None:
    """Keep values under a name, if that is possible, and if no file was changed while they were found out."""
    with suppress(OSError, StorageError, ValueError):
        made_of, body = _made_of(), json.dumps(values, ensure_ascii=False).encode()
        if made_of != _hash_now():
            return
        make_folder(folder)
        write_file(_file(folder, name, made_of), _sealed(made_of, body) + body, over=True)
        _prune(folder, name)


def _sealed(made_of: str, body: bytes) -> bytes:
    return sha256(made_of.encode() + body).hexdigest().encode()


@cache
def _made_of() -> str:
    """The hash of all that decides, as it was at the start. Raises OSError as `_hash_now`."""
    return _hash_now()


def _hash_now() -> str:
    """The hash of all that decides. Raises OSError where the game is not installed as files."""
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


def _file(folder: Path, name: str, made_of: str) -> Path:
    return folder / f"{name}-{made_of[:32]}.sealed"


def _prune(folder: Path, name: str) -> None:
    files = sorted(folder.glob(f"{name}-*.sealed"), key=lambda path: path.lstat().st_mtime, reverse=True)
    for path in files[MAX_FILES:]:
        path.unlink(missing_ok=True)
