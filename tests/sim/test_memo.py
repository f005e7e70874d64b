# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers remembered by the words that were read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.machine.memo import Memo

WORDS = st.lists(st.integers(0, 2), min_size=4, max_size=4)


def first_points(memory: Sequence[int]) -> bool:
    """Reads word 0, and the word after it that it points to."""
    return memory[0] > 0 and memory[memory[0]] == memory[memory[0] + 1]


@given(st.lists(WORDS, max_size=40))
def test_the_same_answers_as_the_function_itself(memories: list[list[int]]) -> None:
    memo = Memo(first_points)
    for memory in memories:
        assert memo(memory) == first_points(memory)


def test_only_a_new_value_in_a_word_that_is_read_asks_again() -> None:
    asked: list[Sequence[int]] = []

    def ask(memory: Sequence[int]) -> bool:
        asked.append(memory)
        return first_points(memory)

    memo = Memo(ask)
    for memory, times in ([1, 5, 5, 0], 1), ([1, 5, 5, 9], 1), ([0, 1, 2, 3], 2), ([0, 4, 4, 4], 2), ([1, 5, 6, 0], 3):
        assert memo(memory) == first_points(memory)
        assert len(asked) == times


def test_a_function_that_reads_nothing_is_asked_once() -> None:
    answers = iter([True])
    memo = Memo(lambda _memory: next(answers))
    assert [memo([0]), memo([1])] == [True, True]


def test_what_it_raises_is_not_remembered() -> None:
    memo = Memo(lambda memory: 1 // memory[0] > 0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            memo([0])
    assert memo([1])
