# SPDX-License-Identifier: GPL-2.0-or-later
"""Line mode: every level through a pipe, and no run is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from puzzles.notation import read_replay
from tests.tui.program import COMMAND, PAUSE, ROOT, SECONDS, SOLUTIONS, call, environment, start, terminal, until

ESCAPE = "\x1b"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


def play(level: str, *lines: str) -> list[str]:
    """What line mode says to these lines, without what it says before the first of them."""
    silent = call("play", level, "--plain").stdout.splitlines()
    said = call("play", level, "--plain", typed="\n".join(lines)).stdout.splitlines()
    assert said[: len(silent)] == silent
    return said[len(silent) :]


@pytest.mark.parametrize("level", SOLUTIONS)
def test_every_level_is_won_through_a_pipe(level: str, home: Path) -> None:
    typed = "".join(f"{move.lower()}\n" for move in SOLUTIONS[level].split())
    done = start(home, "play", level, "--plain", typed=typed, TERM="dumb")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\nSolved. " in done.stdout
    assert ESCAPE not in done.stdout
    assert "\nsaved: your first win of this level" in done.stdout
    (stored,) = (home / "data").glob("*.race")
    assert read_replay(stored.read_bytes()).header("Level") == level


def test_it_begins_with_briefing_and_goal_and_what_comes_next() -> None:
    said = call("play", "in-place/1", "--plain").stdout.splitlines()
    assert said[0] == "in-place/1 Between two reads (2.6.31 - 2.6.34)"
    assert "goal: premature OOM: force it, or claim that nobody can, and why" in said
    assert "thread A allocator: CPU 1, node 1, runs do_page_fault(&vma)" in said
    assert said[-2:] == [
        "A next: down_read mm.mmap_sem (free) in do_page_fault",
        "R next: mutex_lock cgroup_mutex (free) in cpuset_write_mems",
    ]


@pytest.mark.parametrize("line", ["a", "A6", "a6 r22", "aaa", "next a", "step r 3", "rrr"])
def test_after_a_move_each_thread_and_the_light_have_a_line(line: str) -> None:
    said = play("in-place/1", "light", line)
    assert said[-4].startswith(("A next: ", "A waits"))
    assert said[-3].startswith(("R next: ", "R waits"))
    assert said[-2].startswith("the goal is ")
    assert said[-1].startswith("your run of in-place/1 so far")


def test_what_happened_is_told() -> None:
    said = play("in-place/1", "a6", "r22")
    read = "A read task_policy.nodes = {0} (first-zone lookup: node 1?)"
    assert said[:2] == ["6 steps, in all: mm.mmap_sem free -> read by A", read]
    assert "; task_policy.nodes {0} -> {1}; " in said[4].replace(": ", "; ")
    assert "R waits for mm.mmap_sem: read by A (in mpol_rebind_mm)" in said


def test_looking_moves_nothing() -> None:
    said = play("in-place/1", "a6", "print task.mems_allowed", "bt a", "why r", "hint", "timeline")
    assert "task.mems_allowed = {0}" in said
    assert any("first_zones_zonelist at mmzone.h" in line for line in said)
    assert any(line.startswith("R can move; next: mutex_lock cgroup_mutex") for line in said)
    assert any(line.startswith("hint 1/4: ") for line in said)
    assert said[-2:] == ["AAAAAA|", "your run of in-place/1 so far, to be typed again: A6"]


def test_going_back_and_forth() -> None:
    said = play("in-place/1", "a6 r3", "back 3", "forward", "back 9")
    assert "at the start" in said
    assert play("in-place/1", "a6 r3", "back 3")[-1].endswith(": A6")


def test_a_blocked_thread_says_why_and_nothing_moves() -> None:
    said = play("in-place/1", "a6 r22", "r")
    assert said[-2] == "R waits for mm.mmap_sem: read by A"
    assert said[-1].endswith(": A6 R22")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("frobnicate", "unknown command 'frobnicate'; try help"),
        ("back x", "'x' is not a number of steps"),
        ("print nothing", "nothing"),
        ("b", "unknown command 'b'; try help"),
        ("a0", "a move has at least one step"),
        ("save", "give the name of a file"),
        ("levels nowhere/1", "no level 'nowhere/1'"),
        ("help frobnicate", "no command 'frobnicate'"),
        ("a" * 20_000, "a line holds at most 10,000 characters"),
        (f"print {'(' * 4000}1{')' * 4000}", "is not an expression"),
    ],
    ids=lambda text: text[:16],
)
def test_a_line_that_is_not_understood_says_so_and_ends_nothing(line: str, answer: str) -> None:
    said = "\n".join(play("in-place/1", line, "a"))
    assert answer in said
    assert said.endswith("so far, to be typed again: A1")
    assert "Traceback" not in said


@pytest.mark.parametrize("line", ["a" * 20_001, "a" + " " * 20_000, " " * 10_000 + "a", "print 1" * 2_000 + " a"])
def test_nothing_of_a_line_that_is_too_long_is_done(line: str) -> None:
    said = play("in-place/1", line, "a")
    assert "\n".join(said).count("a line holds at most 10,000 characters") == 1
    assert said[-1].endswith("so far, to be typed again: A1")


def test_control_characters_are_not_sent_back() -> None:
    assert ESCAPE not in call("play", "tour/7", "--plain", typed=f"print {ESCAPE}[2J\n{ESCAPE}[2J\n").stdout


def test_bytes_that_are_no_text_end_nothing(home: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "play", "tour/7", "--plain"],
        input=b"\xff\xfe\x00\na13\n",
        capture_output=True,
        cwd=ROOT,
        env=environment(home),
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert b"\nSolved. Page allocated" in done.stdout


def test_a_run_that_ends_elsewhere_is_no_win() -> None:
    done = call("play", "in-place/1", "--plain", typed="a99\nr99\n")
    assert done.exit_code == 1
    assert "\nNot the goal. Page allocated." in done.stdout


def test_after_a_win_the_game_goes_on_and_the_better_run_is_told() -> None:
    said = play("in-place/1", "a3 r1 a3 r21 a3", "restart", SOLUTIONS["in-place/1"], "back", "a", "quit", "a")
    assert sum(line.startswith("Solved. ") for line in said) == 3
    assert any(line.startswith("saved: your first win of this level") for line in said)
    assert any(line.startswith("saved: your new best; before: 3 preemptions, 31 steps") for line in said)
    assert said[-1] == "next: in-place/4 The old node first; type in-place/4 to play it"


def test_the_ways_are_told_to_whoever_has_won_another_time() -> None:
    assert "this is told once you have won; hint helps before" in play("in-place/1", "m")
    play("in-place/1", "A6 R22 A3")
    offered, shown = play("in-place/1", "m"), play("in-place/1", "m", "m")
    assert offered[:2] == ["the best ways to win:", "  1 preemption, 31 steps"]
    assert not any("A6 R22 A3" in line for line in offered)
    assert any(line.startswith("1 preemption, 31 steps: A6 R22 A3") for line in shown)


def test_the_story_of_a_level_is_not_told_after_a_win_of_another_one(home: Path) -> None:
    told = (
        call("play", "in-place/1", "--plain", "--goal", "page", typed="a14").stdout
        + call("play", "in-place/1", "--plain", "--set", "zones[0].free=199", typed="A6 R22 A3").stdout
    )
    assert told.count("Reached. ") == 2
    assert "not scored: the level was changed" in told
    assert "c0ff7453bb5c" not in told
    assert not list(home.glob("*.race"))


def test_the_list_shows_the_best_run_and_opens_levels() -> None:
    call("play", "tour/7", "--plain", typed="a13\n")
    done = call("play", "--plain", typed="levels\na13\nhelp\ntour/4\nr25\nlevels tour/7\n")
    listed = next(line for line in done.stdout.splitlines() if line.startswith("  tour/7  "))
    assert listed.endswith(
        "Goal: page allocated. Par: 0 preemptions, 13 steps."
        " Best: 0 preemptions, 13 steps. \u2605\u2605\u2605 blindfold."
    )
    assert "no level is open; type the id of one, as levels lists them" in done.stdout
    assert "\nSolved. All threads finished." in done.stdout
    assert done.exit_code == 1, "the goal of the level last opened was not reached"


def test_leaving_a_level_for_another_tells_the_run_so_far() -> None:
    assert "your run of tour/7 so far, to be typed again: A4" in play("tour/7", "a4", "levels tour/4")


def test_saving_never_writes_over_a_file_unasked(home: Path) -> None:
    path = home / "run.race"
    said = play("in-place/1", "a6", f"save {path}", "r2", f"save {path}")
    assert f"saved {path}: 0 preemptions, 6 steps" in said
    assert f"{path} is there already; `save! {path}` writes over it" in said
    assert read_replay(path.read_bytes()).header("Steps") == "6"
    play("in-place/1", "a3", f"save! {path}")
    assert read_replay(path.read_bytes()).header("Steps") == "3"
    assert call("verify", str(path)).stdout.startswith(f"{path}: exact: still running with 0 preemptions, 3 steps;")


def test_a_place_that_cannot_be_written_is_told(home: Path) -> None:
    assert f"{home}/no/run.race cannot be written: there is no such folder; make it first" in play(
        "tour/7", f"save {home}/no/run.race"
    )
    assert any("is a folder, and nothing is written" in line for line in play("tour/7", f"save! {home}"))


def test_a_changed_level_is_not_scored_and_its_replay_says_so(home: Path) -> None:
    path = home / "what-if.race"
    done = call("play", "tour/4", "--plain", "--set", "new_mems=0-1", typed=f"r99\nsave {path}\n")
    assert done.exit_code == 0
    assert "not scored: the level was changed" in done.stdout
    assert not list((home / "data").glob("*.race"))
    assert read_replay(path.read_bytes()).header("Set") == "new_mems=0-1"


def test_what_if_begins_the_level_anew() -> None:
    said = play("tour/6", "a3", "set look_again=0", ":claim safe 21", "set", "set")
    assert "your run of tour/6 so far, to be typed again: A3" in said
    assert any(line.startswith("a miss: at least one schedule reaches it") for line in said)
    assert "set what? give an lvalue and its value, such as task.mems_allowed=0-1" in said


def test_a_data_folder_that_cannot_be_written_loses_nothing(home: Path) -> None:
    (home / "data").write_text("a file where the folder should be", "utf-8")
    done = start(home, "play", "tour/7", "--plain", typed="a13\n")
    assert done.returncode == 0
    assert "your win is not stored: " in done.stdout
    assert str(home / "data") in done.stdout
    printed = done.stdout[done.stdout.index("[Format") :].partition("\n\n")
    moves = printed[2].splitlines()[0]
    assert read_replay(f"{printed[0]}\n\n{moves}\n".encode()).header("Result") == "page"
    assert "Traceback" not in done.stderr


def test_colour_only_when_asked(home: Path) -> None:
    typed = "a6\n"
    assert ESCAPE not in start(home, "play", "in-place/1", typed=typed, NO_COLOR="1").stdout
    asked = start(home, "play", "in-place/1", "--plain", "--color", typed=typed).stdout
    assert f"{ESCAPE}[33m" in asked
    assert f"{ESCAPE}[36m" in asked
    assert f"{ESCAPE}[2J" not in asked


@contextmanager
def running(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], IO[str], IO[str]]]:
    """The program while it runs, what it is told, what it says."""
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(home),
    ) as game:
        assert game.stdin is not None
        assert game.stdout is not None
        try:
            yield game, game.stdin, game.stdout
        finally:
            game.kill()


def interrupt(game: subprocess.Popen[str]) -> None:
    """Press ctrl+c, again where it came between two waits."""
    for _ in range(SECONDS // PAUSE):
        game.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            game.wait(PAUSE)
            return


def ended(game: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code of a program that is ending by itself, and its complaints."""
    assert game.stderr is not None
    return game.wait(60), game.stderr.read()


