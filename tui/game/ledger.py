# SPDX-License-Identifier: GPL-2.0-or-later
"""What was shown to the player of each level, whichever game of it showed it, and what is settled by that."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from attrs import define, field


@define(eq=False)
class Ledger:
    """The schedules that were shown since the program was started, by level id, and the claims that were misses.

    They outlive restarts and what-ifs. `settled` are the levels that were won since then, or whose solution was shown
    in full.
    """

    _shown: dict[str, tuple[str, ...]] = field(factory=dict)
    _settled: set[str] = field(factory=set)
    _misses: dict[str, set[str]] = field(factory=dict)

    @property
    def settled(self) -> AbstractSet[str]:
        """The ids of the levels of which everything may be told."""
        return self._settled

    def settle(self, level_id: str) -> None:
        """Note that a level is settled."""
        self._settled.add(level_id)

    def miss(self, level_id: str, claim: str) -> None:
        """Note a claim that was a miss; the same one counts once."""
        self._misses.setdefault(level_id, set()).add(claim)

    def misses(self, level_id: str) -> int:
        """How many claims of a level were misses."""
        return len(self._misses.get(level_id, ()))

    def shown(self, level_id: str) -> tuple[str, ...]:
        """The lines that were shown of a level, in that order, as `puzzles.replays.showing` writes them."""
        return self._shown.get(level_id, ())

    def show(self, level_id: str, line: str) -> None:
        """Note a line that is shown; one that is there already counts once."""
        self._shown[level_id] = tuple(dict.fromkeys((*self.shown(level_id), line)))
