# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands before a line of the source: that it is marked as a reason, goes with one, or is gone in a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui.game.game import Game
from tui.view.model import MARKED, lines_of

TAKEN: Final = "-"


def signs(game: Game, file: str) -> Mapping[int, str]:
    """The signs of a file's lines, by number."""
    marked = dict.fromkeys(lines_of(game.marked, file), MARKED)
    taken = dict.fromkeys(lines_of(game.lesson.taken if game.lesson else (), file), TAKEN)
    along = dict.fromkeys(lines_of(game.goes_along, file), TAKEN)
    return {**along, **marked, **taken}
