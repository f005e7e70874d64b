# SPDX-License-Identifier: GPL-2.0-or-later
"""The program in a terminal: what may come at any moment, and how it is left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fuzz import TIMES, dice
from tests.tui.program import NOTHING, ROOT, SECONDS, drain, glance, terminal, until

Game = subprocess.Popen[bytes]
ON = {7, 25}  # long lines wrap, the cursor is there
SECOND, THIRD = b"A read task.mempolicy = ", b"A read vma.vm_policy = "  # what these steps are told to have done
KEYS = [b"\r", b"a", b"r", b"h", b"S", b"y", b"o", b"l", b"\x1b", b"?", b":", b"T"]
DEADLY = {"HUP": 129, "INT": 130, "QUIT": 131, "TERM": 143}


@contextmanager
def played(home: Path, under: str = "", more: Mapping[str, str] = NOTHING) -> Iterator[tuple[Game, int, bytes]]:
    """The program with two steps taken, the end of its terminal, and what that has shown so far."""
    with terminal(home, "play", "in-place/1", term="xterm-256color", under=under, more=more) as (game, end):
        shown = until(end, b"briefing")
        os.write(end, b"\r")
        shown += until(end, b"down_read")
        os.write(end, b"aa")
        yield game, end, shown + until(end, SECOND)


def left_on(shown: bytes) -> set[int]:
    """The modes of a terminal that are not as they were, and 0 for kitty's keys."""
    modes = {int(mode): how for mode, how in re.findall(rb"\x1b\[\?(\d+)([hl])", shown)}
    wrong = {mode for mode, how in modes.items() if (how == b"h") != (mode in ON)}
    pushed, popped = shown.count(b"\x1b[>25u"), shown.count(b"\x1b[<u")
    return wrong | ({0} if popped < pushed else set())


def is_cooked(end: int) -> bool:
    flags = termios.tcgetattr(end)[3]
    return bool(flags & termios.ICANON and flags & termios.ECHO and flags & termios.ISIG)


@pytest.mark.parametrize("name", DEADLY)
def test_t3_a_signal_gives_the_terminal_back_tells_the_run_and_ends_with_its_status(name: str, tmp_path: Path) -> None:
    with played(tmp_path) as (game, end, before):
        assert left_on(before)
        assert not is_cooked(end)
        os.kill(game.pid, signal.Signals[f"SIG{name}"])
        shown = before + drain(end)
        assert game.wait(SECONDS) == DEADLY[name]
        assert left_on(shown) == set()
        assert is_cooked(end)
        assert b"\x1b[?25hyour run of in-place/1 so far, to be typed again: A2\r\n" in shown


def test_t3_the_same_while_it_starts_and_where_it_is_told_twice(tmp_path: Path) -> None:
    with terminal(tmp_path, "play", "in-place/1", term="xterm-256color") as (game, end):
        shown = until(end, b"\x1b[?1049h")
        game.send_signal(signal.SIGTERM)
        game.send_signal(signal.SIGINT)
        shown += drain(end)
        assert game.wait(SECONDS) in (DEADLY["TERM"], DEADLY["INT"])
        assert left_on(shown) == set()


@pytest.mark.fuzz
def test_t3_a_signal_at_any_moment(tmp_path: Path) -> None:
    for number in range(max(1, TIMES)):
        chance = dice(f"signal {number}")
        name = chance.choice(list(DEADLY))
        with terminal(tmp_path, "play", "in-place/1", term="xterm-256color") as (game, end):
            shown = until(end, b"\x1b[?1049h")
            for _ in range(chance.randrange(30)):
                os.write(
                    end, chance.choice([b"\r", b"a", b"r", b"h", b"S", b"y", b"o", b"l", b"\x1b", b"?", b":", b"T"])
                )
                shown += glance(end)
            for _ in range(chance.randrange(1, 3)):
                game.send_signal(signal.Signals[f"SIG{name}"])
            shown += drain(end)
            assert game.wait(SECONDS) == DEADLY[name]
            assert left_on(shown) == set()
            assert is_cooked(end)


BROKEN = {
    "the game": "import tui.game.game; tui.game.game.Game.begin = broken",
    "the input thread": "import tui.terminal.reader; tui.terminal.reader.Reader.feed = broken",
}


