# SPDX-License-Identifier: GPL-2.0-or-later
"""T13: what takes its time shows a sign of life, can be given up, and nothing is done that was typed blindly."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from types import ModuleType
from typing import Any

import pytest

import puzzles.levels
import tui.actions.transfer
from tests.tui.playing import NARROW, WIDE, new_game, playing
from tests.tui.test_screen_bursts import burst
from tui.screens.answers import AnswerScreen
from tui.screens.briefing import BriefingScreen
from tui.screens.levels import LevelsScreen
from tui.screens.play import PlayScreen
from tui.screens.search import LoadScreen, SearchScreen

Patch = pytest.MonkeyPatch


def held(patch: Patch, module: ModuleType) -> Iterator[Event]:
    """Machines are built by a module only once the event is set."""
    free, build = Event(), module.build_machine

    def slowly(*arguments: Any) -> Any:
        free.wait()
        return build(*arguments)

    patch.setattr(module, "build_machine", slowly)
    yield free
    free.set()


@pytest.fixture
def loading(monkeypatch: Patch) -> Iterator[Event]:
    yield from held(monkeypatch, puzzles.levels)


@pytest.fixture
def following(monkeypatch: Patch) -> Iterator[Event]:
    yield from held(monkeypatch, tui.actions.transfer)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_a_level_that_is_loaded_says_so_and_no_key_skips_its_briefing(
    size: tuple[int, int], loading: Event
) -> None:
    """T13: three times enter while the level is loaded opens the briefing and does not leave it."""
    async with playing(size=size) as player:
        for _ in range(3):
            await player.pilot.press("enter")
        assert isinstance(player.app.screen, LoadScreen)
        await player.pilot.pause(0.4)
        assert "Loading tour/1" in player.text
        assert "esc stop" in player.text
        loading.set()
        await player.until(BriefingScreen)
        await player.pilot.pause(0.2)
        assert isinstance(player.app.screen, BriefingScreen)
        await player.press("enter")
        assert isinstance(player.app.screen, PlayScreen)


async def test_keys_in_one_burst_do_not_pass_a_briefing_that_nobody_saw() -> None:
    async with playing() as player:
        await burst(player, "\n\n\naa")
        assert isinstance(player.app.screen, BriefingScreen)


async def test_loading_can_be_given_up(loading: Event) -> None:
    async with playing() as player:
        await player.pilot.press("enter")
        await player.until(LoadScreen)
        await player.pilot.press("escape")
        await player.until(LevelsScreen)
        loading.set()
        await player.pilot.pause(0.2)
        assert isinstance(player.app.screen, LevelsScreen)


async def test_following_a_schedule_on_other_kernels_says_so(following: Event) -> None:
    """T13: the screen goes on living while `T` compiles kernels."""
    async with playing(new_game("in-place/1", "a6 r22")) as player:
        await player.pilot.press("T")
        await player.until(SearchScreen)
        assert "Following your schedule on other kernels" in player.text
        await player.pilot.press("a", "a", "escape")
        await player.until(PlayScreen)
        assert player.game.session.now.steps == 28
        assert "the search was stopped" in player.text
        following.set()
        await player.turn_page("T")
        await player.until(AnswerScreen)
        assert "2.6.35" in player.text
