# SPDX-License-Identifier: GPL-2.0-or-later
"""Every level of the campaign can be won by key, in a small and in a large terminal."""

from __future__ import annotations

import pytest

from tests.tui.playing import NARROW, PACK, WIDE, new_game, playing
from tui.screens.outcome import OutcomeScreen
from tui.view.stars import drawn

WINS = {
    "tour/1": ("r a2 r", (1, 4)),
    "tour/2": ("a r a2", (1, 4)),
    "tour/3": ("a b4 a g", (1, 8)),
    "tour/4": ("g", (0, 25)),
    "tour/5": ("r6 a g", (1, 9)),
    "tour/7": ("a13", (0, 13)),
    "in-place/1": ("a6 r g a g", (1, 31)),
    "in-place/2": ("a6 tab g a3", (1, 23)),
    "in-place/3": ("a7 r g tab g", (1, 33)),
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("level", WINS)
async def test_level_is_won_by_key(level: str, size: tuple[int, int]) -> None:
    keys, score = WINS[level]
    async with playing(new_game(level), size) as player:
        await player.press(keys)
        await player.pilot.pause(0.1)
        assert isinstance(player.app.screen, OutcomeScreen)
        assert player.won == [(level, *score)]
        assert "Solved." in player.text
        assert f"{score[1]} steps, no help" in player.text


async def test_from_the_list_through_two_levels() -> None:
    async with playing() as player:
        assert "\u00b7 tour/1         Step by step                   all threads finished" in player.text
        await player.turn_page("enter")
        assert "Make A take its page from node 1." in " ".join(player.text.split())
        await player.turn_page("enter")
        assert "next: read home (= 0)" in player.text
        await player.press("r a a r")
        await player.turn_page("enter")
        assert "tour/2  In the middle of a line" in player.text
        await player.turn_page("escape")
        assert f"{drawn(1)} tour/1         Step by step                   1 preemption, 4 steps" in player.text
        assert "new   A line of source is not one step" in player.text


async def test_a_level_is_found_again_as_it_was_left() -> None:
    async with playing("in-place/1") as player:
        await player.turn_page("enter")
        await player.press("a4")
        await player.turn_page("escape")
        assert "new   A scan asks the mask once per node" in player.text
        await player.turn_page("enter")
        assert "step 4 " in player.text


async def test_the_list_begins_at_the_first_level_when_all_are_solved() -> None:
    async with playing(solved=[level.id for level in PACK().levels]) as player:
        assert "new   A step is one access to a word" in player.text
        await player.turn_page("enter")
        assert "Make A take its page from node 1." in " ".join(player.text.split())
