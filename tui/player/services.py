# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens need from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from puzzles.score import Score
from tui.explorer.proofs import Proofs
from tui.game.game import Game
from tui.player.runs import Begin, Runs


@frozen
class Services:
    """The player's keys, what becomes of a win and of a claim, best scores, and proofs.

    `keymap` maps names of commands to keys, several divided by commas. `on_win` and `on_claim` store what the player
    has just won, and return a sentence about that. `runs` keeps games while they are played; `begin` says how a level
    begins of which a run was left. `ids` are those of all levels, in order; `games` are those that were begun, by
    level and changes.
    """

    keymap: Mapping[str, str]
    on_win: Callable[[Game], str]
    bests: Callable[[], Mapping[str, Score]]
    ids: Sequence[str] = ()
    on_claim: Callable[[Game], str] = lambda _game: ""
    proofs: Proofs = field(factory=Proofs)
    runs: Runs = field(factory=Runs)
    begin: Begin = Begin.ASK
    games: dict[tuple[str, tuple[str, ...]], Game] = field(factory=dict)

    def following(self, level_id: str) -> str:
        """The next level that is not won, behind the last one from the start; "" where none is left."""
        at = self.ids.index(level_id) if level_id in self.ids else len(self.ids)
        won = self.bests()
        return next((one for one in (*self.ids[at + 1 :], *self.ids[:at]) if one not in won), "")
