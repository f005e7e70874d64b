# SPDX-License-Identifier: GPL-2.0-or-later
"""What a game that is played needs beside itself: the same for the screen and for line mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from puzzles.judging.score import Score
from puzzles.levels.listing import Listed, Pack
from puzzles.wins.ledger import Ledger
from tui.player.first_start import FirstStart
from tui.player.library import Library
from tui.player.options import Begin
from tui.player.settled import settled
from tui.player.standings import standings
from tui.view.stars import Standings

if TYPE_CHECKING:
    from puzzles.history import History
    from tui.explorer.proofs import Proofs
    from tui.game.game import Game
    from tui.player.history_reader import HistoryReader
    from tui.player.runs import Runs


@frozen
class Services:
    """The pack that is played, the player's wins and keys, the runs that are kept, and what is proved.

    `keymap` maps names of commands to keys, several divided by commas. `left` is the folder of runs that are kept,
    `cache` that of proofs; with None nothing is. `begin` says how a level begins of which a run was left. `games` are
    those that were begun, by level and changes, and `ledger` knows what has helped with each level.
    """

    pack: Pack
    library: Library = field(factory=Library)
    keymap: Mapping[str, str] = field(factory=dict)
    left: Path | None = None
    cache: Path | None = None
    begin: Begin = Begin.ASK
    games: dict[tuple[str, tuple[str, ...]], Game] = field(factory=dict)
    ledger: Ledger = field(factory=Ledger)

    @cached_property
    def first_start(self) -> FirstStart:
        """Whether the player starts the game for the first time."""
        return FirstStart(self.left)

    @cached_property
    def proofs(self) -> Proofs:
        """What is proved of levels, and what was found out before."""
        from tui.explorer.proofs import Proofs

        return Proofs(self.cache, self.pack)

    @cached_property
    def runs(self) -> Runs:
        """The runs that are kept."""
        from tui.player.runs import Runs

        return Runs(self.left)

    def bests(self) -> Mapping[str, Score]:
        """The best score of each level that was won, by id, as far as the wins can be read."""
        return self.library.bests(self.pack)[0]

    def settled(self) -> AbstractSet[str]:
        """The ids of the levels of which everything may be told: won, or their solution shown in full."""
        return settled(self.bests(), self.ledger.settled(self.pack.ids))

    def told_pack(self) -> Pack:
        """The pack with what is proved of the levels that are settled, as far as that is known without a search."""
        return self.proofs.with_pars(self.pack).telling(self.settled())

    def history_reader(self, history: History) -> HistoryReader:
        """Who reads in a history, with these."""
        from tui.player.history_reader import HistoryReader

        return HistoryReader(history, self.told_pack(), self.bests(), self.settled(), self.ledger)

    def standings(self, listed: Sequence[Listed] | None = None) -> tuple[Standings, str]:
        """Where the levels stand, by id, and what of that could not be read.

        `listed` are the levels with their par; without them it counts as far as it was asked for before.
        """
        pack = self.pack
        if listed is None:
            listed = pack.listed if pack.proved else [self.proofs.with_par(pack, level) for level in pack.listed]
        return standings(self.library, self.ledger, pack, listed)

    def begin_game(self, game: Game) -> None:
        """Have a game played with these: it is kept from its next step on, and what others have shown counts."""
        self.games[game.level.id, game.sets] = game
        game.proofs = self.proofs
        game.won_before = lambda: game.level.id in self.bests()
        game.settled_ids = self.settled
        game.family = self.pack.family(game.level.id)
        game.best_win = lambda: self.library.best_win(game.level)
        game.share(self.ledger)
        self.runs.begin(game)

    def next_level(self, level_id: str = "") -> Listed | None:
        """The next level behind one that is not won, behind the last from the start; None where no other is left.

        Variants come when all others are won: those that are not settled.
        """
        ids, bests = self.pack.ids, self.bests()
        place = ids.index(level_id) + 1 if level_id in ids else 0
        others = [level for level in (*self.pack.listed[place:], *self.pack.listed[:place]) if level.id != level_id]
        own = [level for level in others if not level.variant_of and level.id not in bests]
        settled_ids = self.settled() if not own else ()
        variants = [level for level in others if level.variant_of and level.id not in settled_ids]
        return next(iter(own or variants), None)

    def passed_over(self, level_id: str) -> list[Listed]:
        """The variants between a level and the next one that are not settled."""
        following, ids = self.next_level(level_id), self.pack.ids
        if following is None or following.variant_of or level_id not in ids:
            return []
        between = self.pack.listed[ids.index(level_id) + 1 : ids.index(following.id)]
        settled_ids = self.settled() if between else ()
        return [level for level in between if level.variant_of and level.id not in settled_ids]
