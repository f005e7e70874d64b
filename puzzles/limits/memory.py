# SPDX-License-Identifier: GPL-2.0-or-later
"""How much memory this process takes, and amounts of memory in words."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

_MIB, _GIB = 1 << 20, 1 << 30
_STATM: Final = Path("/proc/self/statm")


def used_memory() -> int:
    """Bytes of memory that this process takes; the most it has taken where only that is told, 0 where nothing is."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return _most_memory()


def _most_memory() -> int:
    if sys.platform == "win32":
        return 0
    resource = import_module("resource")
    most = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return most if sys.platform == "darwin" else most << 10


def memory_text(count: int) -> str:
    """An amount of memory in words, such as 1.5 GiB."""
    for unit, name in ((_GIB, "GiB"), (_MIB, "MiB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"
