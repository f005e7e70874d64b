# SPDX-License-Identifier: GPL-2.0-or-later
"""The levels of the game that are small enough for a test that does everything the slow way."""

from __future__ import annotations

import pytest

from puzzles.levels import Level, game_pack
from puzzles.proofs import known_proof


def levels_up_to(states: int) -> list[Level]:
    """The levels with at most so many states, by the lock file; those that it does not know are left out."""
    proofs = ((level, known_proof(level)) for level in game_pack().levels)
    return [level for level, proof in proofs if proof is not None and proof.states <= states]


def each_level_up_to(states: int) -> pytest.MarkDecorator:
    """Run a test for each of these levels, as its argument `level`."""
    return pytest.mark.parametrize("level", levels_up_to(states), ids=lambda level: level.id)
