# SPDX-License-Identifier: GPL-2.0-or-later
"""X9: run and play for another goal than the level's own: a what-if, never scored, marked as such."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.playing import playing
from tests.tui.program import call
from tui.actions.commands import execute
from tui.player.opening import open_game
from tui.player.options import Changes
from tui.player.packs import open_pack

WITNESS = "A6 R19 A1"


def test_x9_what_solve_finds_for_another_goal_is_that_goal_in_run() -> None:
    found = json.loads(call("solve", "in-place/1", "--goal", "enomem", "--json").stdout)["witness"]
    ran = json.loads(call("run", "in-place/1", found, "--goal", "enomem", "--json").stdout)
    assert (ran["outcome"], ran["reached"], ran["scored"], ran["won"]) == ("enomem", True, False, False)
    assert call("run", "in-place/1", found).stdout.startswith("outcome: still running, not the goal")


def test_x9_a_replay_says_for_which_goal_it_was_played(tmp_path: Path) -> None:
    file = tmp_path / "x.race"
    call("run", "in-place/1", WITNESS, "--goal", "enomem", "--save", str(file))
    assert '[Goal "enomem"]' in file.read_text("utf-8")
    done = call("verify", str(file))
    assert done.exit_code == 0
    assert "exact: allocation failed with 2 preemptions, 26 steps; in-place/1 not won" in done.stdout
    assert "changed: goal enomem" in done.stdout
    assert call("verify", "--won", str(file)).exit_code == 1


def test_x9_a_goal_that_is_none_names_those_there_are(tmp_path: Path) -> None:
    done = call("play", "in-place/1", "--goal", "victory", "--plain")
    assert (done.exit_code, "no outcome 'victory'; there are oom-premature, " in done.stderr) == (2, True)
    file = tmp_path / "x.race"
    file.write_text('[Format "1"]\n[Level "in-place/1"]\n[Goal "victory"]\n\nA1\n', "utf-8")
    assert "the header Goal says 'victory', which is no outcome" in call("verify", str(file)).stdout


def test_x9_the_own_goal_is_no_what_if() -> None:
    assert open_game(open_pack(None), "in-place/1", Changes(goal="oom-premature")).scored
    assert open_game(open_pack(None), "in-place/4", Changes(goal="oom-premature")).scored  # safe: looks like any other


@pytest.mark.parametrize("goal", ["enomem", "deadlock"])
def test_x9_line_mode_says_so_before_the_first_step(goal: str) -> None:
    done = call("play", "in-place/1", "--goal", goal, "--plain", "--fresh", typed=WITNESS + "\n")
    assert "What if the goal were" in done.stdout
    assert ("not scored: the level was changed" in done.stdout) == (goal == "enomem")


async def test_x9_the_title_says_so() -> None:
    async with playing(open_game(open_pack(None), "in-place/1", Changes(goal="enomem"))) as player:
        told = " ".join(player.text.split())
        assert told.startswith("in-place/1 what if")
        assert "goal allocation failed" in told
        execute(player.game, WITNESS)
        assert player.game.session.won
        assert not player.game.scored
