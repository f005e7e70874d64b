# SPDX-License-Identifier: GPL-2.0-or-later
"""In a lesson: what plays on the kernel without a line answers, costs nothing, and tells nothing false."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.levels import build_machine
from puzzles.reasons.claim import put
from tests.tui.playing import NARROW, WIDE, playing
from tests.tui.program import call
from tests.tui.slow import REASON, safe_game, safe_level, safe_pack
from tui.actions.commands import CommandError, answered
from tui.actions.source import statement_named
from tui.game.game import Game
from tui.game.lesson import lesson_game

REFUSED = "this is a lesson, which wins nothing; lesson goes back to your own run"
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


def lesson() -> Game:
    own, level = safe_game(), safe_level()
    claimed = put(level, own.machine, [statement_named(own.machine.program, REASON)])
    return lesson_game(own, claimed.marks[0])


@pytest.mark.parametrize(
    "line", ["hint", "claim safe", f"claim safe {REASON}", "ways", f"mark {REASON}", "mark", "counterexample",
             "reset help", "set look_again=0", "set", "lesson 2"],
)  # fmt: skip
def test_what_there_is_in_the_own_run_alone_is_refused(line: str) -> None:
    game = lesson()
    with pytest.raises(CommandError, match=REFUSED):
        answered(game, line)
    assert (str(game.page.help), str(game.own.page.help), game.marks) == ("", "", [])


@pytest.mark.parametrize("line", ["save x.race", "save! x.race"])
def test_a_lesson_is_not_saved(line: str) -> None:
    with pytest.raises(CommandError, match="a lesson is not saved: no replay can name its kernel"):
        answered(lesson(), line)


def test_light_and_rescue_speak_of_the_kernel_that_runs_and_cost_nothing() -> None:
    game = lesson()
    assert answered(game, "light").sentence == "the goal is in reach"
    with pytest.raises(CommandError, match="the goal is not out of reach here"):
        answered(game, "rescue")
    answered(game, "a7 b1")
    assert game.reach is None or game.reach_sentence != "the goal is in reach"
    assert "the goal went out of reach at step" in answered(game, "rescue").sentence
    assert not game.own.page.help
    assert (game.own.light, game.own.session.now.steps) == (None, 0)


def test_the_race_is_played_to_the_goal_and_wins_nothing() -> None:
    game = lesson()
    answered(game, "last")
    assert (game.session.won, game.ruling.won, game.view.won) == (True, False, False)
    assert game.ruling.why_not == "a lesson: it wins nothing"
    answered(game, "restart")
    assert game.session.now.steps == 0
    assert answered(game, "state").lines[1] == "what if: without line 22"
    assert build_machine(safe_level()).program.name == game.machine.program.name


@SIZES
async def test_the_top_line_says_that_the_kernel_lacks_a_line(size: tuple[int, int]) -> None:
    async with playing(safe_game(), size, pack=safe_pack()) as player:
        await player.claim()
        await player.turn_page("Y")
        assert "what if without line 22" in player.text.splitlines()[0]
        assert "Y own run" in player.text.splitlines()[-1]
        assert "claim safe" not in player.text.splitlines()[-1]
        for key in "hSm":
            await player.press(key)
            assert REFUSED in " ".join(player.text.split())
        await player.turn_page("Z")
        assert "- is taken away" in player.text
        assert "claim safe because" not in player.text
        await player.press("enter")
        assert REFUSED in " ".join(player.text.split())
        await player.turn_page("escape")
        await player.press("end T")
        await player.learn()
        assert player.won == []


def test_line_mode_goes_on_with_the_own_run_after_a_lesson(tmp_path: Path) -> None:
    lines = ("a2", f"claim safe {REASON}", "lesson", "last", "T", "hint", "levels", "lesson", "timeline")
    said = call("play", "tour/6", "--plain", typed="\n".join(lines), env={"OOMRACE_DATA_DIR": str(tmp_path)}).stdout
    assert REFUSED in said
    assert said.splitlines()[-1] == "AA|"
    resumed = call("play", "tour/6", "--plain", "--resume", env={"OOMRACE_DATA_DIR": str(tmp_path)}).stdout
    assert "a lesson" not in resumed
