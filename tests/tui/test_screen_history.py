# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line on the screen: eras, their levels, sources, and what changed from one to the next."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve
from syrupy.assertion import SnapshotAssertion

from puzzles.history import game_history
from puzzles.levels import Pack
from puzzles.wins.ledger import Ledger
from tests.tui.playing import NARROW, PACK, WIDE, Player, new_game, playing
from tui.screens.history import HistoryScreen
from tui.screens.levels import LevelsScreen
from tui.screens.play import PlayScreen
from tui.screens.sheet import SheetScreen
from tui.view.eras import EraProgress

FIVE = ("tour/7", "tour/4", "in-place/1", "in-place/2", "in-place/3")
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


def ledger_of(player: Player) -> Ledger:
    """The ledger of the app."""
    return player.app.services.ledger


@cache
def pack() -> Pack:
    """The first levels alone, whatever else there is, and none of them a variant."""
    return PACK().holding(evolve(level, variant_of="") for level in PACK().levels if level.id in FIVE)


@SIZES
async def test_history(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(size=size, pack=pack(), solved=["in-place/1"]) as player:
        await player.turn_page("H")
        assert player.text == picture


@SIZES
async def test_every_era_is_told_and_fits(size: tuple[int, int]) -> None:
    async with playing(size=size, pack=pack()) as player:
        await player.turn_page("H")
        await player.press("home")
        for era in game_history().eras:
            lines = player.text.splitlines()
            assert sum(era.title in line for line in lines) == 2
            assert ("enter its levels" in lines[-1]) == bool(game_history().levels(era, pack()))
            assert ("s its source" in lines[-1]) == bool(era.kernel)
            assert ("d what changed" in lines[-1]) == bool(era.before)
            assert max(map(len, lines)) <= size[0]
            await player.press("down")


async def test_the_text_about_an_era_can_be_read_to_its_end() -> None:
    async with playing(pack=pack()) as player:
        await player.turn_page("H")
        await player.press("up")
        assert "notes         3" not in player.text
        for _ in range(3):
            await player.press("pagedown")
        assert "notes         3; (?) is in doubt, and they say why" in player.text
        await player.press("pageup pageup pageup")
        assert "notes         3, 1" not in player.text
        await player.press("pagedown down")
        assert "what it did   The writer edits the masks" in player.text


async def test_the_notes_of_an_era_are_read_from_the_history() -> None:
    async with playing(pack=pack()) as player:
        await player.turn_page("H")
        await player.press("n")
        assert isinstance(player.app.screen, HistoryScreen)
        told = [one.message for one in player.app._notifications]
        levels = "in-place/1, in-place/2, in-place/3"
        assert told == [f"these notes give levels away: n again reads them, as help with {levels}"]
        assert not any(ledger_of(player).page(id_).help for id_ in FIVE)
        await player.turn_page("n")
        assert player.text.splitlines()[0].startswith("\u2500\u2500 notes 4 ")
        assert {id_: str(ledger_of(player).page(id_).help) for id_ in FIVE} == {
            id_: "" if id_.startswith("tour/") else "history 1" for id_ in FIVE
        }
        assert "4 Scheme 1: in-place update, nobody protects the reader (2.6.31 - 2.6.34)" in player.text
        assert max(map(len, player.text.splitlines())) <= 80
        for _ in range(30):
            await player.press("pagedown")
        assert "goes through constrained_alloc" in player.text
        await player.turn_page("escape")
        assert isinstance(player.app.screen, HistoryScreen)


async def test_a_note_is_read_without_leaving_the_game() -> None:
    async with playing(new_game("in-place/1")) as player:
        await player.press("a")
        await player.type("history 4.4")
        await player.pilot.pause(0.1)
        assert "history 4.4 broken shows it" in player.text
        await player.press("escape")
        await player.type("history 4.4 broken")
        await player.pilot.pause(0.1)
        assert "4.4 Writer, step w5b" in player.text
        assert "    B2  WRITE T.mems |= new" in player.text
        await player.turn_page("escape")
        assert isinstance(player.app.screen, PlayScreen)
        await player.type("history 4.9")
        assert "no section 4.9 in the notes; there are: 4, 4.1" in player.text


async def test_what_broke_an_era_is_help_once_and_its_price_is_told_before() -> None:
    broken = str(game_history().era("in-place").broken)[:40]
    async with playing(new_game("in-place/1"), pack=pack()) as player:
        await player.turn_page("H")
        assert broken not in player.text
        assert "b tells it now, as help with in-place/1, in-place/2, in-place/3" in " ".join(player.text.split())
        await player.press("b b")
        assert broken in player.text
        assert [one.message for one in player.app._notifications] == [
            "noted as help with in-place/1, in-place/2, in-place/3"
        ]
        await player.turn_page("escape")
        assert "helped" in player.text.splitlines()[0]
        await player.turn_page("H")
        assert broken in player.text
        assert str(player.game.page.help) == "history 1"


async def test_from_an_era_to_its_levels() -> None:
    async with playing(pack=pack(), solved=["in-place/1"]) as player:
        await player.turn_page("H")
        assert "1/5" in player.text
        await player.turn_page("enter")
        assert isinstance(player.app.screen, LevelsScreen)
        assert "Growing first  Linux 2.6.31" in player.text
        await player.turn_page("enter")
        assert "in-place/2  Growing first" in player.text


async def test_an_era_without_levels_says_so_and_stays() -> None:
    async with playing(pack=pack()) as player:
        await player.turn_page("H")
        await player.press("up")
        await player.turn_page("enter")
        assert isinstance(player.app.screen, HistoryScreen)
        assert [one.message for one in player.app._notifications] == ["no level plays this era"]


@pytest.mark.parametrize("command", ["H", "history"])
async def test_from_a_game_to_its_era_and_back(command: str) -> None:
    async with playing(new_game("in-place/1", "a6 r22")) as player:
        if command == "H":
            await player.turn_page("H")
        else:
            await player.type("history")
            await player.pilot.pause(0.1)
        assert isinstance(player.app.screen, HistoryScreen)
        assert player.app.screen.era.id == "in-place"
        await player.turn_page("escape")
        assert isinstance(player.app.screen, PlayScreen)
        assert "step 28" in player.text
        await player.press("a3")
        await player.pilot.pause(0.1)
        assert player.won == [("in-place/1", 1, 31)]


@SIZES
async def test_the_source_of_an_era(size: tuple[int, int]) -> None:
    async with playing(size=size, pack=pack()) as player:
        await player.turn_page("H")
        await player.turn_page("s")
        assert isinstance(player.app.screen, SheetScreen)
        assert "linux-2.6.31.c" in player.text
        assert "Linux 2.6.31 to 2.6.34: masks changed in place, readers unprotected." in player.text
        await player.turn_page("end")
        assert "}" in player.text
        await player.turn_page("escape")
        assert isinstance(player.app.screen, HistoryScreen)


async def test_what_an_era_changed_stands_side_by_side_where_there_is_room() -> None:
    async with playing(size=WIDE, pack=pack()) as player:
        await player.turn_page("H")
        await player.turn_page("d")
        assert "linux-2.6.29.c → linux-2.6.31.c" in player.text
        assert any(line.count("SPDX-License-Identifier") == 2 for line in player.text.splitlines())
        await player.pilot.resize_terminal(*NARROW)
        await player.pilot.pause(0.1)
        assert not any(line.count("SPDX-License-Identifier") == 2 for line in player.text.splitlines())
        assert "   3 - " in player.text


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (30, 40), (200, 60)])
async def test_any_terminal_will_do(size: tuple[int, int]) -> None:
    async with playing(size=size, pack=pack()) as player:
        await player.turn_page("H")
        await player.turn_page("d")
        assert isinstance(player.app.screen, SheetScreen)
        await player.pilot.resize_terminal(*NARROW)
        await player.turn_page("escape")
        assert "Masks changed in place   Linux 2.6.31 - 2.6.34   scheme 1" in player.text


