# SPDX-License-Identifier: GPL-2.0-or-later
"""Limits of a search: asked in time, kept, and what was counted is told."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from typing import Any
from weakref import ref

import pytest

import sim
from sim.explore import advisor, explore, solve, state_graph
from sim.explore import product as products
from sim.explore.limits import Halted, Limits, Meter, Progress, TooMany, growth
from tests.sim.test_explore import philosophers


def test_a_meter_asks_at_once_and_then_after_much_work() -> None:
    told: list[Progress] = []

    def watch(progress: Progress) -> str:
        told.append(progress)
        return ""

    meter = Meter(Limits(watch=watch), lambda: Progress(3, 2, 1))
    meter.spend()
    assert told == [Progress(3, 2, 1)]
    meter.spend(1000)
    assert len(told) == 1
    for _ in range(100):
        meter.spend(1000)
    assert len(told) == 2


def test_a_meter_stops_with_the_words_of_the_watch() -> None:
    with pytest.raises(Halted, match=r"^because$"):
        Meter(Limits(watch=lambda _: "because")).spend()


def test_too_many_states_are_named() -> None:
    meter = Meter(Limits(states=1000))
    meter.store(1000)
    with pytest.raises(TooMany, match=r"^more than 1,000 states$"):
        meter.store(1001)


@pytest.mark.parametrize("table", [set(), {}], ids=["set", "dict"])
def test_the_growth_of_a_table_is_foreseen(table: set[int] | dict[int, int]) -> None:
    """Each time that a large table was enlarged this was told before, and about how much."""
    size, foreseen, checked = sys.getsizeof(table), 0, 0
    for number in range(700_000):
        if isinstance(table, set):
            table.add(number)
        else:
            table[number] = number
        if sys.getsizeof(table) != size:
            size = sys.getsizeof(table)
            if number > 100_000:
                checked += 1
                assert abs(foreseen - size) < size / 10
        if number % 100 == 0:
            foreseen = growth([table])
    assert checked >= 2


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ref[products.Product]]]:
    """The products that searches make, with the collector of circles put to sleep."""
    found: list[ref[products.Product]] = []

    class Noted(products.Product):
        def __attrs_post_init__(self) -> None:
            super().__attrs_post_init__()
            found.append(ref(self))

    monkeypatch.setattr(products, "Product", Noted)
    gc.disable()
    yield found
    gc.enable()


@pytest.mark.parametrize(
    "work", [explore, solve, lambda one, goal: (advisor(one), goal)], ids=["explore", "solve", "advisor"]
)
def test_what_a_search_has_stored_is_given_back_at_once(
    work: Callable[..., Any], made: list[ref[products.Product]]
) -> None:
    """It holds no circles, which only the collector could free: the next search would find the memory taken."""
    work(philosophers(3), sim.Outcome.DEADLOCK)
    assert made
    assert [one() for one in made] == [None] * len(made)


def test_a_graph_keeps_what_it_needs(made: list[ref[products.Product]]) -> None:
    graph = state_graph(philosophers(3))
    assert graph.product is made[-1]()
