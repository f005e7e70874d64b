# SPDX-License-Identifier: GPL-2.0-or-later
"""Games, and the app with a hand on its keys."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from attrs import define, field, frozen
from textual.pilot import Pilot
from textual.screen import Screen

from puzzles.judging.score import Score
from puzzles.levels import Listed, Pack, build_machine, game_pack
from puzzles.reasons.claim import Claimed
from puzzles.wins.stars import Rating
from tests.tui.picture import screen_text
from tui.actions.commands import answered
from tui.actions.source import statement_named
from tui.app import OomraceApp
from tui.game.game import Game
from tui.game.saved import Saved
from tui.lines.source import Listing
from tui.player.first_start import FirstStart
from tui.player.library import Library
from tui.player.options import Begin
from tui.player.services import Services
from tui.screens.confirm import ConfirmScreen
from tui.screens.play import PlayScreen
from tui.screens.prompting import PromptScreen
from tui.screens.search import LoadScreen, SearchScreen
from tui.widgets import Prompt

Kind: TypeAlias = type[Screen[Any]]
MARKS = {"tour/6": "22", "safe/1": "22", "in-place/4": "310", "in-place/1": "61"}
"""A line of a level that is no part of the machine; in a safe one it bears."""

NARROW, WIDE = (80, 24), (120, 40)
PACK = cache(game_pack)


def new_game(level: str = "in-place/1", *lines: str) -> Game:
    """A game of a level, with some lines typed."""
    opened = PACK().level(level)
    game = Game(opened, build_machine(opened))
    for line in lines:
        answered(game, line)
    return game


def listing(game: Game) -> Listing:
    """The source of a game."""
    return Listing.of(game.machine.program)


@frozen
class WinsInMemory(Library):
    """A library without a folder: the best scores, and what was stored, run by run and claim by claim."""

    scores: dict[str, Score] = field(factory=dict)
    won: list[tuple[str, int, int]] = field(factory=list)
    claimed: list[str] = field(factory=list)

    def bests(self, pack: Pack) -> tuple[Mapping[str, Score], str]:
        del pack
        return self.scores, ""

    def ratings(self, pack: Pack, listed: Iterable[Listed]) -> tuple[Mapping[str, Rating], str]:
        del pack, listed
        return {id_: Rating(score) for id_, score in self.scores.items()}, ""

    def save(self, game: Game) -> Saved:
        now = game.session.now
        self.won.append((game.level.id, now.preemptions, now.steps))
        self.scores[game.level.id] = Score(now.steps, now.preemptions)
        return Saved("saved: your first win of this level")

    def save_claim(self, game: Game, claimed: Claimed) -> Saved:
        del claimed
        self.claimed.append(game.level.id)
        self.scores[game.level.id] = Score(0, 0)
        return Saved("saved: claimed")


@define
class Player:
    """The app, and the wins that it has stored."""

    app: OomraceApp
    pilot: Pilot[None]
    wins: WinsInMemory

    @property
    def won(self) -> list[tuple[str, int, int]]:
        """The runs that were stored: level, preemptions, steps."""
        return self.wins.won

    @property
    def claimed(self) -> list[str]:
        """The levels whose claims were stored."""
        return self.wins.claimed

    async def press(self, keys: str) -> None:
        """Press keys divided by spaces; "a6" is six times a."""
        for key in keys.split():
            repeated = re.fullmatch(r"([a-zA-Z])(\d+)", key)
            await self.pilot.press(*([repeated[1]] * int(repeated[2]) if repeated else [key]))
        await self.done()

    async def done(self) -> None:
        """Wait until all that was typed is done, and a level that it loads is there."""
        await self.delivered()
        while self.app.is_running and isinstance(self.app.screen, LoadScreen):
            await self.pilot.pause(0.005)
        await self.delivered()

    async def delivered(self) -> None:
        """Wait until every key has come to where it goes, and the screen is drawn."""
        await self.pilot.pause()
        while self.app.is_running and self.app.keyboard.pending:
            await self.pilot.pause(0.005)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a line at the prompt, and go back to the keys if it could be done."""
        await self.pilot.press("colon")
        await self.pilot.press(*text, "enter")
        await self.pilot.pause()
        await self.keys()

    async def keys(self) -> None:
        """Close the prompt, if it is open and empty."""
        screen = self.app.screen
        if isinstance(screen, PromptScreen) and screen.prompting and not screen.query_one(Prompt).value:
            await self.pilot.press("escape")

    async def turn_page(self, key: str) -> None:
        """Press a key that changes the screen, which takes a moment."""
        await self.pilot.press(key)
        await self.done()

    async def resize(self, columns: int, lines: int) -> None:
        """Resize the terminal, and wait for the layout, which comes some time after the screen is idle."""
        await self.pilot.resize_terminal(columns, lines)
        await self.pilot.pause(0.1)

    async def until(self, *kinds: Kind) -> None:
        """Wait until a screen of one of these kinds is there."""
        while not isinstance(self.app.screen, kinds):
            await self.pilot.pause(0.005)
        await self.delivered()

    async def claim(self) -> None:
        """Mark a line, claim by key that the level is safe, mean it, and wait for what comes of it."""
        await self.until(PlayScreen)
        await self.keys()
        self.game.marks = [statement_named(self.game.machine.program, MARKS[self.game.level.id])]
        await self.pilot.press("S")
        await self.until(ConfirmScreen)
        await self.pilot.press("y")
        while isinstance(self.app.screen, ConfirmScreen | SearchScreen) or self.screen.searches.busy:
            await self.pilot.pause(0.02)
        await self.done()

    async def learn(self) -> None:
        """Wait until the searches behind the screens have come to their end."""
        while self._searching():
            await self.pilot.pause(0.01)
            if not self._searching():
                await self.pilot.pause(0.05)  # the end of one search can begin the next

    def _searching(self) -> bool:
        games = [screen for screen in self.app.screen_stack if isinstance(screen, PlayScreen)]
        return self.app.levels.busy or any(game.searches.busy for game in games)

    @property
    def text(self) -> str:
        """What the screen says."""
        return screen_text(self.app)

    @property
    def screen(self) -> PlayScreen:
        """The play screen."""
        screen = next(screen for screen in self.app.screen_stack if isinstance(screen, PlayScreen))
        assert isinstance(screen, PlayScreen)
        return screen

    @property
    def game(self) -> Game:
        """The game being played."""
        return self.screen.game


@asynccontextmanager
async def playing(
    start: Game | str | None = None,
    size: tuple[int, int] = NARROW,
    keymap: Mapping[str, str] | None = None,
    pack: Pack | None = None,
    solved: Iterable[str] = (),
    left: Path | None = None,
    begin: Begin = Begin.ASK,
) -> AsyncIterator[Player]:
    """The app with a game, a level by its id, or the list of levels, some of them solved.

    `left` is a folder with runs that were left, and `begin` what is done with them.
    """
    wins = WinsInMemory(scores=dict.fromkeys(solved, Score(1, 1)))
    FirstStart(left).take()  # who has left a run has seen the opening page
    game = start if isinstance(start, Game) else None
    level_id = start if isinstance(start, str) else None
    services = Services(pack or PACK(), wins, keymap or {}, left=left, begin=begin)
    app = OomraceApp(level_id, game, services)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        player = Player(app, pilot, wins)
        await player.done()
        await player.learn()
        yield player