def test_ctrl_c_tells_the_run_and_exits_with_130(home: Path) -> None:
    with running(home, "play", "in-place/1", "--plain") as (game, told, said):
        told.write("a6 r2\n")
        told.flush()
        assert any(line.startswith("8 steps") for line in said)
        assert any(line.startswith("R next: ") for line in said)
        interrupt(game)
        assert said.read() == "interrupted\nyour run of in-place/1 so far, to be typed again: A6 R2\n"
        assert ended(game) == (130, "")


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    with running(home, "play", "tour/7", "--plain") as (game, told, said):
        said.readline()
        said.close()
        with suppress(BrokenPipeError):
            told.write("a\n" * 1000)
            told.flush()
        assert ended(game) == (1, "")


def test_a_full_disk_is_told_without_a_traceback(home: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "levels"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(home),
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == "Error: the output cannot be written: the disk is full; make room, and try again\n"


def test_a_closed_input_is_an_empty_one(home: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *COMMAND, "play", "tour/7"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(home),
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == "standard input is no terminal: playing line by line, as with --plain\n"
    assert "goal: page allocated" in done.stdout


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (5, 20)])
def test_a_terminal_without_a_cursor_gets_line_mode_and_a_prompt(home: Path, rows: int, columns: int) -> None:
    with terminal(home, "play", "in-place/1", term="dumb", rows=rows, columns=columns) as (game, end):
        begun = until(end, b"0> ")
        assert b"this terminal (TERM=dumb) cannot move its cursor: playing line by line" in begun
        os.write(end, b"a6 r2\n")
        assert ESCAPE.encode() not in until(end, b"8> ")
        # A signal that comes just before readline waits is only seen at the next key.
        assert b"Traceback" not in until(end, b"A6 R2\r\n", press=b"\x03")
        assert game.wait(60) == 130


