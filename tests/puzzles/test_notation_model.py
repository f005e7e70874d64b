# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from puzzles.notation import (
    LEVEL,
    MAX_DEPTH,
    MAX_STEPS,
    RESULT,
    Comment,
    Digest,
    Line,
    Move,
    Replay,
    Variation,
)

ONE_STEP = Line((Move("A"),))


def nest(levels: int) -> Line:
    line = ONE_STEP
    for _ in range(levels):
        line = Line((Move("A"), Variation(line)))
    return line


@pytest.mark.parametrize(
    ("build", "problem"),
    [
        (lambda: Move("a"), "thread"),
        (lambda: Move("AB"), "thread"),
        (lambda: Move("\u00c4"), "thread"),
        (lambda: Move("A", 0), "count"),
        (lambda: Digest("A41F"), "digits"),
        (lambda: Digest("a41"), "digits"),
        (lambda: Comment(" \n "), "at least one word"),
        (lambda: Comment("bell \x07"), "U\\+0007"),
        (lambda: Comment("\ud800"), "U\\+D800"),
        (lambda: Variation(Line()), "a move inside"),
        (lambda: Line((Variation(ONE_STEP), Move("A"))), "a move before it"),
        (lambda: Line((Comment("x"), Variation(ONE_STEP))), "a move before it"),
        (lambda: Line((Move("A", MAX_STEPS), Variation(ONE_STEP))), "more than 100,000 steps"),
        (lambda: nest(MAX_DEPTH + 1), "more than 64 deep"),
        (lambda: Replay((("Format", "1"),)), "Format stands twice"),
        (lambda: Replay((("Level", "a"), ("level", "b"))), "level stands twice"),
        (lambda: Replay((("Le vel", "a"),)), "header's name"),
        (lambda: Replay((("Level", "a\nb"),)), "line break"),
        (lambda: Replay((("Level", "a\x1b"),)), "U\\+001B"),
    ],
)
def test_what_no_file_can_hold_cannot_be_built(build: Callable[[], object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        build()


def test_a_line_is_canonical_however_it_was_built() -> None:
    turn = Variation(ONE_STEP)
    built = Line((Move("R", 2), Move("R", 3), turn, Move("A"), Move("A")))
    assert built == Line((Move("R", 4), Move("R", 1), turn, Move("A", 2)))
    assert hash(built) == hash(Line(built.items))
    assert Line(built.items).items == built.items


def test_depth_and_steps_count_variations() -> None:
    line = Line((Move("R", 5), Variation(nest(2)), Variation(ONE_STEP)))
    assert (line.depth, line.steps) == (3, 9)
    assert line.moves == (Move("R", 4), Move("R", 1))
    assert line.variations == (Variation(nest(2)), Variation(ONE_STEP))


def test_values_cannot_be_changed() -> None:
    move: Any = Move("A")
    with pytest.raises(FrozenInstanceError):
        move.count = 2


def test_headers_are_found_whatever_their_case() -> None:
    replay = Replay((("Level", "in-place/1"), ("Result", "page")))
    assert replay.header(LEVEL) == replay.header("lEVEL") == "in-place/1"
    assert replay.header("Format") == "1"
    assert replay.header("Player") is None


def test_a_header_is_replaced_in_place_or_added_last() -> None:
    replay = Replay((("Result", "page"), ("Level", "in-place/1")))
    assert replay.with_header(RESULT, "bug").headers == (("Result", "bug"), ("Level", "in-place/1"))
    assert replay.with_header("Player", "you").headers == (*replay.headers, ("Player", "you"))
