# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that need the explorer: the search behind them, and what is done once it has ended."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.message import Message

from tui.actions.reply import Unconfirmed
from tui.explorer.searching import BackgroundSearch, Unknown
from tui.game.game import Game
from tui.game.searches import Searches
from tui.screens.command import CommandScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.search import SearchScreen

PATIENCE = 0.1
"""Seconds for which keys wait for a search before it is shown."""


class AskingScreen(CommandScreen):
    """A screen with searches behind its game. They end when the screen does."""

    class Learned(Message):
        """A search has ended."""

    def __init__(self, game: Game) -> None:
        super().__init__(game)
        self.searches = Searches(game, lambda: self.post_message(self.Learned()))

    def show(self, problem: str = "") -> None:
        """Bring the panels up to date; `problem` takes the place of the message."""
        raise NotImplementedError

    def tell(self) -> None:
        """Show what a search has found."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Nobody waits for searches any more."""
        self.searches.stop()

    def ask(self, unknown: Unknown, text: str) -> None:
        """Search for what a line needs, then do it; let the player think again first where that costs him something."""
        if isinstance(unknown, Unconfirmed):
            question = ConfirmScreen(unknown.question)
            self.app.push_screen(question, lambda yes: self._search(unknown, text) if yes else None)
        else:
            self._search(unknown, text)

    def _search(self, unknown: Unknown, text: str) -> None:
        search = self.searches.search(unknown)
        if search.wait(PATIENCE):
            self._searched(search, text, True)
        else:
            self.app.push_screen(SearchScreen(search), partial(self._searched, search, text))

    def _searched(self, search: BackgroundSearch, text: str, ended: bool | None) -> None:
        search.check()
        if ended:
            self.act(text)
        else:
            self.searches.stop()  # those that nobody has asked for, too: who presses esc wants an end
            self.show("the search was stopped; nothing else has changed")

    @on(Learned)
    def _learned(self) -> None:
        self.searches.go_on()
        self.tell()
