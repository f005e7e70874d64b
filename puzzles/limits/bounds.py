# SPDX-License-Identifier: GPL-2.0-or-later
"""How far each kind of search goes before it gives up, unless it is told otherwise."""

from __future__ import annotations

from typing import Final, NamedTuple


class Bounds(NamedTuple):
    """States that one search may store, bytes of memory that the process may take, seconds for all it searches."""

    states: int = 5_000_000
    memory: int = 1 << 30
    seconds: float = 300.0


SOLVE: Final = Bounds()
ODDS: Final = Bounds()
EXPORT: Final = Bounds()

CHECK: Final = Bounds(500_000, seconds=120.0)
"""For each level."""

CLAIM: Final = Bounds(2_000_000, seconds=120.0)
"""In the game, and where the replay of a claim is verified."""

REASONS: Final = Bounds(20_000, seconds=60.0)
"""For each trial of a statement; the time is that of all trials together."""

VERIFY: Final = Bounds(2_000_000, seconds=600.0)
"""For the claims of all files of a call together; one alone has what a claim has."""

HINT: Final = Bounds(200_000, seconds=60.0)
"""Also for the light, and for the best ways to win where the game has to find them out."""

WHAT_IF: Final = Bounds(100_000, seconds=10.0)
"""For the answer to a question after a level, which comes at once; `oomrace check` goes as far."""

HARDEN: Final = Bounds(10_000, seconds=120.0)
"""For each setting; the time is that of all settings together."""

TRANSFER: Final = Bounds(10_000, seconds=10.0)
"""For each kernel. The states are steps: nothing is searched."""
