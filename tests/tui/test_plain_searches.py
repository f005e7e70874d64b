# SPDX-License-Identifier: GPL-2.0-or-later
"""Claims, hints and their searches in line mode."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import tui.explorer.analysis
from puzzles.judging.claims import Settled, settle
from sim import Machine
from sim.explore import Limits, Progress
from tests.tui.large import IDLE_LINE, LEVEL_ID, write_large_pack
from tests.tui.playing import new_game
from tests.tui.program import drain, terminal, until
from tests.tui.slow import REASON, safe_game, safe_pack
from tui.game.game import Game
from tui.plain import progress
from tui.plain.loop import LineMode
from tui.player.failure import ExitCode
from tui.player.library import Library
from tui.player.services import Services


def lines_of(game: Game, folder: Path, *lines: str) -> tuple[ExitCode, list[str]]:
    """The exit code of line mode and what it says to some lines."""
    said: list[str] = []
    mode = LineMode(Services(safe_pack(), Library(folder)), said.append, game)
    return mode.run(lines), said


def test_a_right_claim_reaches_the_goal(tmp_path: Path) -> None:
    code, said = lines_of(safe_game(), tmp_path, "a3", f"claim safe {REASON}")
    assert code is ExitCode.DONE
    assert "Solved. Safe in this model: no schedule reaches BUG." in said
    assert any(line.startswith("exhausted: ") for line in said)
    assert "The model leaves out 3 things: model (M) lists them." in said
    assert "saved: your first win of this level" in said
    assert len(list(tmp_path.iterdir())) == 1


def test_a_wrong_claim_is_answered_by_a_schedule_to_step_through(tmp_path: Path) -> None:
    game = new_game("in-place/1")
    code, said = lines_of(game, tmp_path, "a2", "claim safe 61", "counterexample", "forward", "branch")
    assert code is ExitCode.NOT_REACHED
    assert "a miss: at least one schedule reaches it; counterexample shows one, and then it wins nothing" in said
    way = "a way to premature OOM, in 28 steps, is in the timeline now"
    assert f"{way}: forward takes its steps, branch goes to your own run" in said
    assert any(line.startswith("at step 1: ") for line in said)
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_has_asked_for_is_looked_for_a_moment_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    went_on: list[str] = []
    monkeypatch.setattr(progress, "MOMENT", -1.0)
    monkeypatch.setattr(
        tui.explorer.analysis.Analysis, "search_distances", lambda _, watch: went_on.append(watch(Progress(1, 1, 1)))
    )
    code, said = lines_of(new_game("in-place/1"), tmp_path, "a99", "r99")
    assert code is ExitCode.NOT_REACHED
    assert "Not the goal. Page allocated." in said
    assert went_on == []


def test_the_ways_to_win_are_told_after_the_win(tmp_path: Path) -> None:
    code, said = lines_of(new_game("in-place/1"), tmp_path, "ways", "a6 r22 a3", "ways", "ways")
    assert code is ExitCode.DONE
    assert "this is told once you have won; hint helps before" in said
    assert said[-2:] == ["1 preemption, 31 steps: A6 R22 A3  <- yours is as good", "2 preemptions, 28 steps: A6 R19 A3"]


def test_a_long_search_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EACH", 0.0)
    monkeypatch.setattr(progress, "FIRST", 0.0)
    _, said = lines_of(safe_game(), tmp_path, f"claim safe {REASON}")
    told = [line for line in said if line.startswith("Is there a schedule that reaches it? ")]
    assert told
    assert all(line.endswith("; ctrl+c stops it") for line in told)


def test_ctrl_c_stops_the_search_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_machine: Machine, limits: Limits) -> Settled:
        assert callable(limits.watch)
        monkeypatch.setattr(tui.explorer.analysis, "settle", settle)
        raise KeyboardInterrupt

    monkeypatch.setattr(tui.explorer.analysis, "settle", interrupted)
    code, said = lines_of(safe_game(), tmp_path, "a2", f"claim safe {REASON}", "a", f"claim safe {REASON}")
    assert "the search was stopped; nothing else has changed" in said
    assert code is ExitCode.DONE


def answered(end: int, *turns: tuple[bytes, bytes]) -> None:
    """Wait for each text in a terminal, and type what follows it."""
    for text, typed in turns:
        until(end, text)
        os.write(end, typed)


def test_ctrl_c_in_a_terminal_stops_a_search_and_the_run_is_there(tmp_path: Path) -> None:
    pack = str(write_large_pack(tmp_path / "pack"))
    with terminal(tmp_path, "play", "--plain", "--pack", pack, LEVEL_ID, term="dumb") as (game, end):
        answered(end, (b"0> ", b"a2\n"), (b"2> ", b"claim safe %d\n" % IDLE_LINE), (b"ctrl+c stops it", b"\x03"))
        answered(end, (b"the search was stopped; nothing else has changed", b"quit\n"))
        drain(end)
        assert game.wait(60) == 1


def test_leaving_the_screen_ends_the_program_while_a_search_goes_on(tmp_path: Path) -> None:
    pack = str(write_large_pack(tmp_path / "pack"))
    with terminal(tmp_path, "play", "--pack", pack, LEVEL_ID, term="xterm-256color") as (game, end):
        answered(
            end,
            (b"briefing", b"\r"),
            (b"hand A", b":claim safe %d\r" % IDLE_LINE),
            (b"yes", b"y"),
            (b" a second", b"\x03"),
        )
        drain(end)
        assert game.wait(60) == 0
