# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screen says is so: buffers, cut stacks, what-ifs, what comes next, and what nobody can reach any more."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from tests.tui.playing import NARROW, PACK, WIDE, Player, WinsInMemory, listing, new_game, playing
from tests.tui.slow import safe_game, safe_level, safe_pack
from tui.game.saved import Saved
from tui.lines.text import elide, first_ones
from tui.lines.thread import Pane, header_line, thread_lines
from tui.screens.answers import AnswerScreen
from tui.screens.briefing import BriefingScreen
from tui.screens.levels import LevelsScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen
from tui.view.scan import scanners
from tui.widgets import ThreadPane

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
STORES = [f"word[{number}] = {number}" for number in range(8)]


def words(player: Player) -> str:
    return " ".join(player.text.split())


@pytest.mark.parametrize("width", [20, 30, 60, 100, 400])
def test_of_many_stores_the_one_that_drains_next_is_always_told(width: int) -> None:
    """With eight stores in the buffer the newest stood as the next to drain."""
    told = first_ones(STORES, width, ", then ")
    assert told.startswith("word[0") or "[0] = 0, and 7 more" in told
    assert len(told) <= width
    shown = told.count("] = ")
    assert told.endswith(f", and {8 - shown} more") == (shown < 8)


@SIZES
async def test_the_oldest_store_drains_next(size: tuple[int, int]) -> None:
    game = new_game("count/5", "thread r", "continue", "drain", "continue")
    buffer = game.view.threads[1].buffer
    assert len(buffer) == 8
    async with playing(game, size) as player:
        (row,) = [one for one in player.text.splitlines() if "~R drains: " in one]
        assert f"~R drains: {buffer[0]}" in row
        await player.type("~r")
        (row,) = [one for one in player.text.splitlines() if "~R drains: " in one]
        assert f"~R drains: {buffer[1]}" in row


def test_a_cut_call_stack_says_how_many_frames_are_left_out() -> None:
    stack = ["do_page_fault", "handle_mm_fault", "alloc_pages_vma", "policy_nodemask"]
    assert elide(stack, 45) == "do_page_fault > +2 > policy_nodemask"
    assert elide(stack, 25) == "+3 > policy_nodemask"
    assert elide(stack, 10) == "policy_no\u2026"


@pytest.mark.parametrize("steps", ["a5", "a7", "a10"])
@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_in_a_header_the_caller_in_the_kernel_file_is_still_told(steps: str, width: int) -> None:
    """The chain was cut to `do_page_fault > +4 > next_zones_zonelist`."""
    pane = Pane.of(new_game("in-place/1", steps).view, 0)
    frames = pane.thread.stack[: pane.thread.shown + 1]
    caller = next(frame.function for frame in reversed(frames) if frame.span.file.endswith(".c"))
    assert frames[-1].function != caller
    header = header_line(pane, width).plain
    assert len(header) == width
    chain = header.split(" \u2501\u2501 ")[1].split(" \u2501")[0].removesuffix(" (mmzone.h)").split(" > ")
    assert caller in chain
    assert sum(int(name[1:]) if name.startswith("+") else 1 for name in chain) == len(frames)


@pytest.mark.parametrize("height", range(16, 40))
def test_the_stack_of_a_pane_says_what_it_has_no_room_for(height: int) -> None:
    game = new_game("in-place/1", "a8")
    source = listing(game)
    text = "\n".join(one.plain for one in thread_lines(Pane.of(game.view, 0), source, 60, height))
    depth = len(game.view.threads[0].stack)
    shown = len(re.findall(r"[ >]#\d ", text))
    assert shown == depth or f"+{depth - shown}" in text


@pytest.mark.parametrize("height", [30, 40, 60])
async def test_panes_side_by_side_are_level(height: int) -> None:
    """A `next:` on two lines in one pane moves neither the source nor the stack of the other out of line."""
    async with playing(new_game("in-place/1", "a6 r14"), (120, height)) as player:
        seen = set()
        for _ in range(30):
            await player.press("a" if player.game.session.can_move(0) else "r")
            if not isinstance(player.app.screen, PlayScreen):
                break
            panes = [pane.shown for pane in player.app.screen.query(ThreadPane)]
            assert panes[0] is not None
            assert panes[1] is not None
            assert panes[0].next_rows == panes[1].next_rows == max(pane.needs(60) for pane in panes if pane)
            seen.add(panes[0].next_rows)
        assert seen


