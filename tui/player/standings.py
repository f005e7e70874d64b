# SPDX-License-Identifier: GPL-2.0-or-later
"""Where each level stands with the player: for the list, and for programs."""

from __future__ import annotations

from collections.abc import Sequence

from puzzles.levels.listing import Listed, Pack
from puzzles.wins.ledger import Ledger
from tui.player.library import Library
from tui.view.stars import LevelStanding, Standings


def standings(library: Library, ledger: Ledger, pack: Pack, listed: Sequence[Listed]) -> tuple[Standings, str]:
    """Where the levels of a pack stand, by id, and what of that could not be read ("" for nothing).

    `listed` are the levels of the pack with all known par.
    """
    ratings, problem = library.ratings(pack, listed)
    helps = {level.id: str(ledger.page(level.id).help) for level in listed}
    all_of_it = {id_: LevelStanding(ratings.get(id_), help_) for id_, help_ in helps.items() if help_ or id_ in ratings}
    return all_of_it, problem or ledger.take_trouble()
