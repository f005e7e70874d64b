# SPDX-License-Identifier: GPL-2.0-or-later
"""Stars and help as they are told: in lists, on the pages of a level, and to programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from attrs import frozen

from puzzles.wins.stars import Rating, stars_text


@frozen
class LevelStanding:
    """Where a level stands: what its wins have come to (None before the first), and the help that was had with it."""

    rating: Rating | None = None
    help: str = ""

    @property
    def stars(self) -> int:
        """None to three."""
        return self.rating.stars if self.rating else 0

    @property
    def stars_text(self) -> str:
        """The stars as the terminal can show them, and whether the level was won blindfold; "" before it is won."""
        if self.rating is None:
            return ""
        return drawn(self.stars) + (" blindfold" if self.rating.blindfold else "")


Standings = Mapping[str, LevelStanding]
"""Those of the levels of which there is anything to say, by id."""

NO_STANDING = LevelStanding()


def drawn(stars: int) -> str:
    """Stars as the output that the program was started with can show them: on the screen another takes its place."""
    return stars_text(stars, getattr(sys.__stdout__, "encoding", None))


def rating_text(rating: Rating) -> str:
    """What the stars of a win are for, in words."""
    parts = ["won", "without help" if rating.unaided else "with help"]
    parts += ["at par"] if rating.at_par else []
    return ", ".join([*parts, *(["blindfold: the whole schedule at once"] if rating.blindfold else [])])
