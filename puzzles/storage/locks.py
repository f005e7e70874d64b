# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the process that writes a file is still alive: its lock ends with it, however it ends."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_FLAGS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

if sys.platform == "win32":

    def lock(handle: int, *, shared: bool = False) -> bool:
        """Nothing to do: the system itself protects an open file."""
        del handle, shared
        return True

else:
    import fcntl

    def lock(handle: int, *, shared: bool = False) -> bool:
        """Lock an open file until it is closed; False where another has it. Raises OSError where locks do not work."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def in_use(path: Path) -> bool:
    """Whether a living process has a file locked; so is what cannot be opened."""
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except OSError:
        return True
    try:
        return not lock(handle, shared=True)
    except OSError:
        return False
    finally:
        os.close(handle)


def take(path: Path) -> int | None:
    """Open and lock a plain file for as long as its handle is open; None where another has it, or it is gone."""
    try:
        handle = os.open(path, os.O_RDWR | _FLAGS)
    except OSError:
        return None
    if _is_ours(handle, path):
        return handle
    os.close(handle)
    return None


def _is_ours(handle: int, path: Path) -> bool:
    """Lock a file; whether that is done, and it is still the one of this name."""
    try:
        opened = os.fstat(handle)
        with suppress(OSError):  # without locks nothing is known of others
            if not lock(handle):
                return False
        return stat.S_ISREG(opened.st_mode) and os.path.samestat(opened, path.lstat())
    except OSError:
        return False
