# SPDX-License-Identifier: GPL-2.0-or-later
"""Between the command line and the screen: what is handed over, and that no win is lost on the way."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field

import tui.app
from puzzles.judging.score import Score
from puzzles.notation import read_replay
from tests.tui.playing import new_game
from tests.tui.program import SECONDS, SOLUTIONS, call, drain, until
from tests.tui.program import terminal as terminal_with
from tui.cli import play, replay, terminal
from tui.game.game import Game
from tui.player.recording import record_run
from tui.player.services import Services


@define
class Screen:
    """Stands where the screen would be: keeps what it was given, and plays."""

    win: Game | None = None
    level_id: str | None = None
    given: dict[str, Any] = field(factory=dict)
    said: str = ""

    def run(
        self,
        level_id: str | None,
        game: Game | None,
        services: Services,
    ) -> None:
        self.level_id = level_id
        self.given = {"game": game, "keymap": services.keymap}
        if self.win:
            self.said = record_run(self.win, services.library).saved.sentence
        self.given["bests"] = dict(services.bests())


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    shown = Screen()
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(tui.app, "run_app", shown.run)
    for module in (play, replay):
        monkeypatch.setattr(module, "why_no_screen", lambda: "")
    return shown


def test_play_opens_the_list_or_a_level(screen: Screen) -> None:
    assert call("play").exit_code == 0
    assert (screen.level_id, screen.given["game"]) == (None, None)
    assert call("play", "tour/7").exit_code == 0
    assert (screen.level_id, screen.given["game"]) == ("tour/7", None)


def test_a_changed_level_is_handed_over_as_a_game(screen: Screen) -> None:
    assert call("play", "tour/4", "--set", "new_mems=0-1").exit_code == 0
    assert screen.given["game"].sets == ("new_mems=0-1",)
    assert not screen.given["game"].scored


def test_a_replay_is_handed_over_as_a_game_with_a_future(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "run.race"
    call("play", "tour/7", "--plain", typed=f"a5\nsave {path}\n")
    assert call("replay", str(path)).exit_code == 0
    assert screen.given["game"].view.timeline.ticks == "AAAAA"
    assert screen.given["game"].session.now.steps == 0
    assert screen.given["game"].message == "exact: still running with 0 preemptions, 5 steps"


def test_keys_from_the_settings_reach_the_screen(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('[keymap]\nnext = "f5"\n', "utf-8")
    call("play")
    assert screen.given["keymap"] == {"next": "f5"}


def test_bad_settings_are_told_and_the_game_starts(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('[keymap]\nnexxt = "f5"\n', "utf-8")
    done = call("play")
    assert done.exit_code == 0
    assert "config.toml: keymap.nexxt: no such command; did you mean next?" in done.stderr
    assert screen.given["keymap"] == {}


def test_a_win_on_the_screen_is_stored(screen: Screen, tmp_path: Path) -> None:
    screen.win = new_game("in-place/1", SOLUTIONS["in-place/1"])
    assert call("play").stdout == ""
    assert screen.said == "saved: your first win of this level"
    assert screen.given["bests"] == {"in-place/1": Score(31, 1)}
    assert len(list((tmp_path / "data").glob("*.race"))) == 1


def test_a_win_that_cannot_be_stored_is_printed_when_the_screen_closes(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", "utf-8")
    screen.win = new_game("in-place/1", SOLUTIONS["in-place/1"])
    done = call("play")
    assert done.exit_code == 0
    assert screen.said.startswith("your win is not stored: ")
    assert read_replay(done.stdout.encode()).header("Result") == "oom-premature"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("dumb", "this terminal (TERM=dumb) cannot move its cursor"), ("", "this terminal (TERM=) cannot"), ("xterm", "")],
)
def test_the_terminal_decides_whether_there_is_a_screen(
    kind: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}", Terminal())
    monkeypatch.setenv("TERM", kind)
    found = terminal.why_no_screen()
    monkeypatch.undo()
    assert found.startswith(reason)
    assert bool(found) == bool(reason)


def test_the_screen_itself_is_played_won_and_left(tmp_path: Path) -> None:
    with terminal_with(tmp_path, "play", "tour/7", term="xterm-256color") as (game, end):
        until(end, b"briefing")
        os.write(end, b"\r")
        until(end, b"down_read")
        os.write(end, b"a" * 13)
        until(end, b"Solved")
        os.write(end, b":quit\r")
        drain(end)
        assert game.wait(60) == 0
    (stored,) = (tmp_path / "data").glob("*.race")
    assert read_replay(stored.read_bytes()).header("Steps") == "13"


def test_the_game_ends_when_its_terminal_goes_away(tmp_path: Path) -> None:
    with terminal_with(tmp_path, "play", "tour/7", term="xterm-256color", under="make") as (game, end):
        until(end, b"start")
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, end)
        os.close(nowhere)
        assert game.wait(SECONDS) == 128 + signal.SIGHUP
