# SPDX-License-Identifier: GPL-2.0-or-later
"""Changes that a replay was played with: boot values in the header Set, another kernel in the header Kernel."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from sim import Program

SET: Final = "Set"
KERNEL: Final = "Kernel"
_BETWEEN: Final = ";"


def format_sets(sets: Sequence[str]) -> str:
    """The value of the header Set for texts "lvalue=value". Raises ValueError for one that holds a semicolon."""
    if any(_BETWEEN in one for one in sets):
        raise ValueError("a changed boot value holds a semicolon, which separates them in a replay: write it without.")
    return f"{_BETWEEN} ".join(sets)


def read_sets(value: str | None) -> tuple[str, ...]:
    """The texts "lvalue=value" of a header Set; none where there is no such header."""
    return tuple(one.strip() for one in (value or "").split(_BETWEEN) if one.strip())


def kernel_hash(program: Program) -> str:
    """Name a kernel: "sha256:" and 64 hex digits over its tokens; comments and layout do not count."""
    return f"sha256:{sha256(program.tokens.encode()).hexdigest()}"
