# SPDX-License-Identifier: GPL-2.0-or-later
"""Someone who sends anything at all, on every screen: nothing fails, and a run is what its schedule says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import define, field
from textual.command import CommandPalette
from textual.pilot import WaitForScreenTimeout
from textual.screen import Screen

import tui.explorer.analysis
from sim.debugger import Session
from sim.explore import advisor
from tests.fuzz import TIMES, dice
from tests.tui.playing import Player, new_game, playing
from tests.tui.slow import Slow
from tui.actions.commands import answered
from tui.game.game import Game
from tui.player.replays import schedule_text
from tui.screens.briefing import BriefingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.history import HistoryScreen
from tui.screens.ladder import LadderScreen
from tui.screens.levels import LevelsScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.page import PageScreen
from tui.screens.play import PlayScreen
from tui.screens.search import SearchScreen
from tui.screens.sheet import SheetScreen
from tui.screens.source import SourceScreen
from tui.terminal.input import Input

KEYS = [one.encode() for one in "aaarrrAARngfuUoUxhmltTiSyk:?HTsdpqwe[]~0123456789 ;.,-+$éфÿ"]
CONTROLS = [bytes([one]) for one in (*range(32), 127)]
SEQUENCES = [
    b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1b[Z", b"\x1b[15~",
    b"\x1b[I", b"\x1b[O", b"\x1b[97;5u", b"\x1b[97;;97u", b"\x1b[97;1:3u", b"\x1b[57441u", b"\x1b[1114112u",
    b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1bP1$r0m\x1b\\", b"\x1b_Gi=1;OK\x1b\\", b"\x1b[?62;4c", b"\x1b[24;80R",
    b"\x1b[?2048;2$y", b"\x1b[?2026;2$y", b"\x1b[48;0;0;0;0t", b"\x1b[48;30;100;600;1000t", b"\x1b[48;9999;9999;1;1t",
    b"\x1b[200~", b"\x1b[201~", b"\x1b[200~a8 r3\nq\x1b[201~", b"\x1b", b"\x1b[", b"\x1b]", b"\x1bO", b"\x1b[<0;1",
]  # fmt: skip
TYPED = [b":a8 r14 a3\r", b":print task\r", b":break 54\r", b":set\r", b":jump 3\r", b":frobnicate\r", b"\x10step\r"]


def mouse(chance: Random) -> bytes:
    """A report in some form, of a place that may be on the screen."""
    button, column, row = (
        chance.choice([0, 1, 2, 3, 32, 35, 64, 65, 255]),
        chance.randrange(-1, 90),
        chance.randrange(30),
    )
    return chance.choice(
        [
            b"\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm" % (button, column, row, button, column, row),
            b"\x1b[<%d;%d;%dM" % (button, column, row),
            b"\x1b[%d;%d;%dM" % (button + 32, column, row),
            b"\x1b[M" + bytes([32, chance.randrange(33, 256), chance.randrange(33, 256)]),
            b"\x1b[<%d;%d" % (button, column),
            b"\x1b[<0;%d;%dM" % (10 ** chance.randrange(30), row),
        ]
    )


def anything(chance: Random) -> bytes:
    """Bytes as they may come at once."""
    makers: list[Callable[[], bytes]] = [
        lambda: chance.choice(KEYS),
        lambda: b"".join(chance.choices(KEYS, k=chance.randrange(1, 6))),
        lambda: chance.choice(CONTROLS),
        lambda: chance.choice(SEQUENCES),
        lambda: chance.choice(TYPED),
        lambda: mouse(chance),
        lambda: chance.randbytes(chance.choice([1, 3, 100])),
        lambda: b"\x1b[" + chance.randbytes(chance.randrange(6)),
        lambda: b"\x1b[200~" + chance.randbytes(50) + b"\x1b[201~",
    ]
    return chance.choices(makers, weights=[8, 4, 2, 4, 2, 4, 1, 1, 1])[0]()


@define
class Walker:
    """Sends bytes to the app the way that the driver does."""

    player: Player
    chance: Random
    received: Input = field(factory=Input)
    now: float = 1000.0

    async def send(self, data: bytes) -> None:
        """Send bytes, perhaps in two parts, perhaps after a pause."""
        cut = self.chance.randrange(len(data) + 1) if self.chance.random() < 0.3 else 0
        for part in (data[:cut], data[cut:]):
            self.now += self.chance.choice([0.001, 0.001, 0.2, 1.5])
            driver = self.player.app._driver
            for message in self.received.feed(part, self.now):
                if driver is not None and self.player.app.is_running:
                    driver.process_message(message)

    async def walk(self, steps: int) -> None:
        """Send anything, now and then at another size, until it is enough or the game is left."""
        for _ in range(steps):
            for _ in range(self.chance.randrange(1, 8)):
                await self.send(anything(self.chance))
            if self.chance.random() < 0.1:
                await self.player.pilot.resize_terminal(self.chance.randrange(1, 200), self.chance.randrange(1, 70))
            if not await self.goes_on():
                return
            self.check()

    async def goes_on(self) -> bool:
        """Whether the game was not left, once all is done that was sent."""
        await asyncio.sleep(0.01)
        if self.player.app.is_running:
            try:
                await self.player.pilot.pause()
            except WaitForScreenTimeout:  # for screens that are taken apart while it is left, and answer no more
                assert not self.player.app.is_running
        return self.player.app.is_running

    def check(self) -> None:
        """Each run is what comes of its schedule."""
        assert self.player.app.failure is None
        for game in self.player.app.games.values():
            assert_replays(game)


def assert_replays(game: Game) -> None:
    """Play the schedule of a game anew, and come to the same."""
    again = Game(game.level, game.machine, game.sets, game.kernel)
    again.session = Session(game.machine)
    schedule = schedule_text(game)
    if schedule:
        answered(again, schedule)
    now, then = game.session.now, again.session.now
    assert (then.steps, then.preemptions, then.state) == (now.steps, now.preemptions, now.state)


SCREENS: dict[str, tuple[str, type[Screen[Any]]]] = {
    "levels": ("", LevelsScreen),
    "briefing": ("", BriefingScreen),
    "play": ("", PlayScreen),
    "prompt": ("colon", PlayScreen),
    "page": ("question_mark", PageScreen),
    "history": ("H", HistoryScreen),
    "source": ("H s", SheetScreen),
    "ladder": ("l", LadderScreen),
    "outcome": ("enter", OutcomeScreen),
    "confirm": ("q", ConfirmScreen),
    "marks": ("S", SourceScreen),
    "search": ("o", SearchScreen),
    "palette": ("ctrl+p", CommandPalette),
}
"""The keys that lead to each screen, and what it is."""


def start(where: str) -> Game | str | None:
    """What to begin with for a screen: the list, a level, or a game."""
    if where in ("levels", "history", "source"):
        return None
    return (
        "in-place/1" if where == "briefing" else new_game("in-place/1", "a6 r22 a3" if where == "outcome" else "a4 r3")
    )


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Searches for advice wait until the test is over."""
    slow = Slow(advisor)
    monkeypatch.setattr(tui.explorer.analysis, "advisor", slow)
    yield
    slow.free.set()


@pytest.mark.fuzz
@pytest.mark.parametrize("where", SCREENS)
@pytest.mark.usefixtures("_slow")
async def test_walker(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    chance = dice(where)
    keys, kind = SCREENS[where]
    for _ in range(max(1, TIMES // 10)):
        async with playing(start(where)) as player:
            for key in keys.split():
                await player.turn_page(key)
            assert isinstance(player.app.screen, kind)
            await Walker(player, chance).walk(20 if TIMES else 4)
