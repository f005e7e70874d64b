# SPDX-License-Identifier: GPL-2.0-or-later
"""A game that is made beside the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import define, field

from tui.explorer.searching import BackgroundSearch

if TYPE_CHECKING:
    from sim.explore import ProgressWatch
    from tui.game.game import Game


@define(eq=False)
class Loading:
    """What is made, in words, how, and the search in whose thread it is."""

    what: str
    make: Callable[[], Game]
    search: BackgroundSearch = field(init=False)
    _made: Game | None = None

    def __attrs_post_init__(self) -> None:
        """Be ready to start."""
        self.search = BackgroundSearch(self.what, self._make)

    @property
    def game(self) -> Game:
        """The game, once the search is over. Raises what making it has raised."""
        self.search.check()
        assert self._made is not None
        return self._made

    def _make(self, watch: ProgressWatch) -> None:
        del watch
        self._made = self.make()
