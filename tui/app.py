# SPDX-License-Identifier: GPL-2.0-or-later
"""The Textual app: a shell that opens screens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property, partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from threading import Event as ThreadEvent
from threading import Thread
from time import strftime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, InputEvent, Key, MouseMove, Paste
from textual.message import Message
from textual.screen import Screen

from puzzles.levels.limits import LETTERS
from puzzles.storage import StorageError, write_file
from tui import screens
from tui.player.services import Services
from tui.screens.briefing import BriefingScreen
from tui.screens.levels import LevelsScreen
from tui.screens.once import Palette
from tui.terminal.colourless import Colourless
from tui.terminal.driver import GameDriver
from tui.terminal.keyboard import Keyboard
from tui.theme import game_theme, thread_variables
from tui.widgets import Foot, MessageLine

if TYPE_CHECKING:
    from tui.game.game import Game
    from tui.screens.navigation import Navigation
    from tui.screens.play import PlayScreen

_PLAYED_WITH: Final = ("tui.screens.navigation", "tui.screens.play", "puzzles.levels.pack")


def run_app(level_id: str | None, game: Game | None, services: Services) -> Exception | None:
    """Play on the screen until the player leaves; a failure of the game itself, if that ended it.

    Begins with the list of levels, with a level, or with a game, which may have steps already.
    """
    app = OomraceApp(level_id, game, services)
    app.error_console.file = StringIO()  # one line tells of a failure, not a traceback with all its values
    try:
        app.run()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the terminal is given back and the run told
        return problem
    finally:
        for left in app.games.values():
            left.leave()
    return app.failure


class OomraceApp(App[None]):
    """The list of levels at the bottom, and above it the level that is played. Games are kept until the end."""

    TITLE = "oomrace"
    CSS_PATH: ClassVar = ["styles/base.tcss", "styles/play.tcss", "styles/history.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True),
        Binding("question_mark", "help", "help", show=False),
    ]

    class Loaded(Message):
        """What a level is played with is there."""

    def __init__(self, level_id: str | None, game: Game | None, services: Services) -> None:
        super().__init__()
        self.services = services
        self.level_id = level_id
        self.game = game
        self.games = services.games
        self.levels = LevelsScreen(services)
        self.keyboard = Keyboard(self, super().on_event)
        self.ready = ThreadEvent()
        if self.no_color:
            self._filters[:] = [Colourless()]
        own = game_theme()
        self.register_theme(own)
        self.theme = own.name
        self.set_keymap({f"command.{name}": keys for name, keys in services.keymap.items()})

    @cached_property
    def navigation(self) -> Navigation:
        """What opens all screens but the list, which does not wait for them."""
        from tui.screens.navigation import Navigation

        return Navigation(self, self.services, self.levels, self.keyboard, self.ready)

    @property
    def failure(self) -> Exception | None:
        """What ended the game, where it was not the player."""
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        """A failure ends the game, but for one of a screen that is taken apart while the game is being left."""
        if not self._exit:
            super()._handle_exception(error)

    def get_driver_class(self) -> type[Driver]:
        """In a terminal, our own."""
        kind = super().get_driver_class()
        return GameDriver if kind is LinuxDriver else kind

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the colours of threads."""
        return thread_variables(ansi=self.native_ansi_color)

    def on_mount(self) -> None:
        """Show the list, and above it what was asked for; what a level is played with is loaded beside that."""
        self.push_screen(self.levels)
        self.navigation.begin(self.level_id, self.game)
        if all(module in sys.modules for module in _PLAYED_WITH):
            self.listen()
        else:
            self.call_after_refresh(Thread(target=self._load, name="load", daemon=True).start)

    def _load(self) -> None:
        with suppress(Exception):  # whoever needs it meets that again
            for module in _PLAYED_WITH:
                import_module(module)
        self.post_message(self.Loaded())

    @on(Loaded)
    def listen(self) -> None:
        """Have keys do what they do: all that they need is loaded."""
        self.ready.set()
        for screen in self.screen_stack:
            if isinstance(screen, BriefingScreen):
                screen.mark()
        self.run_worker(self.keyboard.feed(), "keyboard")
        self.levels.look_up()

    async def on_event(self, event: Event) -> None:
        """Have what is typed or clicked wait for its turn."""
        if isinstance(event, InputEvent | Paste) and not isinstance(event, MouseMove) and not event.is_forwarded:
            self.keyboard.put(event)
        else:
            await super().on_event(event)

    def post_display_hook(self) -> None:
        """Let keys through for a screen that the player has waited for."""
        self.keyboard.displayed()

    @on(LevelsScreen.Chosen)
    def choose(self, event: LevelsScreen.Chosen) -> None:
        """Open the level that was chosen."""
        self.navigation.choose(event.level_id)

    @on(LevelsScreen.DebriefWanted)
    def tell(self, event: LevelsScreen.DebriefWanted) -> None:
        """Open the level with the story behind it."""
        self.navigation.opening.open_debrief(event.level_id)

    @on(LevelsScreen.HistoryWanted)
    def open_history_from_list(self) -> None:
        """Open the time line at the era of the level under the cursor."""
        self.navigation.open_history(self.levels.pointed)

    @on(LevelsScreen.LeaveWanted)
    def leave_from_list(self) -> None:
        """Leave."""
        self.navigation.departure.leave()

    def on_play_screen_history_wanted(self, event: PlayScreen.HistoryWanted) -> None:
        """Open the time line above the game that is played."""
        self.navigation.open_history(event.screen.game.level, event.screen, event.asked)

    def on_key(self, event: Key) -> None:
        """Say of a key that it does nothing here; nobody else wanted it."""
        if self.screen_stack:  # else the game is being left
            from tui.lines.keys import unknown_key

            bound = event.key in self.screen.active_bindings
            self.remark("" if bound else unknown_key(event.key, event.character))

    def remark(self, sentence: str) -> None:
        """Say one line: in the message line, or at the foot until the next key."""
        for line in self.screen.query(MessageLine):
            line.shown = (sentence, True) if sentence else line.shown
        if not isinstance(self.screen, screens.PlayScreen):
            for foot in self.screen.query(Foot):
                foot.said = sentence

    @on(Driver.SignalResume)
    def redraw(self) -> None:
        """Send all that is on the screen: the terminal was another's."""
        self.screen.refresh()

    def action_suspend_process(self) -> None:
        """Stop as by ctrl+z; not where no shell could wake us again."""
        if isinstance(self._driver, GameDriver) and os.getpgrp() != os.getsid(0):
            self._driver.stop_job()
        else:
            self.remark("ctrl+z: no shell started the game, so nobody could wake it again")

    def save_picture(self) -> None:
        """Write what is on the screen to a file in the current folder."""
        name = strftime("oomrace-%Y%m%d-%H%M%S.svg")
        try:
            write_file(Path(name), self.export_screenshot().encode(), over=False)
        except StorageError as problem:
            self.remark(f"{name} {problem}")
        else:
            self.remark(f"saved {name} in the current folder")

    def action_command_palette(self) -> None:
        """Open the palette, which is not open yet."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_help(self) -> None:
        """Show all keys and commands."""
        if not isinstance(self.screen, screens.HelpScreen):
            page = screens.HelpScreen(LETTERS, self.services.keymap)
            page.typing = self.screen.typing if isinstance(self.screen, screens.PromptScreen) else None
            self.push_screen(page)

    def action_leave(self) -> None:
        """End the game; ask first where a run is not finished. Asked for twice, it ends."""
        self.navigation.departure.leave()

    async def action_quit(self) -> None:
        """Leave as by key: the palette's own would not ask."""
        self.action_leave()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the game that can be done here, then those of the screen library."""
        if isinstance(screen, screens.PlayScreen):
            from tui.actions.commands import COMMANDS

            for command in COMMANDS:
                yield SystemCommand(command.name, command.help, partial(screen.action_command, command.name))
        for other in super().get_system_commands(screen):
            if other.title != "Screenshot":
                yield other
        yield SystemCommand("Screenshot", "Save a picture of the screen in the current folder", self._picture_soon)

    def _picture_soon(self) -> None:
        self.set_timer(0.1, self.save_picture)  # first the palette has to go

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Say which commands lost their key to another one."""
        del node
        names = ", ".join(sorted(binding.id or binding.action for binding in clashed_bindings))
        self.notify(f"keys are used twice: {names} cannot be reached by key", severity="warning")
