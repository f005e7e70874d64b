# SPDX-License-Identifier: GPL-2.0-or-later
"""How soon something is seen: the command line in a process of its own, the screen beside an empty app."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from textual.app import App

from puzzles.levels import build_machine, game_pack
from tui.app import OomraceApp
from tui.game.game import Game
from tui.player.services import Services


@pytest.mark.parametrize(
    "arguments",
    [("-c", "import click"), ("-m", "tui", "--help"), ("-m", "tui", "solve", "in-place/1")],
    ids=["python and click", "oomrace --help", "oomrace solve in-place/1"],
)
def test_cold_start_of_a_process(benchmark: BenchmarkFixture, arguments: tuple[str, ...]) -> None:
    done = benchmark(subprocess.run, [sys.executable, *arguments], capture_output=True, check=True)
    assert done.returncode == 0


def played() -> OomraceApp:
    level = game_pack().level("in-place/1")
    game = Game(level, build_machine(level))
    return OomraceApp(game_pack(), None, game, Services({}, lambda _game: "", dict))


async def paint(app: App[None]) -> int:
    """From the start of an app, without a terminal, to its first idle moment."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return len(app.screen_stack)


@pytest.mark.parametrize("app", [App, played], ids=["empty app", "play screen"])
def test_first_paint(benchmark: BenchmarkFixture, app: type[App[None]]) -> None:
    assert benchmark(lambda: asyncio.run(paint(app()))) >= 1


def test_keys_from_press_to_idle(benchmark: BenchmarkFixture) -> None:
    """One round is six steps by key; Pilot waits for every widget, so a player waits less."""

    async def press() -> int:
        app = played()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press(*"aaaaaa")
            return app.games["in-place/1", ()].session.now.steps

    assert benchmark(lambda: asyncio.run(press())) == 6
