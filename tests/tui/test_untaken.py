# SPDX-License-Identifier: GPL-2.0-or-later
"""A schedule that stops before its end says where, and what of it was not taken."""

from __future__ import annotations

import pytest

from tests.tui.playing import new_game
from tui.actions.commands import execute


@pytest.mark.parametrize(
    ("level", "line", "told"),
    [
        ("in-place/1", "A5 R60 A60", "R waits after 22 of 60 steps; A60 was not taken"),
        ("in-place/1", "A5 R20 R40", "R waits after 22 of 60 steps"),
        ("in-place/1", "R99 A7 R", "R has finished after 25 of 99 steps; A7 R1 was not taken"),
        ("in-place/1", "A6 R22 A9 R2", "the run is over after 3 of 9 steps of A; R2 was not taken"),
    ],
)
def test_what_was_not_taken_is_told(level: str, line: str, told: str) -> None:
    reply = execute(new_game(level), line)
    assert told in reply.lines
    assert told in reply.brief


def test_a_schedule_that_is_taken_whole_says_nothing_of_it() -> None:
    game = new_game("in-place/1")
    assert not [line for line in execute(game, "A6 R22 A3").lines if "taken" in line or "after" in line]
