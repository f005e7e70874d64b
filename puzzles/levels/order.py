# SPDX-License-Identifier: GPL-2.0-or-later
"""The order in which the levels of a pack are meant to be played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from puzzles.levels.listing import Chapter

Position: TypeAlias = tuple[int, int, int]
"""Where a level stands: its chapter, its place among those that the chapter names, its number."""


def playing_order(chapters: Sequence[Chapter]) -> Callable[[str], Position]:
    """From the id of a level to its place: chapters as they come, then the levels that each names, then by number.

    What it gives raises KeyError for a level of another chapter.
    """
    places = {chapter.id: place for place, chapter in enumerate(chapters)}
    named = {f"{chapter.id}/{number}": place for chapter in chapters for place, number in enumerate(chapter.levels)}

    def place_of(id_: str) -> Position:
        chapter, _, number = id_.partition("/")
        return places[chapter], named.get(id_, len(named)), int(number)

    return place_of
