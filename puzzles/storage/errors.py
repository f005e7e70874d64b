# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a file cannot be read or written, in words that say what to do."""

from __future__ import annotations

import errno
import stat
from collections.abc import Mapping
from typing import Final


class StorageError(Exception):
    """A file that cannot be read or written; the message is a sentence about the file, which it does not name."""


class Missing(StorageError):
    """There is no such file to read."""


class NotPlain(StorageError):
    """Something else than a plain file is where one was to be written."""


class Taken(StorageError):
    """There is a file already where a new one was to be written."""


_ANY: Final[Mapping[int, str]] = {
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
    errno.ELOOP: "its links lead back to themselves; give the path without them",
    errno.ENOTDIR: "a part of its path is no folder",
    errno.EIO: "the disk reports an error",
    errno.ENOMEM: "there is no memory left",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}
_READING: Final[Mapping[int, str]] = {
    **_ANY,
    errno.EACCES: "you have no permission to read it",
    errno.EPERM: "you have no permission to read it",
}
_WRITING: Final[Mapping[int, str]] = {
    **_ANY,
    errno.ENOENT: "there is no such folder; make it first",
    errno.EEXIST: "a file stands where its folder should be",
    errno.EACCES: "you have no permission to write there; choose another folder, or make that one writable",
    errno.EPERM: "you have no permission to write there; choose another folder, or make that one writable",
    errno.EROFS: "its file system is read-only; choose another folder",
    errno.ENOSPC: "the disk is full; make room, and try again",
    errno.EDQUOT: "your disk quota is used up; make room, and try again",
    errno.EFBIG: "it would be larger than files may be here (see ulimit -f)",
}


def unreadable(problem: OSError | ValueError) -> StorageError:
    """What to raise for a file that the system does not let us read."""
    if isinstance(problem, FileNotFoundError | NotADirectoryError):
        return Missing("there is no such file")
    return StorageError(f"cannot be read: {_reason(problem, _READING)}")


def unwritable(problem: OSError | ValueError) -> StorageError:
    """What to raise for a file that the system does not let us write."""
    return StorageError(f"cannot be written: {_reason(problem, _WRITING)}")


def _reason(problem: OSError | ValueError, reasons: Mapping[int, str]) -> str:
    if isinstance(problem, ValueError):
        return "no file can have this name"  # a NUL in it, or what the encoding of names does not hold
    return reasons.get(problem.errno or 0) or problem.strerror or "the system does not say why"


_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def kind(mode: int) -> str:
    """What a file is by its mode, in words; "" for a plain file."""
    return next((name for test, name in _KINDS if test(mode)), "" if stat.S_ISREG(mode) else "no plain file")
