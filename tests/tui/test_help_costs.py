# SPDX-License-Identifier: GPL-2.0-or-later
"""Nobody wins the star for a win without help who was helped: in line mode, after a restart, in another process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from puzzles.notation import read_replay
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from puzzles.wins.stars import Rating
from tests.tui.playing import PACK
from tests.tui.program import COMMAND, ROOT, call, environment, start
from tui.explorer.proofs import Proofs

LEVEL, BEST = "in-place/1", "A6 R22 A3"


def play(home: Path, level: str, *lines: str) -> str:
    """What line mode says to these lines, in a game that is begun anew."""
    env = {"OOMRACE_DATA_DIR": str(home)}
    return call("play", level, "--plain", "--fresh", typed="\n".join(lines), env=env).stdout


def rated(home: Path, level: str) -> Rating | None:
    """What the wins of a level come to, as the list has it."""
    pack = Proofs().with_pars(PACK())
    return Scores().ratings(home, pack, pack.listed)[0].get(level)


def test_the_same_in_processes_of_their_own(tmp_path: Path) -> None:
    for lines in (f"claim safe 61\ncounterexample\nrestart\n{BEST}\n", f"{BEST}\n"):
        said = start(tmp_path, "play", LEVEL, "--plain", "--fresh", typed=lines).stdout
        assert "saved: " not in said
    listed = start(tmp_path, "levels", PYTHONIOENCODING="ascii").stdout
    (line,) = (line for line in listed.splitlines() if line.startswith(f"  {LEVEL} "))
    assert "Help: schedule 1, miss 1." in line
    assert "Best" not in line


def test_a_win_without_help_has_all_stars_and_keeps_them(tmp_path: Path) -> None:
    assert "without help, at par, blindfold" in play(tmp_path, LEVEL, BEST, "ways")
    assert "no win" in play(tmp_path, LEVEL, "claim safe 61", "counterexample", "restart", "A6 R19 A3")
    rating = rated(tmp_path, LEVEL)
    assert rating is not None
    assert (rating.stars, rating.blindfold) == (3, True)


BLINDFOLD: Mapping[str, tuple[Sequence[str], bool]] = {
    "at once": ((BEST,), True),
    "after reading": (("list", "print task.mems_allowed", BEST), True),
    "in two lines": (("A6", "R22 A3"), False),
    "after an undone step": (("A", "u", BEST), False),
    "after a restart": (("A", "restart", BEST), False),
    "after a hint": (("hint", BEST), False),
    "on another kernel first": (("set zones[0].free=200", "A", "set", BEST), False),
}


@pytest.mark.parametrize(("lines", "blindfold"), BLINDFOLD.values(), ids=BLINDFOLD)
def test_blindfold_is_the_first_line_of_all(lines: Sequence[str], blindfold: bool, tmp_path: Path) -> None:
    assert ("blindfold" in play(tmp_path, LEVEL, *lines)) is blindfold
    (win,) = tmp_path.glob("*.race")
    assert (read_replay(win.read_bytes()).header("Blindfold") == "yes") is blindfold
    rating = rated(tmp_path, LEVEL)
    assert rating is not None
    assert rating.blindfold is blindfold


def test_a_first_attempt_in_another_process_counts(tmp_path: Path) -> None:
    play(tmp_path, LEVEL, "A")
    assert "blindfold" not in play(tmp_path, LEVEL, BEST)


def test_what_the_player_has_won_is_his_when_it_is_opened_and_saved(tmp_path: Path) -> None:
    env = {"OOMRACE_DATA_DIR": str(tmp_path / "data")}
    play(tmp_path / "data", LEVEL, "A6", "R22 A3", f"save {tmp_path}/mine.race")
    assert read_replay((tmp_path / "mine.race").read_bytes()).header("Help") is None
    said = call("play", LEVEL, "--plain", "--fresh", typed=f"ways\nhint\n{BEST}\nsave {tmp_path}/again.race\n", env=env)
    assert "no win" not in said.stdout
    assert read_replay((tmp_path / "again.race").read_bytes()).header("Help") is None


def test_a_reset_is_remembered(tmp_path: Path) -> None:
    env = {"OOMRACE_DATA_DIR": str(tmp_path)}
    assert "nothing has helped you with in-place/1" in call("reset", LEVEL, env=env).stdout
    play(tmp_path, LEVEL, "claim safe 61", "counterexample")
    assert "forgotten for in-place/1: schedule 1, miss 1; miss 1 stays, " in call("reset", LEVEL, env=env).stdout
    assert "since the last reset" in call("reset", LEVEL, env=env).stdout
    assert "reset 1" in play(tmp_path, LEVEL, BEST)
    (win,) = tmp_path.glob("*.race")
    assert read_replay(win.read_bytes()).header("Help") == "miss 1, reset 1"
    assert "help, as the file says: miss 1, reset 1" in call("verify", str(win)).stdout
    said = play(tmp_path, LEVEL, "light", "reset help", "A")
    assert "forgotten for in-place/1: light 1, miss 1, reset 1" in said
    assert "in reach" not in said.partition("forgotten")[2]


def test_a_win_that_was_shown_before_a_reset_is_saved(tmp_path: Path) -> None:
    play(tmp_path, LEVEL, "claim safe 61", "counterexample")
    said = play(tmp_path, LEVEL, BEST, "reset help", "restart", BEST)
    assert "Shown to you" in said.partition("forgotten")[0]
    assert "saved: your first win" in said.partition("forgotten")[2]
    assert len([*tmp_path.glob("*.race")]) == 1


def test_what_was_shown_outlives_a_kill(tmp_path: Path) -> None:
    arguments = [*COMMAND, "play", LEVEL, "--plain"]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, cwd=ROOT, env=environment(tmp_path)) as game:
        assert game.stdin is not None
        assert game.stdout is not None
        game.stdin.write(b"claim safe 61\ncounterexample\n")
        game.stdin.flush()
        said = b""
        while b"in the timeline now" not in said:
            said += os.read(game.stdout.fileno(), 4096)
        game.kill()
    said_later = start(tmp_path, "play", LEVEL, "--plain", "--fresh", typed="A6 R19 A3\n").stdout
    assert "no win" in said_later


def test_a_damaged_ledger_is_told_and_the_level_is_played(tmp_path: Path) -> None:
    play(tmp_path, LEVEL, "hint")
    (ledger,) = tmp_path.glob("*.ledger")
    ledger.write_bytes(b"\xff\n" + ledger.read_bytes())
    said = play(tmp_path, LEVEL, BEST)
    assert "line 1 cannot be read" in said
    assert "help: rung 1" in said


@pytest.mark.parametrize("forget", ["reset", "delete"])
def test_what_a_journal_gives_back_helps_again(forget: str, tmp_path: Path) -> None:
    env = {"OOMRACE_DATA_DIR": str(tmp_path)}
    play(tmp_path, LEVEL, "light", "claim safe 61", "counterexample", "last", "back 1")
    helped = "light 1, schedule 1, miss 1"
    assert str(Ledger(tmp_path).page(LEVEL).help) == helped
    call("play", LEVEL, "--plain", "--resume", env=env)
    assert str(Ledger(tmp_path).page(LEVEL).help) == helped
    if forget == "reset":
        call("reset", LEVEL, env=env)
    else:
        next(tmp_path.glob("*.ledger")).unlink()
    said = call("play", LEVEL, "--plain", "--resume", typed="A", env=env).stdout
    assert "no win: this schedule was shown to you" in said
    assert str(Ledger(tmp_path).page(LEVEL).help).startswith("light 1, schedule 1")
