# SPDX-License-Identifier: GPL-2.0-or-later
"""The Textual app: a shell that opens screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

from puzzles.levels import LevelError, Pack, build_machine
from tui.commands import COMMANDS
from tui.game import Game
from tui.lines.pages import Bests, help_lines
from tui.screens.bindings import LETTERS
from tui.screens.briefing import BriefingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.levels import LevelsScreen
from tui.screens.page import PageScreen
from tui.screens.play import PlayScreen, Services
from tui.theme import THEME, THREADS

NO_KEYS: Mapping[str, str] = {}


def run_app(
    pack: Pack,
    level_id: str | None = None,
    *,
    game: Game | None = None,
    keymap: Mapping[str, str] = NO_KEYS,
    on_win: Callable[[Game], str] = lambda _game: "",
    bests: Bests = dict,
) -> None:
    """Play on the screen until the player leaves.

    Begins with the list of levels, with a level, or with a game, which may have steps already. `keymap` maps names of
    commands to keys, several divided by commas. `on_win` stores a win and returns a sentence about that; `bests` gives
    (preemptions, steps) by level.
    """
    OomraceApp(pack, level_id, game, Services(keymap, on_win, bests, pack.levels[-1].id if pack.levels else "")).run()


class OomraceApp(App[None]):
    """The list of levels at the bottom, and above it the level that is played. Games are kept until the end."""

    TITLE = "oomrace"
    CSS_PATH: ClassVar = ["styles/base.tcss", "styles/play.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q,ctrl+c", "leave", "quit", show=False, priority=True)]

    def __init__(self, pack: Pack, level_id: str | None, game: Game | None, services: Services) -> None:
        super().__init__()
        self.pack = pack
        self.services = services
        self.level_id = level_id
        self.game = game
        self.games: dict[str, Game] = {}
        self.levels = LevelsScreen(pack, services.bests)
        self.register_theme(THEME)
        self.theme = THEME.name
        self.set_keymap({f"command.{name}": keys for name, keys in services.keymap.items()})

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the colours of threads."""
        return THREADS

    def on_mount(self) -> None:
        """Open what was asked for."""
        self.push_screen(self.levels)
        if self.game is not None:
            self.play(self.game)
        elif self.level_id is not None:
            self.open_level(self.level_id)

    @on(LevelsScreen.Chosen)
    def choose(self, event: LevelsScreen.Chosen) -> None:
        """Open the level that was chosen."""
        self.open_level(event.level_id)

    @on(LevelsScreen.Asked)
    def answer(self, event: LevelsScreen.Asked) -> None:
        """Help or leave."""
        if event.what == "help":
            self.push_screen(PageScreen("help", help_lines(LETTERS, self.services.keymap)))
        else:
            self.action_leave()

    def open_level(self, level_id: str) -> None:
        """Go on with a level where it was left, or begin it with its briefing."""
        if level_id in self.games:
            self.play(self.games[level_id])
            return
        try:
            level = self.pack.level(level_id)
            game = Game(level, build_machine(level))
        except LevelError as problem:
            self.push_screen(PageScreen("this level cannot be played", str(problem).splitlines()))
            return
        self.push_screen(BriefingScreen(level), partial(self._begin, game))

    def _begin(self, game: Game, choice: str | None) -> None:
        if choice == "start":
            self.play(game)

    def play(self, game: Game) -> None:
        """Open the play screen."""
        self.games[game.level.id] = game
        self.push_screen(PlayScreen(game, self.services), partial(self._after, game.level.id))

    def _after(self, level_id: str, choice: str | None) -> None:
        """What comes after a level: the next one, the list, or the end."""
        self.levels.point_at(level_id)
        if choice == "quit":
            self.action_leave()
        elif choice == "next":
            ids = [level.id for level in self.pack.levels]
            place = ids.index(level_id) + 1 if level_id in ids else len(ids)
            if place < len(ids):
                self.open_level(ids[place])

    def action_leave(self) -> None:
        """End the game; ask first where a run would be lost. Asked for twice, it ends."""
        asked = isinstance(self.screen, ConfirmScreen)
        if asked or not any(_unfinished(game) for game in self.games.values()):
            self.exit()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.exit()

        self.push_screen(ConfirmScreen("A run is neither finished nor saved. Leave all the same?"), answered)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the game that can be done here, then those of the screen library."""
        if isinstance(screen, PlayScreen):
            for command in COMMANDS:
                yield SystemCommand(command.name, command.help, partial(screen.action_command, command.name))
        yield from super().get_system_commands(screen)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Say which commands lost their key to another one."""
        del node
        names = ", ".join(sorted(one.id or one.action for one in clashed_bindings))
        self.notify(f"keys are used twice: {names} cannot be reached by key", severity="warning")


def _unfinished(game: Game) -> bool:
    return bool(game.session.now.steps) and not game.session.over
