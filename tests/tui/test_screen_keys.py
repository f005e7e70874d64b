# SPDX-License-Identifier: GPL-2.0-or-later
"""What keys, prompt and mouse do on the play screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.playing import WIDE, new_game, playing
from tui.lines.timeline import LABEL
from tui.screens.confirm import ConfirmScreen
from tui.screens.ladder import LadderScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.page import PageScreen
from tui.screens.play import PlayScreen
from tui.widgets import MessageLine, Prompt, ThreadPane, TimelinePanel


async def test_letters_step_and_capitals_run_to_the_next_line() -> None:
    async with playing(new_game()) as player:
        await player.press("a")
        assert player.game.session.now.steps == 1
        assert "A: allocation begins" in player.text
        await player.press("R")
        assert "next: read cpuset.mems_allowed (= {0})" in player.text
        assert player.game.active == 1
        await player.press("space")
        assert player.game.session.now.steps == 3


async def test_letters_of_other_levels_do_nothing() -> None:
    async with playing(new_game()) as player:
        await player.press("b c D")
        assert player.game.session.now.steps == 0
        assert player.game.message.startswith("Press a or r")


async def test_undo_redo_and_the_other_branch() -> None:
    async with playing(new_game()) as player:
        await player.press("a3 u left")
        assert "step 1 " in player.text
        assert " A A│aa" in player.text
        await player.press("r")
        assert " A A!│" in player.text
        assert " R +R│" in player.text
        await player.press("y")
        assert "branch 1 of 2, at step 2: A read task.mempolicy = &task_policy" in player.text
        await player.press("end U")
        assert "nothing was undone from here" in player.text
        await player.press("home right")
        assert "at step 1: A down_read mm.mmap_sem: read by A; A: allocation begins" in player.text


async def test_runs_of_one_thread_are_jumped_over() -> None:
    async with playing(new_game("in-place/1", "a3 r4 a2")) as player:
        await player.press("[")
        assert player.game.session.now.steps == 7
        await player.press("shift+left")
        assert player.game.session.now.steps == 3
        await player.press("]")
        assert player.game.session.now.steps == 7


async def test_prompt_keeps_what_cannot_be_done() -> None:
    async with playing(new_game()) as player:
        await player.type("frobnicate 3")
        assert "unknown command 'frobnicate'; try help" in player.text
        assert player.app.screen.query_one(Prompt).value == "frobnicate 3"
        await player.press("escape")
        assert "a r step" in player.text
        await player.type("a2 r3")
        assert player.game.session.now.steps == 5
        await player.press("colon up up")
        assert player.app.screen.query_one(Prompt).value == "frobnicate 3"
        await player.press("down enter")
        assert "5 steps;" in player.text
        assert player.game.session.now.steps == 10


async def test_what_cannot_be_done_is_replaced_by_what_is_typed_next() -> None:
    async with playing(new_game()) as player:
        await player.type("frobnicate 3")
        await player.pilot.press("a", "3", "enter")
        assert player.game.session.now.steps == 3


async def test_what_if_begins_the_level_anew_and_goes_back_to_it() -> None:
    async with playing(new_game("tour/6")) as player:
        await player.type("set nothing=1")
        assert "nothing" in player.text
        assert player.game.sets == ()
        await player.press("a2 escape")
        await player.press("a")
        await player.type("set look_again=0")
        assert "What if look_again=0: not scored." in player.text
        assert "step 0 " in player.text
        await player.claim()
        assert "a miss: at least one schedule reaches it" in player.text
        assert player.claimed == []
        await player.type("set")
        assert player.game.sets == ()
        assert "step 1 " in player.text


async def test_p_begins_a_print() -> None:
    async with playing(new_game()) as player:
        await player.press("p")
        await player.pilot.press(*"task.mems_allowed", "enter")
        assert "task.mems_allowed = {0}" in player.text
        await player.press("escape a")
        assert "step 1 " in player.text


async def test_breakpoint_is_marked_and_stops() -> None:
    async with playing(new_game()) as player:
        await player.type("break __alloc_pages_nodemask")
        await player.press("g")
        assert "5 steps; " in player.text
        assert "breakpoint: __alloc_pages_nodemask" in player.text
        await player.press("up up k")
        assert "breakpoint at linux-2.6.31.c:" in player.text
        assert [one[6] for one in player.text.splitlines() if one.startswith("A>")] == ["*"]
        await player.press("k")
        assert "removed" in player.text
        assert [one[6] for one in player.text.splitlines() if one.startswith("A>")] == [" "]


async def test_another_frame_is_shown_until_something_moves() -> None:
    async with playing(new_game("in-place/1", "a5"), WIDE) as player:
        await player.press("up up")
        assert ">#3 __alloc_pages_nodemask" in player.text
        await player.press("down")
        assert ">#2 first_zones_zonelist" in player.text
        await player.press("a")
        assert ">#1 next_zones_zonelist" in player.text


async def test_ladder_goes_to_a_step() -> None:
    async with playing(new_game("in-place/1", "a6 r22 a")) as player:
        await player.turn_page("l")
        assert isinstance(player.app.screen, LadderScreen)
        assert "A      29  read {1}  <- was {0} at step 6" in player.text
        await player.press("up")
        await player.turn_page("enter")
        assert "at step 25: R wrote task_policy.nodes {0} -> {1}" in player.text


async def test_help_lists_every_command() -> None:
    async with playing(new_game(), (100, 90)) as player:
        await player.turn_page("question_mark")
        assert isinstance(player.app.screen, PageScreen)
        for usage in ("step [a] [N]", "until [a] PLACE", "watch LVALUE", "rewind", "quit"):
            assert usage in player.text
        await player.turn_page("escape")
        assert isinstance(player.app.screen, PlayScreen)
        await player.turn_page("i")
        await player.turn_page("question_mark")
        assert "until [a] PLACE" in player.text
        await player.turn_page("question_mark")
        await player.turn_page("escape")
        assert "goal  premature OOM" in player.text


async def test_long_answers_open_a_page() -> None:
    async with playing(new_game("in-place/1", "a5")) as player:
        await player.turn_page("t")
        assert ">#1 next_zones_zonelist at mmzone.h" in player.text
        await player.turn_page("escape")
        await player.turn_page("i")
        assert "goal  premature OOM" in player.text


async def test_a_loss_is_told_in_the_message_and_undone() -> None:
    async with playing(new_game()) as player:
        await player.press("g tab g")
        assert isinstance(player.app.screen, PlayScreen)
        assert "Not the goal; why not? l lists who read what; u steps back" in " ".join(player.text.split())
        assert player.won == []
        await player.turn_page("enter")
        assert "Not the goal." in player.text
        await player.turn_page("enter")
        assert not player.game.session.over


async def test_a_win_is_celebrated_once() -> None:
    async with playing(new_game("tour/7")) as player:
        await player.press("h g")
        await player.pilot.pause(0.1)
        assert isinstance(player.app.screen, OutcomeScreen)
        assert "13 steps, help: rung 1" in player.text
        await player.turn_page("u")
        await player.press("a")
        assert isinstance(player.app.screen, PlayScreen)
        assert "won page allocated" in player.text
        assert len(player.won) == 1
        await player.turn_page("enter")
        await player.turn_page("x")
        assert "step 0 " in player.text


async def test_the_end_of_a_replay_is_no_win_of_the_player() -> None:
    game = new_game("tour/7", "a13", "restart")
    game.show("A13")
    async with playing(game) as player:
        await player.press("end")
        assert isinstance(player.app.screen, PlayScreen)
        assert "a way that was shown to you: no win" in " ".join(player.text.split())
        await player.press("u a")
        assert player.won == []


async def test_mouse_chooses_thread_and_step() -> None:
    async with playing(new_game("in-place/1", "a4 r2")) as player:
        await player.pilot.click(ThreadPane, offset=(5, 2))
        assert player.game.active == 0
        await player.pilot.click(TimelinePanel, offset=(LABEL + 1, 0))
        assert player.game.session.now.steps == 2
        await player.pilot.click("Foot", offset=(30, 0))
        assert player.game.session.now.steps != 2


async def test_save_writes_a_replay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with playing(new_game("in-place/1", "a2")) as player:
        await player.press("s")
        assert player.app.screen.query_one(Prompt).value == "save "
        await player.pilot.press(*"x.race", "enter")
        assert "A2" in (tmp_path / "x.race").read_text()
        assert "saved x.race" in player.text
        await player.press("escape s x enter")
        assert (tmp_path / "x").exists()
        await player.type("save x")
        assert "x is there already; `save! x` writes over it" in player.text
        await player.press("escape")
        await player.type("save! x")
        assert "saved x" in player.text


async def test_leaving_asks_for_an_unfinished_run_only() -> None:
    async with playing(new_game("in-place/1", "a2")) as player:
        await player.turn_page("q")
        assert isinstance(player.app.screen, ConfirmScreen)
        await player.turn_page("n")
        assert player.app.is_running
        await player.turn_page("q")
        await player.turn_page("y")
        assert not player.app.is_running


async def test_keys_can_be_changed() -> None:
    async with playing(new_game(), keymap={"continue": "f5", "until": "j", "next": "N"}) as player:
        await player.press("g")
        assert player.game.session.now.steps == 0
        await player.press("j")
        assert player.app.screen.query_one(Prompt).value == "until "
        await player.press("escape")
        assert "f5 run" in player.text
        await player.press("f5")
        assert "A has finished" in player.text


async def test_every_command_is_in_the_palette() -> None:
    async with playing(new_game()) as player:
        titles = [one.title for one in player.app.get_system_commands(player.app.screen)]
        assert {"step", "branch", "watch", "ladder", "quit"} <= set(titles)
        hint = next(one for one in player.app.get_system_commands(player.app.screen) if one.title == "hint")
        hint.callback()
        await player.pilot.pause()
        assert player.app.screen.query_one(MessageLine).shown[0].startswith("hint 1/4: ")


async def test_ctrl_c_asks_before_a_run_is_lost_and_leaves_when_it_comes_again() -> None:
    async with playing(new_game("in-place/1", "a3")) as player:
        await player.press("ctrl+c")
        assert "Leave all the same?" in player.text
        await player.press("ctrl+c")
        assert not player.app.is_running
