# SPDX-License-Identifier: GPL-2.0-or-later
"""Searches behind the screen: it never waits for them, they can be stopped, and they tell what they find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

import tui.explorer.analysis
import tui.explorer.proofs
from puzzles.judging.claims import Settled
from puzzles.levels import build_machine, game_pack
from puzzles.proofs import Proof
from puzzles.reasons.coverage import Coverage
from sim.explore import Advisor, Halted, Limits
from tests.tui.playing import NARROW, WIDE, Player, new_game, playing
from tests.tui.slow import REASON, Slow, safe_game, safe_pack
from tui.game.game import Game
from tui.screens.confirm import ConfirmScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen
from tui.screens.search import SearchScreen

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


Patch = pytest.MonkeyPatch


def slowed(patch: Patch, module: ModuleType, name: str) -> Iterator[Slow[Any]]:
    """A search that a module makes waits until it is set free."""
    slow = Slow(getattr(module, name))
    patch.setattr(module, name, slow)
    yield slow
    slow.free.set()


@pytest.fixture
def claims(monkeypatch: Patch) -> Iterator[Slow[Settled]]:
    yield from slowed(monkeypatch, tui.explorer.analysis, "settle")


@pytest.fixture
def advice(monkeypatch: Patch) -> Iterator[Slow[Advisor]]:
    yield from slowed(monkeypatch, tui.explorer.analysis, "advisor")


@pytest.fixture
def proofs(monkeypatch: Patch) -> Iterator[Slow[Proof]]:
    yield from slowed(monkeypatch, tui.explorer.proofs, "prove")


def foreign_game() -> Game:
    """A level that no lock file knows; its best is known after a search."""
    level = game_pack().level("in-place/1")
    level = evolve(level, boot={**level.boot, "cpuset.mems_allowed": "0-1"})
    return Game(level, build_machine(level))


def words(player: Player) -> str:
    return " ".join(player.text.split())


async def wait_for_search(player: Player) -> None:
    await player.until(SearchScreen)
    await player.pilot.pause(0.3)


@SIZES
async def test_a_long_claim_tells_its_progress_and_ends_by_itself(size: tuple[int, int], claims: Slow[Settled]) -> None:
    async with playing(safe_game(), size, pack=safe_pack()) as player:
        await player.type(f"mark {REASON}")
        await player.turn_page("S")
        await player.turn_page("y")
        await wait_for_search(player)
        first = re.search(r"1,2\d\d,\d\d\d states, 89 waiting, [\d,]+ a second, \d+ s", player.text)
        assert first
        assert "esc stop" in player.text
        assert "keys do nothing" not in words(player)
        await player.pilot.press("colon", "c", "enter")
        await player.pilot.pause(0.3)
        assert "The answer comes when the search ends: keys do nothing until then." in words(player)
        assert first[0] not in player.text
        claims.free.set()
        await player.until(OutcomeScreen)
        assert player.claimed == ["safe/1"]


async def test_esc_stops_a_claim_and_nothing_else_has_changed(claims: Slow[Settled]) -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.press("a4")
        await player.type(f"mark {REASON}")
        await player.turn_page("S")
        await player.turn_page("y")
        await wait_for_search(player)
        await player.turn_page("escape")
        assert isinstance(player.app.screen, PlayScreen)
        assert "the search was stopped; nothing else has changed" in player.text
        assert "step 4 " in player.text
        while player.screen.searches.busy:
            await player.pilot.pause(0.02)
        told = claims.told
        await player.press("a")
        assert player.game.session.now.steps == 5
        assert (claims.told, player.game.settled) == (told, None)


async def test_x5_esc_also_stops_what_nobody_has_asked_for(advice: Slow[Advisor], proofs: Slow[Proof]) -> None:
    """X5: after "stopped" nothing goes on, be it the search for the best ways to win."""
    async with playing() as player:
        player.app.navigation.play(foreign_game())
        await player.until(PlayScreen)
        while not proofs.told:
            await player.pilot.pause(0.02)
        await player.press("h h")
        await wait_for_search(player)
        await player.turn_page("escape")
        assert "the search was stopped; nothing else has changed" in player.text
        while player.screen.searches.busy:
            await player.pilot.pause(0.02)
        assert not advice.free.is_set()
        assert not proofs.free.is_set()


async def test_ctrl_c_in_a_search_asks_before_a_run_is_lost(claims: Slow[Settled]) -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.press("a4")
        await player.type(f"mark {REASON}")
        await player.turn_page("S")
        await player.turn_page("y")
        await wait_for_search(player)
        await player.turn_page("ctrl+c")
        assert isinstance(player.app.screen, ConfirmScreen)
        claims.free.set()
        await player.pilot.pause(0.3)
        assert isinstance(player.app.screen, ConfirmScreen)
        await player.turn_page("n")
        await player.until(OutcomeScreen)
        assert player.game.session.now.steps == 4


async def test_leaving_ends_at_once_while_a_search_goes_on(advice: Slow[Advisor]) -> None:
    async with playing("tour/7") as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        while not player.screen.searches.busy:
            await player.pilot.pause(0.02)
        searches = player.screen.searches
        await player.turn_page("q")
        assert not player.app.is_running
    while searches.busy:
        await player.pilot.pause(0.02)
    assert not advice.free.is_set()


async def test_the_player_plays_on_while_the_light_is_searched_for(advice: Slow[Advisor]) -> None:
    async with playing("in-place/1") as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        player.game.light = True
        player.screen.searches.go_on()
        await player.press("a7")
        assert "goal premature OOM step 7" in words(player)
        advice.free.set()
        await player.learn()
        assert "goal premature OOM: out of reach step 7" in words(player)


async def test_a_hint_waits_for_the_search_that_goes_on_already(advice: Slow[Advisor]) -> None:
    async with playing("in-place/1") as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.press("h h")
        await wait_for_search(player)
        assert "What is the next hint?" in player.text
        advice.free.set()
        await player.until(PlayScreen)
        assert "hint 2/4: the best way from here takes 1 preemption; the turns are A, then R, then A" in words(player)


async def test_a_level_with_too_many_states_is_played_without_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(*_: object, **__: object) -> Advisor:
        raise Halted("more than 3 states")

    monkeypatch.setattr(tui.explorer.analysis, "advisor", too_large)
    async with playing(new_game()) as player:
        await player.press("a8")
        assert "goal premature OOM step 8" in words(player)
        await player.press("h h")
        assert "no schedule reaches the goal from here any more; u steps back" in player.text
        await player.press("g tab g")
        assert "Not the goal; why not? l lists who read what" in words(player)


async def test_the_step_of_the_loss_is_told_once_the_level_is_settled() -> None:
    async with playing(new_game()) as player:
        await player.press("g tab g")
        assert "out of reach" not in player.text
        await player.turn_page("enter")
        assert "out of reach" not in player.text
    async with playing(new_game(), solved=["in-place/1"]) as player:
        await player.press("g tab g")
        assert "out of reach since step 7: o goes before it" in words(player)
        await player.turn_page("enter")
        read = "A read task_policy.nodes = {0} (first-zone lookup: node 0?)"
        assert f"The goal went out of reach at step 7: {read}. o goes to just" in words(player)
        await player.turn_page("o")
        assert player.game.session.now.steps == 6


async def test_the_step_of_the_loss_is_told_as_soon_as_it_is_known(
    advice: Slow[Advisor],
) -> None:
    async with playing(new_game(), solved=["in-place/1"]) as player:
        assert not player.screen.searches.busy
        await player.press("g tab g")
        assert "Not the goal; why not? l lists who read what" in words(player)
        await player.turn_page("enter")
        assert "went out of reach" not in player.text
        advice.free.set()
        await player.learn()
        assert "The goal went out of reach at step 7" in player.text
        await player.turn_page("escape")
        assert "out of reach since step 7: o goes before it" in words(player)


async def test_the_par_of_a_foreign_level_comes_when_it_is_found(proofs: Slow[Proof]) -> None:
    game = foreign_game()
    async with playing() as player:
        player.app.navigation.play(game)
        await player.until(PlayScreen)
        while not player.screen.searches.busy:
            await player.pilot.pause(0.02)
        assert not game.lit
        await player.press("a6 r g a g")
        await player.until(OutcomeScreen)
        assert "the explorer is still looking for it" in player.text
        proofs.free.set()
        await player.learn()
        assert "best of all this run; 2 preemptions, 28 steps" in words(player)
        await player.turn_page("m")
        assert "there is no better way than yours" in words(player)
        await player.turn_page("escape")
        await player.turn_page("m")
        assert "1 preemption, 31 steps: A6 R22 A3 <- yours is as good" in words(player)


async def test_the_ways_to_win_are_told_after_the_win_only() -> None:
    async with playing(new_game()) as player:
        await player.press("m")
        assert "this is told once you have won" in player.text
        await player.press("a6 r g a g")
        await player.turn_page("escape")
        await player.turn_page("m")
        assert "there is no better way than yours, but others as good: 2 preemptions, 28 steps" in words(player)
        assert "A6 R19 A3" not in player.text
        await player.turn_page("escape")
        await player.turn_page("m")
        assert "2 preemptions, 28 steps: A6 R19 A3" in player.text


async def test_a_win_of_another_day_opens_the_ways_too() -> None:
    async with playing(new_game(), solved=["in-place/1"]) as player:
        await player.turn_page("m")
        assert "the best ways to win: 1 preemption, 31 steps" in words(player)
        await player.turn_page("escape")
        await player.turn_page("m")
        assert "1 preemption, 31 steps: A6 R22 A3" in player.text


async def test_the_light_begins_in_the_tour_and_the_player_decides() -> None:
    async with playing("tour/7") as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.learn()
        assert "goal page allocated: in reach" in player.text
        await player.press("e")
        assert "light off" in player.text
        assert "in reach" not in player.text
        await player.press("e")
        assert "the goal is in reach" in player.text


@pytest.mark.parametrize("level", ["in-place/1", "tour/6"])
async def test_a_level_that_asks_to_decide_begins_without_light(level: str) -> None:
    async with playing(level) as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.learn()
        assert "in reach" not in player.text
        await player.press("e")
        await player.learn()
        assert "the goal is" in player.text


async def test_a_hint_of_a_safe_level_can_be_stopped_and_costs_nothing_then(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(Coverage.firsts)

    def firsts(coverage: Coverage, limits: Limits) -> object:
        return slow(coverage, limits)

    monkeypatch.setattr(Coverage, "firsts", firsts)
    async with playing("in-place/4") as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.press("h h")
        await wait_for_search(player)
        assert "What is the next hint?" in player.text
        await player.turn_page("escape")
        assert "the search was stopped; nothing else has changed" in words(player)
        assert str(player.game.page.help) == "rung 1"
        slow.free.set()
        await player.press("h")
        await player.until(PlayScreen)
        assert "hint 2/4: no schedule reaches premature OOM, because of lines that R executes" in words(player)
        assert str(player.game.page.help) == "rung 2"
