# SPDX-License-Identifier: GPL-2.0-or-later
"""What a replay was played with: boot values in the header Set, another kernel in Kernel, another goal in Goal."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from puzzles.levels import Level
from puzzles.notation import Replay
from sim import Outcome, Program

SET: Final = "Set"
KERNEL: Final = "Kernel"
GOAL: Final = "Goal"
_BETWEEN: Final = ";"


def format_sets(sets: Sequence[str]) -> str:
    """The value of the header Set for texts "lvalue=value". Raises ValueError for one that holds a semicolon."""
    if any(_BETWEEN in change for change in sets):
        raise ValueError("a changed boot value holds a semicolon, which separates them in a replay: write it without.")
    return f"{_BETWEEN} ".join(sets)


def read_sets(value: str | None) -> tuple[str, ...]:
    """The texts "lvalue=value" of a header Set; none where there is no such header."""
    return tuple(part.strip() for part in (value or "").split(_BETWEEN) if part.strip())


def kernel_hash(program: Program) -> str:
    """Name a kernel: "sha256:" and 64 hex digits over its tokens; comments and layout do not count."""
    return f"sha256:{sha256(program.tokens.encode()).hexdigest()}"


def as_asked(level: Level, replay: Replay) -> Level:
    """The level with the goal that a replay was played for. Raises ValueError for one that is none."""
    name = replay.header(GOAL)
    if not name:
        return level
    for outcome in Outcome:
        if outcome.value == name and outcome is not Outcome.OPEN:
            return level.asking(outcome)
    raise ValueError(f"the header {GOAL} says {name!r}, which is no outcome.")
