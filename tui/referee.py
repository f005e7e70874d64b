# SPDX-License-Identifier: GPL-2.0-or-later
"""What the end of a run is worth."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import define, field

from sim.debugger import Moment, Session, over
from tui.game import Game
from tui.library import schedule_text
from tui.services import Services


class End(Enum):
    """The end of a run: lost, won for the first time, met before, or only seen in a counterexample."""

    LOST = "lost"
    WON = "won"
    KNOWN = "known"
    SHOWN = "shown"


@define(eq=False)
class Referee:
    """Tells what ends are worth, and has a win stored the first time. `saved` says what became of the last one."""

    game: Game
    services: Services
    saved: str = ""
    claimed: str = ""
    _seen: set[Moment] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Ends that are known already, from a replay or an earlier visit, are no wins."""
        self._seen = set(_ends(self.game.session)) - {self.game.disproof}

    def end(self, *, travelled: bool) -> End:
        """The worth of the end at which the game stands; `travelled` says that the player came by time travel."""
        now = self.game.session.now
        if not self.game.session.won:
            return End.LOST
        if now is self.game.disproof and travelled:
            return End.SHOWN
        if now in self._seen:
            return End.KNOWN
        self._seen.add(now)
        self.game.solved = True
        self.saved = ""
        if self.game.scored:
            self.game.saved.add(schedule_text(self.game))
            self.saved = self.services.on_win(self.game)
        return End.WON

    def claim(self) -> str:
        """Have a claim stored that is right, the first time; what became of that."""
        game = self.game
        assert game.settled is not None
        if game.settled.right and not self.claimed:
            game.solved = game.solved or game.level.goal.safe
            self.claimed = self.services.on_claim(game)
        return self.claimed


def _ends(session: Session) -> Iterator[Moment]:
    here = [next(iter(session.now.line()))]
    while here:
        moment = here.pop()
        here += moment.children
        if over(session.machine, moment):
            yield moment
