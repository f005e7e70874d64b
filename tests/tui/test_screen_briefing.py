# SPDX-License-Identifier: GPL-2.0-or-later
"""A briefing that the list of levels holds is read while its level is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Event

import pytest
from attrs import evolve

import puzzles.levels
from puzzles.levels import Level, LevelError, Pack, Problem
from puzzles.proofs import known_proof, with_par
from tests.tui.playing import NARROW, PACK, WIDE, Player, new_game, playing
from tests.tui.test_screen_bursts import burst
from tests.tui.test_screen_waiting import held
from tui.player.options import Begin
from tui.player.runs import Runs
from tui.screens.briefing import BriefingScreen
from tui.screens.levels import LevelsScreen
from tui.screens.page import PageScreen
from tui.screens.play import PlayScreen
from tui.screens.resume import ResumeScreen
from tui.screens.search import LoadScreen

LEVEL = "in-place/1"


@cache
def listed() -> Pack:
    """The game's levels as an index holds them, which says what is proved; of all but one it says nothing."""
    known = with_par(PACK().level(LEVEL).listed, known_proof(PACK().level(LEVEL)))
    levels = tuple(known if level.id == LEVEL else level for level in PACK().listed)
    return evolve(PACK(), listed=levels, proved=True)


@pytest.fixture
def loading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    yield from held(monkeypatch, puzzles.levels)


def steps(player: Player) -> int:
    return player.game.session.now.steps


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_it_is_there_before_its_level_and_is_the_one_of_a_loaded_level(
    size: tuple[int, int], loading: Event
) -> None:
    async with playing(LEVEL, size, pack=listed()) as player:
        assert isinstance(player.app.screen, BriefingScreen)
        at_once = player.text
        assert "\n  par   " not in at_once  # it is told once the level is settled
        loading.set()
        await player.press("enter i")
        assert isinstance(player.app.screen, BriefingScreen)
        assert player.text.splitlines()[:-1] == at_once.splitlines()[:-1]  # whose foot names keys of a game
    async with playing(LEVEL, size) as player:
        assert player.text == at_once


async def test_a_level_that_is_not_there_yet_says_so_and_can_be_given_up(loading: Event) -> None:
    async with playing(LEVEL, pack=listed()) as player:
        for left in (True, False):
            await player.pilot.press("enter")
            await player.until(LoadScreen)
            await player.pilot.pause(0.4)
            assert "Loading in-place/1" in player.text
            if left:
                await player.turn_page("escape")
                assert isinstance(player.app.screen, LevelsScreen)
                player.app.levels.point_at(LEVEL)
                await player.turn_page("enter")
                assert isinstance(player.app.screen, BriefingScreen)
        loading.set()
        await player.until(PlayScreen)


async def test_keys_behind_the_one_that_begins_are_moves() -> None:
    async with playing(LEVEL, pack=listed()) as player:
        await burst(player, "\naa:a3\n")
        assert steps(player) == 5


async def test_keys_of_a_burst_do_not_pass_one_that_nobody_saw() -> None:
    async with playing(pack=listed()) as player:
        await burst(player, "\n\n\naa")
        assert isinstance(player.app.screen, BriefingScreen)
        await player.press("enter a")
        assert steps(player) == 1


async def test_it_can_be_put_away_and_opened_again() -> None:
    async with playing(LEVEL, pack=listed()) as player:
        await player.press("escape")
        assert isinstance(player.app.screen, LevelsScreen)
        player.app.levels.point_at(LEVEL)
        await player.press("enter enter a")
        assert steps(player) == 1


@pytest.mark.parametrize(
    ("begin", "screen"), [(Begin.ASK, ResumeScreen), (Begin.FRESH, BriefingScreen), (Begin.RESUME, PlayScreen)]
)
async def test_a_run_that_was_left_comes_first(begin: Begin, screen: type, tmp_path: Path) -> None:
    game = new_game(LEVEL)
    Runs(tmp_path).begin(game)
    game.session.step(0)
    game.end("")
    game.leave()
    async with playing(LEVEL, pack=listed(), left=tmp_path, begin=begin) as player:
        assert isinstance(player.app.screen, screen)
    async with playing("tour/4", pack=listed(), left=tmp_path, begin=begin) as player:
        assert isinstance(player.app.screen, BriefingScreen)


async def test_what_is_wrong_with_a_level_is_told_when_it_is_begun() -> None:
    def fail(id_: str) -> Level:
        raise LevelError([Problem(f"{id_}/level.toml", "kernel", "is gone")])

    async with playing(LEVEL, pack=evolve(listed(), open=fail)) as player:
        assert isinstance(player.app.screen, BriefingScreen)
        await player.press("enter")
        assert isinstance(player.app.screen, PageScreen)
        assert "this level cannot be played" in player.text
        assert "in-place/1/level.toml" in player.text
        await player.press("escape")
        assert isinstance(player.app.screen, LevelsScreen)
