# SPDX-License-Identifier: GPL-2.0-or-later
"""Adding lines to a file that other processes may add to as well."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from puzzles.storage.errors import NotPlain, StorageError, kind, unwritable

_FLAGS: Final = (
    os.O_RDWR
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def add_line(path: Path, text: str, most: int) -> None:
    """Add a line to a file, which is made where it is missing and never has more than `most` bytes.

    What is there already stays: a line that a killed writer has left unfinished is ended first. The line goes to the
    system in one call, so lines of several processes stay whole. Raises StorageError.
    """
    try:
        handle = os.open(path, _FLAGS, 0o666)
    except (OSError, ValueError) as problem:
        raise unwritable(problem) from None
    try:
        _add(handle, f"{text}\n".encode(), most)
    except OSError as problem:
        raise unwritable(problem) from None
    finally:
        os.close(handle)


def _add(handle: int, line: bytes, most: int) -> None:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise NotPlain(f"is {kind(status.st_mode)}, and nothing is added to it")
    begun = b"" if _ends_a_line(handle, status.st_size) else b"\n"
    if status.st_size + len(begun) + len(line) > most:
        raise StorageError(f"would have more than {most:,} bytes")
    written = os.write(handle, begun + line)
    if written != len(begun) + len(line):
        raise StorageError("cannot be written: the disk is full; make room, and try again")


def _ends_a_line(handle: int, size: int) -> bool:
    """Whether a file is empty, or ends with a line break."""
    if not size:
        return True
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"
