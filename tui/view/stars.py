# SPDX-License-Identifier: GPL-2.0-or-later
"""Stars and help as they are told: in lists, on the pages of a level, and to programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from puzzles.levels.listing import Listed
from puzzles.wins.stars import Rating, stars_text

if TYPE_CHECKING:
    from puzzles.levels import Level

UNSETTLED = "that is told once the level is settled: won, or its solution shown in full"
"""What is said where a level's story is wanted too soon."""


@frozen
class LevelStanding:
    """Where a level stands: what its wins have come to (None before the first), and the help that was had with it.

    `variant` says that it is a variant, which has no stars; `settled` that this one was won, or shown in full.
    `reached` says that it is not won, but was claimed safe, which is right, before reasons were asked for.
    """

    rating: Rating | None = None
    help: str = ""
    variant: bool = False
    settled: bool = False
    reached: bool = False

    @property
    def stars(self) -> int:
        """None to three."""
        return self.rating.stars if self.rating and not self.variant else 0

    @property
    def stars_text(self) -> str:
        """The stars as the terminal can show them, and whether the level was won blindfold; "" before it is won.

        Of a variant that it is settled.
        """
        if self.variant and self.settled:
            return "settled"
        if self.variant or self.rating is None:
            return ""
        return drawn(self.stars) + (" blindfold" if self.rating.blindfold else "")


Standings = Mapping[str, LevelStanding]
"""Those of the levels of which there is anything to say, by id."""

REACHED = "reached, not won: your claim has no line that is the reason"
"""What is said of a level that was claimed safe as older versions of the game took it."""

NO_STANDING = LevelStanding()


def drawn(stars: int) -> str:
    """Stars as the output that the program was started with can show them: on the screen another takes its place."""
    return stars_text(stars, getattr(sys.__stdout__, "encoding", None))


def variant_text(level: Listed | Level) -> str:
    """What a level is a variant of, in a few words; "" for one of its own."""
    return f"a variant of {level.variant_of}" if level.variant_of else ""


def passed_over_text(variants: Sequence[Listed]) -> str:
    """That the next level is not the next one in the list; "" where it is."""
    if not variants:
        return ""
    *others, last = (level.id for level in variants)
    names = f"{', '.join(others)} and {last}, variants" if others else f"{last}, a variant"
    return f"The next level passes over {names} without a star."


def rating_text(rating: Rating) -> str:
    """What the stars of a win are for, in words."""
    parts = ["won", "without help" if rating.unaided else "with help"]
    parts += ["at par"] if rating.at_par else []
    return ", ".join([*parts, *(["blindfold: the whole schedule at once"] if rating.blindfold else [])])
