# SPDX-License-Identifier: GPL-2.0-or-later
"""Which levels are settled: what tells the answer of a level asks here, and is told no sooner."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet


def settled(won: Iterable[str], shown: Iterable[str] = ()) -> AbstractSet[str]:
    """The ids of the levels that are won, or whose solution was shown in full."""
    return {*won, *shown}
