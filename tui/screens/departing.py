# SPDX-License-Identifier: GPL-2.0-or-later
"""The end of the program, and the question that comes before it while runs are open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, assert_never

from attrs import define
from textual.app import App

from tui.player.services import Services
from tui.screens.choices import Leaving
from tui.screens.confirm import ConfirmScreen, LeaveScreen

if TYPE_CHECKING:
    from tui.game.game import Game


@define(eq=False)
class Departure:
    """Ends the program. `play` is done with a game that the player would rather go on with."""

    app: App[None]
    services: Services
    play: Callable[[Game], None]
    question: ConfirmScreen | LeaveScreen | None = None

    def leave(self, back: Game | None = None) -> None:
        """End, or go back to a game; ask first where a run is not finished. Asked for twice, it ends."""
        games = [game for game in self.services.games.values() if _is_unfinished(game)]
        if self.app.screen is self.question or not games:
            self.app.exit()
        elif all(game.keeper is not None and game.keeper.kept for game in games):
            self.question = question = LeaveScreen([game.level.id for game in games])
            self.app.push_screen(question, partial(self._answered, games, back))
        else:
            self.question = sure = ConfirmScreen("A run is neither finished nor saved. Leave all the same?")
            self.app.push_screen(sure, lambda yes: self._answered(games, back, Leaving.LEAVE if yes else Leaving.STAY))

    def _answered(self, games: Sequence[Game], back: Game | None, answer: Leaving | None) -> None:
        match answer:
            case Leaving.LEAVE:
                self.app.exit()
            case Leaving.DISCARD:
                for game in games:
                    if game.keeper is not None:
                        game.keeper.drop()
                self.app.exit()
            case Leaving.STAY | None:
                if back is not None:
                    self.play(back)
            case _:
                assert_never(answer)


def _is_unfinished(game: Game) -> bool:
    """Whether steps would be lost: those up to here, or up to where a claim turned out wrong."""
    from sim.debugger import over

    proved = game.claimed is not None and game.claimed.settles
    ends = (game.session.now, *((game.claimed_at,) if game.claimed_at else ()))
    return not proved and any(end.steps and not over(game.machine, end) for end in ends)