@pytest.mark.usefixtures("home")
def test_the_keys_of_the_screen_are_short_names() -> None:
    assert play("in-place/1", "p task.mems_allowed") == ["task.mems_allowed = {0}"]
    assert play("in-place/1", "g r") == play("in-place/1", "continue r")
    assert "a page of the screen" not in call("play", "in-place/1", "--plain", typed="quit now\n").stdout


@pytest.mark.usefixtures("home")
def test_a_bare_line_number_is_a_line_of_the_kernel_file() -> None:
    assert play("in-place/1", "break 213") == ["breakpoint at linux-2.6.31.c:213"]
    assert "breakpoint at linux-2.6.31.c:213" in play("in-place/1", "a5", "break 213")


@pytest.mark.usefixtures("home")
def test_an_empty_line_tells_how_the_run_ended() -> None:
    for line, times in ((" ", 2), ("outcome", 2), ("points", 1)):
        assert [text[:7] for text in play("in-place/1", "a6 r22 a3", line)].count("Solved.") == times


@pytest.mark.usefixtures("home")
def test_of_the_source_as_much_is_told_as_is_asked_for() -> None:
    outline = play("in-place/1", "source")
    assert outline[0] == "linux-2.6.31.c:"
    assert "    52-70 get_page_from_freelist" in outline
    assert play("in-place/1", "source 61") == play("in-place/1", "source get_page_from_freelist")
    assert len(play("in-place/1", "source linux-2.6.31.c")) > len(outline)
