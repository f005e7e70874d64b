# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing a file: beside its place first, then put there in one step."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from puzzles.storage.errors import NotPlain, StorageError, Taken, kind, unwritable
from puzzles.storage.leftovers import begin_part, sweep

_NO_HARD_LINKS: Final = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK, errno.EINVAL)


def write_file(path: Path, data: bytes, *, over: bool) -> None:
    """Write a file, over an existing one only if `over`; whatever happens, the file is the old one or the new one.

    Raises Taken where a file is there already, StorageError where something else than a plain file is, or where the
    system does not let us write.
    """
    os.close(write_open(path, data, over=over))


def write_open(path: Path, data: bytes, *, over: bool) -> int:
    """Write a file as `write_file` does; its handle, open behind the data, and locked until it is closed."""
    try:
        mode = _mode(path, over=over)
        sweep(path.parent)
        return _put(path, data, mode, over=over)
    except (OSError, ValueError) as problem:
        raise unwritable(problem) from None


def append(handle: int, data: bytes, size: int) -> None:
    """Add to an open file of `size` bytes, all of it or nothing. Raises StorageError."""
    try:
        _write(handle, data)
    except OSError as problem:
        with suppress(OSError):
            os.ftruncate(handle, size)
            os.lseek(handle, size, os.SEEK_SET)
        raise unwritable(problem) from None


def make_folder(path: Path) -> None:
    """Make a folder with those above it, where it is missing. Raises StorageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as problem:
        raise unwritable(problem) from None


def _mode(path: Path, *, over: bool) -> int | None:
    """The permissions of the file to write over, None where there is none. Raises StorageError, OSError."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return None
    if what := kind(mode):
        raise NotPlain(f"is {what}, and nothing is written through or over it; choose another name")
    if not over:
        raise Taken("is there already")
    if not os.access(path, os.W_OK):
        raise StorageError("is write-protected; choose another name")
    return mode & 0o777


def _put(path: Path, data: bytes, mode: int | None, *, over: bool) -> int:
    part, handle = begin_part(path.parent)
    try:
        _fill(handle, data, mode)
        _place(part, path, over=over)
    except BaseException:
        os.close(handle)
        raise
    finally:
        with suppress(OSError):
            part.unlink()
    _keep_name(path.parent)
    return handle


def _fill(handle: int, data: bytes, mode: int | None) -> None:
    if mode is not None and hasattr(os, "fchmod"):
        with suppress(OSError):
            os.fchmod(handle, mode)
    _write(handle, data)
    os.fsync(handle)


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _place(part: Path, path: Path, *, over: bool) -> None:
    """Give a finished file its name. Of two writers of a new file only one succeeds."""
    if over:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise Taken("is there already") from None
    except OSError as problem:
        if problem.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(path):
            raise Taken("is there already") from None
        part.replace(path)


def _keep_name(folder: Path) -> None:
    """Make sure that a file's name is on disk too, where folders can be written through."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
