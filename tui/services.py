# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens need from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from puzzles.judge import Score
from tui.game import Game
from tui.proofs import Proofs
from tui.runs import Begin, Runs


@frozen
class Services:
    """The player's keys, what becomes of a win and of a claim, best scores, the last level's id, and proofs.

    `keymap` maps names of commands to keys, several divided by commas. `on_win` and `on_claim` store what the player
    has just won, and return a sentence about that. `runs` keeps games while they are played; `begin` says how a level
    begins of which a run was left. `games` are those that were begun, by level and changes.
    """

    keymap: Mapping[str, str]
    on_win: Callable[[Game], str]
    bests: Callable[[], Mapping[str, Score]]
    last: str = ""
    on_claim: Callable[[Game], str] = lambda _game: ""
    proofs: Proofs = field(factory=Proofs)
    runs: Runs = field(factory=Runs)
    begin: Begin = Begin.ASK
    games: dict[tuple[str, tuple[str, ...]], Game] = field(factory=dict)
