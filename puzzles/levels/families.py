# SPDX-License-Identifier: GPL-2.0-or-later
"""Variants beside the level that they are variants of: what can be wrong with that, and the order of both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches

from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.model import Level
from puzzles.levels.order import Position


def misplaced_variants(levels: Sequence[Level], broken: Collection[str]) -> Mapping[str, LevelError]:
    """By id: the levels that are variants of what a pack does not have, or of another variant.

    `broken` are the ids of the levels that the pack has besides.
    """
    own = {level.id: level.variant_of for level in levels}
    wrong: dict[str, LevelError] = {}
    for level in levels:
        sibling = level.variant_of
        if own.get(sibling):
            message = f"{sibling!r} is a variant itself; name the level that it is one of, {own[sibling]!r}"
        elif sibling and sibling not in own and sibling not in broken:
            others = [id_ for id_, of in own.items() if not of]
            message = f"there is no level {sibling!r} in this pack; {_advice(sibling, [*others, *broken])}"
        else:
            continue
        wrong[level.id] = LevelError([Problem(level.file, "variant_of", message)])
    return wrong


def _advice(sibling: str, ids: Sequence[str]) -> str:
    close = get_close_matches(sibling, ids, 3)
    return f"did you mean {' or '.join(close)}?" if close else "name one of its levels, or leave it out"


def in_families(levels: Iterable[Level], place_of: Callable[[str], Position]) -> list[Level]:
    """Levels in the order of their places, each with its variants behind it.

    A variant of a level in another chapter stands there.
    """

    def place(level: Level) -> tuple[Position, bool, Position]:
        return place_of(level.variant_of or level.id), bool(level.variant_of), place_of(level.id)

    return sorted(levels, key=place)
