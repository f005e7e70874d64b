# SPDX-License-Identifier: GPL-2.0-or-later
"""Where each level stands with the player: for the list, and for programs."""

from __future__ import annotations

from collections.abc import Sequence

from puzzles.levels.listing import Listed, Pack
from puzzles.wins.ledger import Ledger, Page
from puzzles.wins.stars import Rating
from tui.player.library import Library
from tui.view.stars import LevelStanding, Standings


def standings(library: Library, ledger: Ledger, pack: Pack, listed: Sequence[Listed]) -> tuple[Standings, str]:
    """Where the levels of a pack stand, by id, and what of that could not be read ("" for nothing).

    `listed` are the levels of the pack with all known par.
    """
    ratings, problem = library.ratings(pack, listed)
    reached = library.verified.reached
    each = {
        level.id: _standing(ratings.get(level.id), ledger.page(level.id), level, reached=level.id in reached)
        for level in listed
    }
    return {id_: standing for id_, standing in each.items() if standing}, problem or ledger.take_trouble()


def _standing(rating: Rating | None, page: Page, level: Listed, *, reached: bool) -> LevelStanding | None:
    """Where a level stands; None where there is nothing to say."""
    variant = bool(level.variant_of)
    settled = variant and (page.settled or rating is not None)
    standing = LevelStanding(rating, str(page.help), variant, settled, reached)
    return standing if rating or page.help or settled or reached else None
