# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import pytest

from puzzles.levels import build_machine, game_pack
from puzzles.notation import MAX_STEPS, Move, ReplayError, expand, format_schedule, parse_schedule
from puzzles.schedules import move_numbers


@pytest.mark.parametrize("text", ["A8 R14 A3", "a8r14a3", "A8\tr 14\nAAA", "A4A4R7R7A1a2"])
def test_a_schedule_is_read_whatever_its_layout(text: str) -> None:
    assert parse_schedule(text) == (Move("A", 8), Move("R", 14), Move("A", 3))


def test_single_letters_are_single_steps() -> None:
    assert parse_schedule("AARRA") == (Move("A", 2), Move("R", 2), Move("A", 1))


def test_an_empty_schedule_has_no_moves() -> None:
    assert parse_schedule(" ") == ()
    assert format_schedule(()) == ""


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("A8 (R1)", 4, "a schedule holds moves only"),
        ("A8 {x}", 4, "a schedule holds moves only"),
        ("A8 #a41f", 4, "a schedule holds moves only"),
        ('[Format "1"] A8', 1, "a schedule holds moves only"),
        ("A8 R-1", 5, "'-' (U+002D) means nothing here"),
        ("A8 R0", 4, "a move has at least one step"),
        ("A8\x00", 3, "U+0000 is a control character"),
        (f"A R{MAX_STEPS}", 3, "with this move there are more than 100,000 steps"),
    ],
)
def test_a_refusal_says_where_and_what(text: str, column: int, problem: str) -> None:
    with pytest.raises(ReplayError) as caught:
        parse_schedule(text)
    assert (caught.value.line, caught.value.column) == (1, column)
    assert caught.value.problem.startswith(problem)


def test_expanding_gives_single_steps_and_formatting_joins_them() -> None:
    steps = list(expand(parse_schedule("A2 ~A2 R1")))
    drain = Move("A", drain=True)
    assert steps == [Move("A"), Move("A"), drain, drain, Move("R")]
    assert format_schedule(steps) == "A2 ~A2 R1"


def test_a_machine_has_a_number_for_each_step_and_drain() -> None:
    machine = build_machine(game_pack().level("in-place/1"))
    assert move_numbers(machine, "A2 R ~A ~R") == [0, 0, 1, ~0, ~1]
    with pytest.raises(ValueError, match=r"^no thread B; there are A, R$"):
        move_numbers(machine, "A2 B1")