@pytest.mark.parametrize("where", BROKEN)
def test_t1_a_failure_of_the_game_itself_is_told_in_a_line_with_the_run(where: str, tmp_path: Path) -> None:
    broken = (
        "count = 0\ndef broken(*_, **__):\n    global count\n    count += 1\n    if count > 8: 1 / 0\n    return ()\n"
    )
    (tmp_path / "sitecustomize.py").write_text(f"{broken}{BROKEN[where]}\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    with terminal(tmp_path, "play", "in-place/1", term="xterm-256color", more={"PYTHONPATH": path}) as (game, end):
        shown = until(end, b"\x1b[?1049h")
        if where == "the game":
            shown += until(end, b"briefing")
            os.write(end, b"\r")
            shown += until(end, b"down_read")
            os.write(end, b"aaaaaaaaaa")
        shown += drain(end)
        assert game.wait(SECONDS) == 1
        assert left_on(shown) == set()
        assert is_cooked(end)
    last = shown.decode().rpartition("\x1b")[2]
    assert "oomrace has failed" in last
    assert "ZeroDivisionError: division by zero (sitecustomize.py, line 5)" in last
    assert len(last.splitlines()) < 4


def test_t4_ctrl_z_gives_the_terminal_to_the_shell_and_comes_back_drawn(tmp_path: Path) -> None:
    with played(tmp_path, under="shell") as (game, end, before):
        os.write(end, b"\x1a")
        stopped, told, after = (before + until(end, b"\x1b[?1049h")).partition(b"the shell has it, cooked")
        assert told
        assert left_on(stopped) == set()
        assert SECOND in after or until(end, SECOND)
        os.write(end, b"a")
        until(end, THIRD)
        os.write(end, b"\x03\x03")
        drain(end)
        assert game.wait(SECONDS) == 0


def test_t4_ctrl_z_does_not_stop_what_nobody_could_wake(tmp_path: Path) -> None:
    with played(tmp_path) as (_, end, _shown):
        os.write(end, b"\x1a")
        until(end, b"no shell")


def test_a_wake_up_without_a_stop_leaves_one_reader_of_keys(tmp_path: Path) -> None:
    with played(tmp_path) as (game, end, _shown):
        threads = []
        for _ in range(3):
            game.send_signal(signal.SIGCONT)
            until(end, b"\x1b[?1049h")
            until(end, SECOND)
            threads.append(len(list(Path(f"/proc/{game.pid}/task").iterdir())))
        assert threads[2] <= threads[0]
        os.write(end, b"a")
        until(end, THIRD)


def test_t1_t2_bytes_that_are_no_keys_neither_end_the_game_nor_move_it(tmp_path: Path) -> None:
    with played(tmp_path) as (game, end, _):
        for data in (b"\xe9", b"\xff", b"\x80", b"\xe1", b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1b[200~aaqrr\x1b[201~"):
            os.write(end, data)
        os.write(end, b"\x1b[M\x20\xff\xff\x1b[97;1:3u\x1b[48;0;0;0;0t\x1b[<0;999999999999;1M")
        os.write(end, b"\x1b[?62;4c\x1b[24;80R\x1bP1$r0m\x1b\\a")
        until(end, THIRD)
        os.write(end, bytes(range(256)) * 3)
        game.send_signal(signal.SIGTERM)
        assert b"to be typed again: A3\r\n" in drain(end)


def test_t10_without_colour_there_are_attributes_and_the_terminals_own_background(tmp_path: Path) -> None:
    keys = (
        (b"?", b"threads"),
        (b"\x1b", b"zonelist: A"),
        (b":", b"mems_allowed, "),
        (b"xyz\r", b"xyz"),
        (b"\x03", b"yes"),
    )
    with played(tmp_path, more={"NO_COLOR": "1"}) as (_, end, before):
        shown = before
        for key, text in keys:
            os.write(end, key)
            shown += until(end, text)
    codes = {int(code or 0) for one in re.findall(rb"\x1b\[([\d;:]*)m", shown) for code in re.split(b"[;:]", one)}
    assert codes <= {0, 1, 2, 3, 4, 7}
