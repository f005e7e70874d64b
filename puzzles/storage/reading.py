# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading a file that may be anything: bounded, and without ever waiting for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from puzzles.storage.errors import StorageError, kind, unreadable

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# Opening a FIFO waits for a writer, and opening a terminal can make it ours.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_file(path: Traversable, most: int) -> bytes:
    """The bytes of a plain file of at most `most` bytes; links to one are followed.

    Raises Missing where there is none, StorageError for what is larger, is no plain file, or cannot be read.
    """
    try:
        data = _plain(path, most + 1) if isinstance(path, Path) else _packed(path, most + 1)
    except (OSError, ValueError) as problem:
        raise unreadable(problem) from None
    if len(data) > most:
        raise StorageError(f"is larger than {most:,} bytes; is it the right file?")
    return data


def _plain(path: Path, most: int) -> bytes:
    """Up to `most` bytes of a file. To open a device can be an act already, so it is looked at before and after."""
    _refuse(path.stat().st_mode)
    handle = os.open(path, _FLAGS)
    try:
        _refuse(os.fstat(handle).st_mode)
        return _bytes(handle, most)
    finally:
        os.close(handle)


def _bytes(handle: int, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := os.read(handle, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _refuse(mode: int) -> None:
    if what := kind(mode):
        raise StorageError(f"is {what}; give a plain file")


def _packed(path: Traversable, most: int) -> bytes:
    """Up to `most` bytes of a file of the game's own where it is not installed as files."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(most)
