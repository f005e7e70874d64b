# SPDX-License-Identifier: GPL-2.0-or-later
"""The way to a level: it is loaded, a run that was left is offered, the briefing is read.

A briefing that the list of levels holds is shown at once, and read while its level is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from attrs import define
from textual.app import App

from puzzles.journals import journal_paths
from puzzles.levels.errors import LevelError
from puzzles.levels.listing import Listed
from tui import screens
from tui.player.failure import BadInput
from tui.player.options import Begin
from tui.player.services import Services
from tui.screens.briefing import BriefingScreen
from tui.screens.choices import Anew
from tui.screens.levels import LevelsScreen
from tui.screens.loading import Loading
from tui.screens.page import PageScreen
from tui.screens.search import PATIENCE, LoadScreen
from tui.terminal.keyboard import Keyboard

if TYPE_CHECKING:
    from puzzles.journals import KeptRun
    from tui.game.game import Game


@define(eq=False)
class Opening:
    """Opens levels above the list. `play` is done with a game that can begin, `tell` with one whose story is wanted.

    Nothing is loaded before `ready` is set, for two threads that import modules could wait for each other.
    """

    app: App[None]
    services: Services
    levels: LevelsScreen
    keyboard: Keyboard
    ready: Event
    play: Callable[[Game], None]
    tell: Callable[[Game], None]

    def open_level(self, level_id: str) -> None:
        """Go on with a level where it was left, or begin it with its briefing."""
        if (level_id, ()) in self.services.games:
            self.play(self.services.games[level_id, ()])
            return
        loading = self._load(f"Loading {level_id}", partial(self._new_game, level_id))
        level = self.services.pack.find(level_id)
        if level and self._is_briefed_at_once(level):
            self._brief(level, partial(self._play_loaded, loading))
            self.keyboard.drop_until_drawn()
        else:
            self._wait(loading, self._brief_or_resume)

    def open_debrief(self, level_id: str) -> None:
        """Open a level that is settled with the story behind it."""
        if (level_id, ()) in self.services.games:
            self.tell(self.services.games[level_id, ()])
        else:
            self._wait(self._load(f"Loading {level_id}", partial(self._new_game, level_id)), self.tell)

    def begin(self, game: Game) -> None:
        """Begin a game without a briefing, or go on with a run of its level that was left."""
        self._begin_or_resume(game, partial(self.play, game))

    def _is_briefed_at_once(self, level: Listed) -> bool:
        """Whether the list has all that comes first: the par, and no run was left that could be gone on with."""
        left = self.services.left
        return self.services.pack.proved and not (left and any(journal_paths(left, level.id)))

    def _new_game(self, level_id: str) -> Game:
        from puzzles.levels import build_machine
        from tui.game.game import Game

        level = self.services.pack.level(level_id)
        self.services.proofs.known(level)
        return Game(level, build_machine(level))

    def _load(self, what: str, make: Callable[[], Game]) -> Loading:
        """Begin to make a game beside the screen."""

        def make_later() -> Game:
            self.ready.wait()
            return make()

        loading = Loading(what, make_later)
        loading.search.start()
        return loading

    def _play_loaded(self, loading: Loading) -> None:
        """Play a game that is there, or will be in a moment; what is typed meanwhile is meant for it."""
        if loading.search.wait(PATIENCE):
            self._go_on(loading, self.play)
        else:
            self._wait(loading, self.play)

    def _wait(self, loading: Loading, then: Callable[[Game], None]) -> None:
        """Show what takes its time, and go on with what comes of it; esc gives it up."""
        self.levels.free.clear()
        self.app.push_screen(LoadScreen(loading.search), partial(self._waited, loading, then))

    def _waited(self, loading: Loading, then: Callable[[Game], None], ended: bool | None) -> None:
        self.levels.free.set()
        if ended:
            self._go_on(loading, then)
            self.keyboard.drop_until_drawn()

    def _go_on(self, loading: Loading, then: Callable[[Game], None]) -> None:
        try:
            game = loading.game
        except LevelError as problem:
            self._refuse("this level cannot be played", str(problem))
        except BadInput as problem:
            self._refuse("this run cannot be gone on with", problem.message)
        else:
            then(game)

    def _refuse(self, title: str, why: str) -> None:
        self.app.push_screen(PageScreen[None](title, why.splitlines()))

    def _brief_or_resume(self, game: Game) -> None:
        from puzzles.proofs import with_par

        level = with_par(game.level.listed, self.services.proofs.known(game.level))
        self._begin_or_resume(game, partial(self._brief, level, partial(self.play, game)))

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
            self.app.push_screen(screens.ResumeScreen(game.level, left), partial(self._resume_or_begin, begin))

    def _resume_or_begin(self, begin: Callable[[], None], choice: KeptRun | Anew | None) -> None:
        if isinstance(choice, Anew):
            begin()
        elif choice is not None:
            self._resume(choice)

    def _resume(self, run: KeptRun) -> None:
        """Go on with a run that was left."""
        runs, pack, proofs = self.services.runs, self.services.pack, self.services.proofs
        self._wait(self._load("Going on with your run", lambda: runs.resume(pack, run, proofs)), self.play)

    def _brief(self, level: Listed, begin: Callable[[], None]) -> None:
        briefed = level.telling(self.services.settled())
        self.app.push_screen(BriefingScreen(briefed), lambda begun: begin() if begun else None)