@SIZES
async def test_a_what_if_is_marked_in_the_title_and_in_the_source(size: tuple[int, int]) -> None:
    async with playing(new_game("tour/6"), size) as player:
        assert "what if" not in player.text
        await player.type("set look_again=0")
        await player.until(PlayScreen)
        lines = player.text.splitlines()
        assert "what if" in lines[0]
        assert [one for one in lines[1:] if " what if " in one and "cpu" in one]
        await player.type("set")
        await player.until(PlayScreen)
        assert "what if" not in player.text


@pytest.mark.parametrize("safe", [False, True], ids=["run", "claim"])
async def test_next_is_the_next_level_that_is_not_won(*, safe: bool) -> None:
    start = "tour/6" if safe else "tour/7"
    ids = [level.id for level in PACK().levels if not level.variant_of]
    after = ids[ids.index(start) + 1 : ids.index(start) + 3]
    async with playing(new_game(start), solved=after) as player:
        if safe:
            await player.claim()
        else:
            await player.press("a13")
        await player.until(OutcomeScreen)
        assert "enter next level" in player.text
        await player.turn_page("enter")
        await player.until(BriefingScreen)
        assert ids[ids.index(start) + 3] in player.text


async def test_behind_the_last_level_comes_the_first_that_is_not_won() -> None:
    ids = [level.id for level in PACK().levels]
    async with playing(solved=[one for one in ids if one != "tour/4"]) as player:
        level = player.app.services.next_level(ids[-1])
        assert level is not None
        assert level.id == "tour/4"
        assert player.app.services.next_level("tour/4") is None


async def test_who_has_won_all_is_told_so() -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.claim()
        await player.until(OutcomeScreen)
        await player.press("end")
        assert "All levels are won." in player.text
        assert "enter levels" in player.text
        await player.turn_page("enter")
        await player.until(LevelsScreen)


async def test_what_is_left_out_is_one_line_until_it_is_unfolded() -> None:
    level = evolve(safe_level(), id="safe/2")
    async with playing(safe_game(), pack=safe_pack(safe_level(), level)) as player:
        await player.claim()
        await player.press("end")
        assert "The model leaves out" in player.text
        assert "reordering: accesses reach memory" not in player.text
        await player.turn_page("M")
        await player.until(AnswerScreen)
        assert "reordering: accesses reach memory" in player.text
        await player.turn_page("escape")
        await player.until(OutcomeScreen)


async def test_who_goes_on_for_nothing_is_told_so_where_the_light_is_on() -> None:
    async with playing("in-place/1") as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.turn_page("e")
        await player.learn()
        await player.press("g")
        assert "nobody can reach the goal any more; R goes on" in words(player)
        await player.press("u e g")
        assert "nobody can reach" not in words(player)


async def test_a_win_that_cannot_be_stored_is_said_to_be_printed_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WinsInMemory, "save", lambda *_: Saved("your win is not stored: it is full", "[Format 1]"))
    async with playing(new_game("tour/7")) as player:
        await player.press("a13")
        await player.until(OutcomeScreen)
        assert "your win is not stored: it is full (it is printed when you leave)" in " ".join(player.text.split())


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize(("level", "thread", "file"), [
    ("side/1", 1, "(mempolicy_calls.h)"),
    ("in-place/1", 0, "(mmzone.h)"),
    ("in-place/1", 1, ""),
])  # fmt: skip
def test_a_pane_names_the_file_that_it_shows_where_that_is_not_the_kernels(
    level: str, thread: int, file: str, width: int
) -> None:
    header = header_line(Pane.of(new_game(level, "a5").view, thread), width).plain
    assert len(header) == width
    assert file in header
    assert file or ".h" not in header


def test_of_a_store_whose_name_is_too_long_the_value_is_told() -> None:
    stores = ["task.mems_allowed_change_disable = 1", "x = 2"]
    assert first_ones(stores, 40, ", then ") == "…_allowed_change_disable = 1, and 1 more"
    assert len(first_ones(stores, 40, ", then ")) <= 40


def test_the_walk_of_an_allocation_that_cannot_kill_has_a_row() -> None:
    assert [scanners(new_game(level).machine) for level in ("hotplug/3", "in-place/1")] == [("A",), ("A",)]
