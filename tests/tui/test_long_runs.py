# SPDX-License-Identifier: GPL-2.0-or-later
"""A step of a long run costs what a step of a short one does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from tests.tui.playing import new_game
from tui.actions.commands import answered
from tui.game.game import Game
from tui.lines.timeline import ruler_line, timeline_lines
from tui.view.build import NEAR, timeline_view
from tui.view.ladder import ladder_rungs


def work(act: Callable[[Game], object], game: Game) -> int:
    """The lines of Python that are executed: a measure that no clock disturbs."""
    count = 0

    def line(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    sys.settrace(line)
    try:
        act(game)
    finally:
        sys.settrace(None)
    return count


def see(game: Game) -> None:
    """Make the view."""
    assert game.view.steps == game.session.now.steps


def step(game: Game) -> None:
    """Take a step, and make the view."""
    answered(game, "a")
    see(game)


def back(game: Game) -> None:
    """Undo a step, and make the view."""
    answered(game, "back")
    see(game)


def spinning(steps: int) -> Game:
    """A game in which A goes round a loop for as long as R stands still."""
    game = new_game("today/1", "r9", f"a{steps}")
    assert game.session.now.steps == steps + 9
    return game


def test_a_step_of_a_long_run_visits_no_more_than_that_of_a_short_one() -> None:
    """T14: the view was made from the whole line of moments, at 5,000 steps twice as slowly as at 1,000."""
    counts = []
    for steps in (NEAR * 2, NEAR * 6):
        game = spinning(steps)
        work(see, game)
        counts.append(work(step, game))
    assert counts[1] <= counts[0] * 1.05


def test_back_in_a_long_run_it_is_the_same() -> None:
    """T14: what lies ahead is not walked through either."""
    counts = []
    for steps in (NEAR * 3, NEAR * 6):
        game = spinning(steps)
        answered(game, f"back {NEAR * 3 // 2}")
        work(see, game)
        counts.append(work(back, game))
    assert counts[1] <= counts[0] * 1.05


def test_the_window_of_a_long_timeline_is_cut_from_the_whole() -> None:
    game = spinning(NEAR * 3)
    answered(game, f"back {NEAR}")
    whole = timeline_view(game.machine, game.session.now)
    near = game.view.timeline
    assert (whole.start, whole.end, whole.position) == (0, NEAR * 3 + 9, NEAR * 2 + 9)
    assert near.ticks == whole.ticks[near.start : near.end]
    assert near.position - near.start == NEAR
    for width in (40, 80, 200, NEAR):
        assert timeline_lines(near, width)[0].plain == timeline_lines(whole, width)[0].plain
        assert ruler_line(near, width).plain == ruler_line(whole, width).plain


def test_the_log_and_the_ladder_of_a_long_run_are_whole() -> None:
    game = spinning(NEAR * 3)
    assert game.view.log[0].step == 6
    assert next(ladder_rungs(game.machine, game.session.now)).step < NEAR
