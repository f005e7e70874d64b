# SPDX-License-Identifier: GPL-2.0-or-later
"""What was shown to the player of each level, whichever game of it showed it."""

from __future__ import annotations

from attrs import define, field


@define(eq=False)
class Ledger:
    """The schedules that were shown since the program was started, by level id. They outlive restarts and what-ifs."""

    _shown: dict[str, tuple[str, ...]] = field(factory=dict)

    def shown(self, level_id: str) -> tuple[str, ...]:
        """The lines that were shown of a level, in that order, as `puzzles.replays.showing` writes them."""
        return self._shown.get(level_id, ())

    def show(self, level_id: str, line: str) -> None:
        """Note a line that is shown; one that is there already counts once."""
        self._shown[level_id] = tuple(dict.fromkeys((*self.shown(level_id), line)))
