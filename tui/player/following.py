# SPDX-License-Identifier: GPL-2.0-or-later
"""Which level comes next."""

from __future__ import annotations

from collections.abc import Collection

from puzzles.levels import Level, Pack


def following(pack: Pack, id_: str, won: Collection[str]) -> Level | None:
    """The next level that is not won: the first one behind a level, else the first of all; None where all are won.

    `won` holds the ids of the levels that are won.
    """
    ids = [level.id for level in pack.levels]
    place = ids.index(id_) + 1 if id_ in ids else 0
    open_ = (level for level in (*pack.levels[place:], *pack.levels[:place]) if level.id not in won and level.id != id_)
    return next(open_, None)