async def test_the_first_era_has_nothing_before_it() -> None:
    async with playing(pack=pack()) as player:
        await player.turn_page("H")
        await player.press("up")
        await player.turn_page("d")
        assert isinstance(player.app.screen, HistoryScreen)
        told = [one.message for one in player.app._notifications]
        assert told == ["generation stands at the beginning: there is no era before to compare linux-2.6.29.c with"]


def test_progress_names_the_level_to_go_on_with() -> None:
    history = game_history()
    era = history.era("in-place")
    none = EraProgress.of(history, era, pack(), (), ())
    assert (str(none), none.next) == ("0 of 5 levels won", "in-place/1")
    some = EraProgress.of(history, era, pack(), ("in-place/1", "in-place/3", "tour/7"), ())
    assert (str(some), some.next) == ("3 of 5 levels won", "in-place/2")
    own = EraProgress.of(history, era, pack(), ("in-place/1", "in-place/2", "in-place/3"), ())
    assert (str(own), own.next) == ("3 of 5 levels won", "tour/4")
    every = EraProgress.of(history, era, pack(), FIVE, ())
    assert (str(every), every.next) == ("5 of 5 levels won", "in-place/1")
    other = EraProgress.of(history, history.era("static-key"), pack(), FIVE, ())
    assert (str(other), other.next) == ("no level of its own", "")
