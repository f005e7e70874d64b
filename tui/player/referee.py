# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of the end of a run, and of a claim: the same for the screen and for line mode."""

from __future__ import annotations

from attrs import define, frozen

from puzzles.claims import SAFE
from puzzles.referee import Ruling, rule_claim
from tui.game.game import Game
from tui.player.library import schedule_text
from tui.player.services import Services


@frozen
class End:
    """The end of a run or a claim: what it is worth, whether that is news, and what became of it, in a sentence."""

    ruling: Ruling
    first: bool
    saved: str


@define(eq=False)
class Referee:
    """Tells what ends are worth, and has a win stored the first time it is reached."""

    game: Game
    services: Services
    saved: str = ""

    def end(self) -> End:
        """The end of the run at which the game stands."""
        ruling, schedule = self.game.ruling, schedule_text(self.game)
        first = self._is_news(schedule) if ruling.reached else True
        if ruling.reached and first:
            self.saved = self.services.on_win(self.game) if ruling.won else ruling.why_not
        self.game.solved = self.game.solved or (ruling.reached and not ruling.shown)
        return End(ruling, first, self.saved if ruling.reached else "")

    def claim(self) -> End:
        """The claim that was made, once it is settled."""
        game = self.game
        assert game.settled is not None
        ruling = rule_claim(game.machine.goal, game.settled, changed=not game.scored)
        first = self._is_news(SAFE) if ruling.reached else True
        saved = ""
        if ruling.reached and first:
            saved = self.services.on_claim(game) if ruling.won else ruling.why_not
        game.solved = game.solved or ruling.won
        return End(ruling, first, saved)

    def _is_news(self, end: str) -> bool:
        known = end in self.game.saved
        self.game.saved.add(end)
        return not known
