# SPDX-License-Identifier: GPL-2.0-or-later
"""T5: killed at random moments on the screen, at most the last step is missing, and nothing else is harmed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from puzzles.notation import write_replay
from puzzles.replays import solution
from tests.fuzz import TIMES, dice
from tests.tui.killing import LEVEL, Killer
from tests.tui.playing import new_game
from tui.actions.commands import answered
from tui.player.runs import Runs

KILLS = 3 + 2 * TIMES


@pytest.mark.fuzz
def test_t5_killed_on_the_screen_at_most_the_last_step_is_missing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for folder in (data, tmp_path / "config"):
        folder.mkdir()
    (tmp_path / "config" / "config.toml").write_text('[keymap]\nnext = "n"\n', "utf-8")
    win = solution("tour/7")
    assert win is not None
    (data / "tour-7.p0.s13.0123456789abcdef.race").write_text(write_replay(win), "utf-8")
    living = [new_game(LEVEL), new_game("in-place/2")]
    for game in living:
        Runs(data).begin(game)
        answered(game, "a3 r2")
    living[1].leave()
    killer = Killer(tmp_path, dice("killer"))
    for _ in range(KILLS):
        killer.kill()
    living[0].leave()
    sys.stdout.write(f"{killer}\n")
    assert killer.wrong == []
