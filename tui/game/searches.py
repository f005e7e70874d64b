# SPDX-License-Identifier: GPL-2.0-or-later
"""The searches behind a game that is played on a screen."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field

from tui.explorer.searching import BackgroundSearch, Topic, Unknown
from tui.game.game import Game


@define(eq=False)
class Searches:
    """Searches for what a game needs to know. `learned` is called at the end of each, in another thread."""

    game: Game
    learned: Callable[[], object]
    _running: dict[Topic, BackgroundSearch] = field(factory=dict)

    def search(self, unknown: Unknown) -> BackgroundSearch:
        """The search for something unknown: the one that goes on already, else a new one."""
        search = self._running.get(unknown.topic)
        if search is None or search.over or search.stopped:
            search = self._running[unknown.topic] = BackgroundSearch(unknown.what, unknown.find)
            search.start(self.learned)
        return search

    def go_on(self) -> None:
        """Search for what the screen will want to tell unasked: first the par of the level, then the light."""
        unknown = self._wanted()
        if unknown is not None:
            self.search(unknown)

    def _wanted(self) -> Unknown | None:
        game = self.game
        if game.scored and game.proof is None:
            return game.proofs.unknown(game.level)
        return game.analysis.unsearched if game.lit else None

    @property
    def busy(self) -> bool:
        """Whether a search goes on."""
        return any(not search.over for search in self._running.values())

    def stop(self) -> None:
        """Stop all searches."""
        for search in self._running.values():
            search.stop()
