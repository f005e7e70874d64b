# SPDX-License-Identifier: GPL-2.0-or-later
"""Values say of themselves what attrs would have them say."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import sim
from sim import classes

PAIRS = pytest.mark.parametrize("pair", [(attrs.frozen, classes.frozen), (attrs.define, classes.define)])
Pair = tuple[Callable[..., Any], Callable[..., Any]]


def point() -> type:
    class Point:
        x: int
        kept: str = attrs.field(default="secret", repr=False)
        letter: str = attrs.field(default="a", repr=str.upper)
        rest: object = None

    return Point


def named() -> type:
    class Named:
        x: int

        def __repr__(self) -> str:
            return "its own words"

    return Named


@PAIRS
@pytest.mark.parametrize("options", [{}, {"eq": False}, {"slots": False}, {"order": True}], ids=str)
def test_a_value_reads_as_attrs_would_write_it(pair: Pair, options: dict[str, bool]) -> None:
    theirs, ours = ((make(**options) if options else make)(point()) for make in pair)
    assert repr(ours(1, rest=ours(2))) == repr(theirs(1, rest=theirs(2)))
    assert repr(ours(1)) == "Point(x=1, letter=A, rest=None)"


@PAIRS
def test_all_else_is_as_attrs_makes_it(pair: Pair) -> None:
    theirs, ours = (make(point()) for make in pair)
    assert set(vars(theirs)) == set(vars(ours))
    assert attrs.fields(theirs) == attrs.fields(ours)


def test_a_circle_is_told_once() -> None:
    circle: Any = classes.define(point())
    value = circle(1)
    value.rest = [value]
    assert repr(value) == "Point(x=1, letter=A, rest=[...])"


def test_a_class_keeps_its_own_words() -> None:
    own: Any = classes.frozen(named())
    assert repr(own(1)) == "its own words"


def test_classes_share_the_method() -> None:
    assert classes.frozen(point()).__repr__ is classes.define(point()).__repr__


def test_all_classes_of_sim_are_made_so() -> None:
    made_by_attrs = re.compile(r"^from attrs import .*\b(?:define|frozen)\b|@attrs\.", re.MULTILINE)
    sources = sorted(Path(sim.__file__).parent.rglob("*.py"))
    assert [path.name for path in sources if made_by_attrs.search(path.read_text("utf-8"))] == []
