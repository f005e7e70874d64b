# SPDX-License-Identifier: GPL-2.0-or-later
"""The way to a level: it is loaded, a run that was left is offered, the briefing is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import assert_never

from attrs import define
from textual.app import App

from puzzles.journals import KeptRun
from puzzles.levels import LevelError, build_machine
from tui.explorer.searching import BackgroundSearch
from tui.game.game import Game
from tui.player.failure import BadInput
from tui.player.options import Begin
from tui.player.services import Services
from tui.screens.briefing import BriefingScreen
from tui.screens.choices import Anew
from tui.screens.levels import LevelsScreen
from tui.screens.page import PageScreen
from tui.screens.resume import ResumeScreen
from tui.screens.search import LoadScreen
from tui.terminal.keyboard import Keyboard


@define(eq=False)
class Opening:
    """Opens levels above the list. `play` is done with a game that can begin."""

    app: App[None]
    services: Services
    levels: LevelsScreen
    keyboard: Keyboard
    play: Callable[[Game], None]

    def open_level(self, level_id: str) -> None:
        """Go on with a level where it was left, or begin it with its briefing."""
        if (level_id, ()) in self.services.games:
            self.play(self.services.games[level_id, ()])
            return

        def load() -> Game:
            level = self.services.pack.level(level_id)
            self.services.proofs.known(level)
            return Game(level, build_machine(level))

        self._load(f"Loading {level_id}", load, lambda game: self._begin_or_resume(game, partial(self._brief, game)))

    def begin(self, game: Game) -> None:
        """Begin a game without a briefing, or go on with a run of its level that was left."""
        self._begin_or_resume(game, partial(self.play, game))

    def _load(self, what: str, work: Callable[[], Game], then: Callable[[Game], None]) -> None:
        """Do what takes its time beside the screen, then open what comes of it; esc gives it up."""
        made: list[Game] = []
        search = BackgroundSearch(what, lambda _watch: made.append(work()))
        self.levels.free.clear()
        search.start()
        self.app.push_screen(LoadScreen(search), lambda ended: self._loaded(search, partial(then, *made), ended))

    def _loaded(self, search: BackgroundSearch, then: Callable[[], None], ended: bool | None) -> None:
        self.levels.free.set()
        if not ended:
            return
        try:
            search.check()
        except LevelError as problem:
            self._refuse("this level cannot be played", str(problem))
        except BadInput as problem:
            self._refuse("this run cannot be gone on with", problem.message)
        else:
            then()
        self.keyboard.drop_until_drawn()

    def _refuse(self, title: str, why: str) -> None:
        self.app.push_screen(PageScreen[None](title, why.splitlines()))

    def _begin_or_resume(self, game: Game, begin: Callable[[], None]) -> None:
        """Begin a game, or go on with a run of its level that was left: as the command line says, or the player."""
        how, runs = self.services.begin, self.services.runs
        left = [] if how is Begin.FRESH else runs.left(game)
        if not left:
            game.warning = game.warning or runs.outdated(game)
            begin()
        elif how is Begin.RESUME:
            self._resume(left[0])
        else:
            self.app.push_screen(ResumeScreen(game.level, left), partial(self._resume_or_begin, begin))

    def _resume_or_begin(self, begin: Callable[[], None], choice: KeptRun | Anew | None) -> None:
        match choice:
            case KeptRun():
                self._resume(choice)
            case Anew():
                begin()
            case None:
                pass
            case _:
                assert_never(choice)

    def _resume(self, run: KeptRun) -> None:
        """Go on with a run that was left."""
        runs, pack, proofs = self.services.runs, self.services.pack, self.services.proofs
        self._load("Going on with your run", lambda: runs.resume(pack, run, proofs), self.play)

    def _brief(self, game: Game) -> None:
        briefing = BriefingScreen(game.level, self.services.proofs.known(game.level))
        self.app.push_screen(briefing, lambda begun: self.play(game) if begun else None)
