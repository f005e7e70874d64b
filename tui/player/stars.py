# SPDX-License-Identifier: GPL-2.0-or-later
"""The stars of a level."""

from __future__ import annotations

from puzzles.judging.score import Score
from puzzles.levels.listing import Listed


def stars(level: Listed, best: Score | None) -> int:
    """How many stars the player's best result is worth: one for a win, one more for a run at par.

    The list must say what is par. A third star, for a win without help, is not known from a score.
    """
    return 0 if best is None else 1 + (best in level.best_scores)
