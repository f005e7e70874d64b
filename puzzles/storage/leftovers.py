# SPDX-License-Identifier: GPL-2.0-or-later
"""What a writer leaves behind when it is killed, and who takes that away."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from puzzles.storage.locks import lock

MAX_ENTRIES: Final = 10_000
"""Entries of a folder that are looked at."""

_PART: Final = re.compile(r"\.oomrace-[0-9a-f]{16}\.part")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
_OLD: Final = os.O_WRONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0)


def begin_part(folder: Path) -> tuple[Path, int]:
    """A new file in a folder, locked until its handle is closed. Raises OSError."""
    while True:
        part = folder / f".oomrace-{secrets.token_hex(8)}.part"
        handle = os.open(part, _NEW, 0o666)
        if _is_ours(handle):
            return part, handle
        os.close(handle)  # swept before it was locked


def _is_ours(handle: int) -> bool:
    try:
        return lock(handle) and os.fstat(handle).st_nlink > 0
    except OSError:
        return True  # without locks nothing is swept


def sweep(folder: Path) -> None:
    """Take away the unfinished files in a folder whose writers were killed; those of living ones stay."""
    with suppress(OSError, ValueError), os.scandir(folder) as entries:
        for entry in islice(entries, MAX_ENTRIES):
            if _PART.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_if_dead(Path(entry.path))


def _remove_if_dead(path: Path) -> None:
    handle = os.open(path, _OLD)
    try:
        if lock(handle):
            path.unlink()
    finally:
        os.close(handle)
