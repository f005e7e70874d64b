# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of whole screens, as text."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.tui.playing import NARROW, WIDE, new_game, playing
from tests.tui.slow import safe_game, safe_pack

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


@SIZES
async def test_levels(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(size=size) as player:
        assert player.text == picture


@SIZES
async def test_briefing(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing("in-place/1", size) as player:
        assert player.text == picture


@SIZES
async def test_play_between_two_reads(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game("in-place/1", "a6 r22", "a"), size) as player:
        assert player.text == picture


@SIZES
async def test_play_of_one_thread_after_undo(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game("tour/4", "r12", "back 3"), size) as player:
        assert player.text == picture


@SIZES
async def test_outcome(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game("in-place/1", "a6 r22 a2"), size) as player:
        await player.press("a")
        await player.pilot.pause(0.1)
        assert player.text == picture


@SIZES
async def test_ladder(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game("in-place/1", "a6 r22 a"), size) as player:
        await player.turn_page("l")
        assert player.text == picture


@SIZES
async def test_help(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game(), size) as player:
        await player.turn_page("question_mark")
        assert player.text == picture


@SIZES
async def test_prompt_with_an_error(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game("in-place/3", "a7 r14"), size) as player:
        await player.type("print x")
        assert player.text == picture


@SIZES
async def test_a_right_claim(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(safe_game(), size, pack=safe_pack()) as player:
        await player.claim()
        assert player.text == picture


@SIZES
async def test_a_wrong_claim(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game("in-place/1", "a3"), size) as player:
        await player.claim()
        assert player.text == picture


@SIZES
async def test_loss(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with playing(new_game(), size) as player:
        await player.press("g tab g")
        assert player.text == picture
        await player.turn_page("enter")
        assert player.text == picture
