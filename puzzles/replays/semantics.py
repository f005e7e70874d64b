# SPDX-License-Identifier: GPL-2.0-or-later
"""What a step means: its version, and whether a replay of an older one is about the same steps."""

from __future__ import annotations

from typing import Final

from puzzles.notation import SEMANTICS, Replay
from sim import Machine

SEMANTICS_VERSION: Final = "2"
"""Raised when the meaning of a step changes, and only then. `docs/replay.md` says what has changed."""

_BEFORE_UNLOCKS_WAITED: Final = "1"


def other_meaning(replay: Replay, machine: Machine) -> str:
    """Why the steps of a replay may not be those of today on this machine, in words; "" where they are the same."""
    semantics = replay.header(SEMANTICS)
    if semantics == SEMANTICS_VERSION or (semantics == _BEFORE_UNLOCKS_WAITED and not machine.tso):
        return ""
    if semantics == _BEFORE_UNLOCKS_WAITED:
        return "it is from before spin_unlock went through the store buffer (Semantics 1): it may need more drains"
    return f"steps may have meant something else: Semantics is {semantics or 'missing'}, not {SEMANTICS_VERSION}"
