# SPDX-License-Identifier: GPL-2.0-or-later
"""A run that was left can be gone on with: on the screen, in line mode, after any end of the program."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from puzzles.journals import kept_runs
from puzzles.storage import StorageError
from tests.puzzles.trees import tree
from tests.tui.playing import NARROW, PACK, WIDE, new_game, playing
from tests.tui.program import ROOT, call, drain, start, terminal, until
from tui.actions.commands import answered
from tui.cli import play as play_command
from tui.explorer.proofs import Proofs
from tui.game.game import Game
from tui.player.options import Begin
from tui.player.runs import Runs
from tui.screens.briefing import BriefingScreen
from tui.screens.confirm import ConfirmScreen, LeaveScreen
from tui.screens.play import PlayScreen
from tui.screens.resume import ResumeScreen

LEVEL = "in-place/1"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "data"


def leave(data: Path, *lines: str, level: str = LEVEL) -> Game:
    """Play some lines of a level in a folder, and let the program end without a word."""
    game = new_game(level)
    Runs(data).begin(game)
    for line in lines:
        answered(game, line)
    game.leave()
    return game


def gone_on(data: Path, level: str = LEVEL) -> Game:
    """The game that goes on with the latest run."""
    return Runs(data).resume(PACK(), kept_runs(data, level)[0], Proofs())


def test_t5_the_whole_game_comes_back(data: Path) -> None:
    game = leave(
        data, "a3 r2", "back 2", "a", "break policy_nodemask", "watch task.mems_allowed", "hint", "back", "hint"
    )
    again = gone_on(data)
    assert tree(again.session) == tree(game.session)
    assert again.session.breakpoints == game.session.breakpoints
    assert again.session.watchpoints == game.session.watchpoints
    assert again.message == f"Your run goes on at step {game.session.now.steps}."


def test_t5_a_wrong_claim_comes_back_with_its_counterexample(data: Path) -> None:
    game = leave(data, "a2", "claim safe 61", "counterexample")
    assert game.disproof is not None
    again = gone_on(data)
    assert tree(again.session) == tree(game.session)
    assert again.disproof is not None
    assert again.disproof.state == game.disproof.state
    assert again.claimed_at is not None
    assert again.claimed_at.steps == 2


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_t5_the_next_start_offers_to_go_on(size: tuple[int, int], data: Path) -> None:
    game = leave(data, "a3 r2", "back 2", "a")
    async with playing(LEVEL, size, left=data) as player:
        assert isinstance(player.app.screen, ResumeScreen)
        assert "You have not finished this level. Go on where you were?" in player.text
        assert "at step 4 (6 with those undone): A4" in player.text
        await player.turn_page("enter")
        await player.until(PlayScreen)
        assert tree(player.game.session) == tree(game.session)
        assert "Your run goes on at step 4." in player.text
        await player.press("a")
        assert kept_runs(data, LEVEL) == []
        player.game.leave()
    assert kept_runs(data, LEVEL)[0].schedule == "A5"


async def test_t5_beginning_anew_leaves_the_run_and_discarding_does_not(data: Path) -> None:
    leave(data, "a3")
    leave(data, "r4")
    async with playing(LEVEL, left=data) as player:
        await player.turn_page("n")
        await player.until(BriefingScreen)
    assert len(kept_runs(data, LEVEL)) == 2
    async with playing(LEVEL, left=data) as player:
        await player.turn_page("d")
        assert isinstance(player.app.screen, ConfirmScreen)
        await player.turn_page("n")
        assert len(kept_runs(data, LEVEL)) == 2
        for _ in range(2):
            await player.turn_page("d")
            await player.turn_page("y")
        await player.until(BriefingScreen)
    assert kept_runs(data, LEVEL) == []


def test_t5_a_run_that_somebody_plays_by_now_is_not_discarded(data: Path) -> None:
    leave(data, "a3")
    (run,) = kept_runs(data, LEVEL)
    game = gone_on(data)
    run.discard()
    assert run.path.exists()
    game.leave()
    run.discard()
    assert not run.path.exists()


async def test_t5_the_list_of_levels_offers_it_too_and_goes_back(data: Path) -> None:
    leave(data, "a3")
    async with playing(left=data) as player:
        player.app.levels.point_at(LEVEL)
        await player.turn_page("enter")
        await player.until(ResumeScreen)
        await player.turn_page("escape")
        assert player.app.screen is player.app.levels


@pytest.mark.parametrize(("begin", "steps"), [(Begin.RESUME, 3), (Begin.FRESH, 0)])
async def test_t5_the_command_line_decides_without_a_question(begin: Begin, steps: int, data: Path) -> None:
    leave(data, "a3")
    async with playing(LEVEL, left=data, begin=begin) as player:
        if not steps:
            await player.turn_page("enter")
        await player.until(PlayScreen)
        assert player.game.session.now.steps == steps


async def test_t5_leaving_says_that_the_run_is_kept_or_discards_it(data: Path) -> None:
    async with playing(new_game(LEVEL), left=data) as player:
        await player.press("a2")
        await player.turn_page("q")
        assert isinstance(player.app.screen, LeaveScreen)
        assert "Your run of in-place/1 is kept" in player.text
        await player.turn_page("n")
        await player.press("r")
        game = player.game
        await player.turn_page("q")
        await player.turn_page("y")
        game.leave()
    assert [run.schedule for run in kept_runs(data, LEVEL)] == ["A2 R1"]
    async with playing(LEVEL, left=data, begin=Begin.RESUME) as player:
        await player.until(PlayScreen)
        await player.turn_page("q")
        await player.turn_page("d")
    assert kept_runs(data, LEVEL) == []


async def test_t5_a_what_if_is_kept_with_its_change(data: Path) -> None:
    async with playing("tour/6", left=data, begin=Begin.FRESH) as player:
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.press("a2")
        await player.type("set look_again=0")
        await player.press("a3")
        for game in player.app.games.values():
            game.leave()
    assert [run.head.sets for run in kept_runs(data, "tour/6")] == [("look_again=0",), ()]
    async with playing("tour/6", left=data) as player:
        assert "with look_again=0" in player.text
        await player.turn_page("enter")
        await player.until(PlayScreen)
        assert player.game.sets == ("look_again=0",)
        assert player.game.session.now.steps == 3


async def test_t5_a_full_disk_is_told_once_and_the_game_goes_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageError("cannot be written: the disk is full")

    async with playing(new_game(LEVEL), left=data) as player:
        await player.press("a")
        with monkeypatch.context() as patched:
            patched.setattr("puzzles.journals.journal.append", full)
            patched.setattr("puzzles.journals.journal.write_open", full)
            await player.press("a2 u u a")
            notes = [one.message for one in player.app._notifications]
            assert notes == ["From here on your run is not kept: its journal cannot be written: the disk is full"]
            await player.turn_page("q")
            assert "neither finished nor saved. Leave all the same?" in player.text
            await player.turn_page("n")
        await player.press("a")
        player.game.leave()
    assert kept_runs(data, LEVEL)[0].steps == 3


def test_t5_a_win_is_stored_and_sweeps_its_journal(data: Path) -> None:
    game = leave(data, "a6 r22")
    call("play", LEVEL, "--plain", "--resume", typed="a3\n")
    assert game.session.now.steps == 28
    (win,) = data.glob("*.race")
    assert win.name.startswith("in-place-1.p1.s31.")


def played(*arguments: str, typed: str = "") -> list[str]:
    return call("play", *arguments, "--plain", typed=typed).stdout.splitlines()


@pytest.mark.usefixtures("data")
def test_t5_a_pipe_begins_anew_and_says_how_to_go_on() -> None:
    played(LEVEL, typed="a3\n")
    lines = played(LEVEL, typed="r\n")
    assert any("was left: " in line and line.endswith("at step 3: A3") for line in lines)
    assert "to go on with it: oomrace play in-place/1 --resume" in lines
    assert "your run of in-place/1 so far, to be typed again: R1" in lines
    lines = played(LEVEL, "--resume", typed="a\n")
    assert "Your run goes on at step 1." in lines
    assert "your run of in-place/1 so far, to be typed again: R1 A1" in lines
    assert not any("was left" in line for line in played(LEVEL, "--fresh"))
    assert "no run of tour/7 was left: it begins anew" in played("tour/7", "--resume")


def test_t5_a_person_in_line_mode_is_asked(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play_command, "is_typed", lambda: True)
    played(LEVEL, typed="a3\n")
    question = "y goes on with it, n begins anew and leaves it, d discards it and begins anew"
    lines = played(LEVEL, typed="what\ny\na\n")
    assert lines.count(question) == 2
    assert "your run of in-place/1 so far, to be typed again: A4" in lines
    assert lines[-1] == "it is kept; to go on with it: oomrace play in-place/1 --resume"
    lines = played(typed=f"{LEVEL}\nn\nr\n{LEVEL}\nd\n")
    assert lines.count(question) == 2
    assert [run.schedule for run in kept_runs(data, LEVEL)] == ["A4"]


def test_t5_the_run_of_another_version_of_a_level_is_told_and_left(tmp_path: Path, data: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(ROOT / "puzzles" / "campaign" / "tour", pack / "tour")
    played("tour/7", "--pack", str(pack), typed="a2\n")
    level = pack / "tour" / "7" / "level.toml"
    level.write_text(level.read_text("utf-8").replace("free = 200", "free = 199"), "utf-8")
    (journal,) = data.glob("*.journal")
    for arguments in (["--resume"], []):
        lines = played("tour/7", "--pack", str(pack), *arguments)
        assert any("is of another version of this level and cannot be gone on with" in line for line in lines)
        assert any(str(journal) in line for line in lines)
    assert journal.exists()


@pytest.mark.usefixtures("data")
def test_t5_a_kernel_that_is_not_the_same_any_more_is_told(tmp_path: Path) -> None:
    kernel = tmp_path / "mine.c"
    source = call("show", LEVEL, "--kernel-source").stdout
    kernel.write_text(source, "utf-8")
    played(LEVEL, "--kernel", str(kernel), typed="a2\n")
    assert "Your run goes on at step 2." in played(LEVEL, "--kernel", str(kernel), "--resume")
    assert "Your run goes on at step 2." in played(LEVEL, "--resume")
    kernel.write_text(source + "\nint more;\n", "utf-8")
    done = call("play", LEVEL, "--plain", "--resume")
    assert "is not the kernel any more that this run was played on" in done.output


def test_t5_a_run_whose_kernel_is_gone_names_itself_and_the_way_out(tmp_path: Path, data: Path) -> None:
    kernel = tmp_path / "mine.c"
    kernel.write_text(call("show", LEVEL, "--kernel-source").stdout, "utf-8")
    played(LEVEL, "--kernel", str(kernel), typed="a2\n")
    (run,) = kept_runs(data, LEVEL)
    kernel.unlink()
    done = call("play", LEVEL, "--plain", "--resume")
    assert done.exit_code == 2
    said = f"{run.path}: this run cannot be gone on with: {kernel}: there is no such file; --fresh begins anew"
    assert said in done.stderr


def test_t5_control_characters_in_a_journal_are_not_shown(data: Path) -> None:
    leave(data, "a2")
    (journal,) = data.glob("*.journal")
    text = journal.read_text("utf-8").replace('"sets": []', '"sets": ["x\\u001b[2J=1"]')
    journal.write_text(text, "utf-8")
    assert "x\\u001b[2J=1" in "".join(played(LEVEL))


def test_t5_killed_on_the_screen_and_gone_on_with(tmp_path: Path) -> None:
    with terminal(tmp_path, "play", LEVEL, term="xterm-256color") as (game, end):
        until(end, b"briefing")
        os.write(end, b"\r")
        until(end, b"down_read")
        os.write(end, b"aaar")
        until(end, b"held by R")
        game.kill()
        game.wait()
    with terminal(tmp_path, "play", LEVEL, term="xterm-256color") as (game, end):
        until(end, b"Go on where you were")
        os.write(end, b"\r")
        until(end, b"Your run goes on at step 4")
        os.write(end, b"q")
        until(end, b"Leave?")
        os.write(end, b"y")
        drain(end)
        assert game.wait(60) == 0
    assert "Your run goes on at step 4." in start(tmp_path, "play", LEVEL, "--plain", "--resume").stdout


def test_marks_come_back_also_without_a_step_and_nothing_is_left_once_none_is(data: Path) -> None:
    game = leave(data, "mark 62", "mark nodemask.h:50", "mark 62", "mark 321", level="count/1")
    again = gone_on(data, "count/1")
    assert again.marks == game.marks
    assert [(mark.head.file, mark.head.line) for mark in again.marks] == [("nodemask.h", 50), ("linux-2.6.35.c", 321)]
    answered(again, "mark 321")
    answered(again, "mark nodemask.h:50")
    again.leave()
    assert kept_runs(data, "count/1") == []


def test_marks_of_a_stranger_are_passed_over(data: Path) -> None:
    leave(data, "a", "mark 62", level="count/1")
    path = kept_runs(data, "count/1")[0].path
    text = path.read_text().replace(
        '"linux-2.6.35.c:62"', '"no.c:1", "linux-2.6.35.c:1", "x", 7, ":99999999999", ":62"'
    )
    path.write_text(text)
    assert gone_on(data, "count/1").marks == []


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_marks_are_seen_in_panes_and_status(size: tuple[int, int], data: Path) -> None:
    leave(data, "until get_mems_allowed", "mark 62", level="count/1")
    async with playing("count/1", size, left=data) as player:
        await player.turn_page("enter")
        assert re.search(r"=1|1 marked", player.text.splitlines()[0])
        assert re.search(r"  62 =\s+current->mems_allowed_change_disable\+\+", player.text)


def test_line_mode_tells_what_is_marked_after_a_restart(data: Path) -> None:
    leave(data, "until get_mems_allowed", "mark 62", level="count/1")
    lines, env = "state\nlist", {"OOMRACE_DATA_DIR": str(data)}
    said = call("play", "count/1", "--plain", "--resume", typed=lines, env=env).stdout
    assert said.count("marked as reasons: linux-2.6.35.c:62") == 2
    assert re.search(r"=  62 ", said)
