# SPDX-License-Identifier: GPL-2.0-or-later
"""Which screen comes after which: from the list to a level, to what comes after it, to the history, to the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, assert_never

from attrs import define, field
from textual.app import App

from puzzles.levels.errors import LevelError
from tui import screens
from tui.actions.requests import Leave, OpenLevel, ShowHistory, ShowLevels, Vary
from tui.player.first_start import first_level
from tui.player.services import Services
from tui.screens.choices import Next, Onward, Visit
from tui.screens.departing import Departure
from tui.screens.levels import LevelsScreen
from tui.screens.opening import Opening
from tui.screens.page import PageScreen
from tui.terminal.keyboard import Keyboard

if TYPE_CHECKING:
    from threading import Event

    from puzzles.levels import Level, Listed
    from tui.game.game import Game
    from tui.screens.play import PlayScreen
    from tui.widgets.prompt import Typing


@define(eq=False)
class Navigation:
    """Opens screens above the list of levels, and acts on what they are closed with; `ready` is that of Opening.

    `typing` is the prompt of the game that was left for another one: it is open there, too.
    """

    app: App[None]
    services: Services
    levels: LevelsScreen
    keyboard: Keyboard
    ready: Event
    typing: Typing | None = field(default=None, init=False)
    opening: Opening = field(init=False)
    departure: Departure = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Both lead to a game."""
        self.opening = Opening(self.app, self.services, self.levels, self.keyboard, self.ready, self.play, self.tell)
        self.departure = Departure(self.app, self.services, self.play)

    def begin(self, level_id: str | None, game: Game | None) -> None:
        """Open what was asked for when the program was started; with the list, the first time, the opening page."""
        if game is not None and game.session.now.children:
            self.play(game)  # an opened replay
        elif game is not None:
            self.opening.begin(game)
        elif level_id is not None:
            self.opening.open_level(level_id)
        elif self.services.first_start.take():
            self._welcome()

    def _welcome(self) -> None:
        """Say who the player is, and draw a machine, before the list of levels."""
        level = first_level(self.services)
        if level is not None:
            from tui.screens.welcome import WelcomeScreen

            self.app.push_screen(WelcomeScreen(level, self.services.keymap, self.app.size.width))

    def play(self, game: Game, line: str = "") -> None:
        """Open the play screen, and do a line there."""
        self.services.begin_game(game)
        screen = screens.PlayScreen(game, self.services, line)
        if self.typing is not None:
            screen.typing.go_on(self.typing)
        self.app.push_screen(screen, partial(self._after, screen))

    def tell(self, game: Game) -> None:
        """Open the play screen with the story behind its level."""
        self.play(game, "debrief")

    def open_history(
        self, level: Level | Listed | None, played: PlayScreen | None = None, asked: ShowHistory | None = None
    ) -> None:
        """Open the time line at the era that is asked for, else at that of a level, above the game that is `played`."""
        asked = asked or ShowHistory()
        services = self.services
        from puzzles.history import game_history

        try:
            history = game_history()
            era = history.era(asked.era) if asked.era else history.era_of_kernel(level.kernel if level else "")
            screen = screens.HistoryScreen(services.history_reader(history), era)
            if asked.broken and era is not None and (noted := screen.read_on(era)):
                self.app.notify(noted, severity="warning", markup=False)
        except LevelError as problem:
            self.app.push_screen(PageScreen[None]("the history cannot be read", str(problem).splitlines()))
            return
        screen.typing = played.typing if played else None
        self.app.push_screen(screen, partial(self._visit, played))

    def _visit(self, played: PlayScreen | None, visit: Visit | None) -> None:
        """Go to the list at a level that was chosen in the time line, or back to the game, which may be helped now."""
        if visit and played:
            played.leave(visit)
        elif visit:
            self.levels.point_at(visit.level_id)
        elif played:
            played.show()

    def choose(self, level_id: str) -> None:
        """Open a level that was chosen in the list, which has no prompt."""
        self.typing = None
        self.opening.open_level(level_id)

    def _after(self, screen: PlayScreen, onward: Onward | None) -> None:
        """What comes after a level."""
        game, self.typing = screen.game, screen.typing
        self.levels.point_at(game.level.id)
        match onward:
            case Leave():
                self.departure.leave(game)
            case Visit():
                self.levels.point_at(onward.level_id)
            case Vary():
                self._vary(game, onward.assignment)
            case OpenLevel():
                self._go_on_with(onward.level_id)
            case Next():
                if level := self.services.next_level(game.level.id):
                    self._go_on_with(level.id)
            case ShowLevels() | None:
                pass
            case _:
                assert_never(onward)

    def _vary(self, game: Game, assignment: str) -> None:
        """Play the level of a game with one more initial value changed, or as it is."""
        from tui.actions.variant import varied

        other = varied(game, assignment)
        begun = self.services.games.get((other.level.id, other.sets), other)
        begun.take_points(game)
        self.play(begun)

    def _go_on_with(self, level_id: str) -> None:
        """Open a level, on which the cursor of the list then stands."""
        self.levels.point_at(level_id)
        self.opening.open_level(level_id)
