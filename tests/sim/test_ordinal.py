# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers that count in order."""

from __future__ import annotations

import pytest

from sim.ordinal import ordinal


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")],
)
def test_the_ending_is_that_of_english(number: int, text: str) -> None:
    assert ordinal(number) == text


def test_hundreds_do_not_change_it() -> None:
    assert [ordinal(number) for number in (101, 111, 112, 122)] == ["101st", "111th", "112th", "122nd"]
