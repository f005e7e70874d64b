# SPDX-License-Identifier: GPL-2.0-or-later
"""Limits in time and memory: which bound is hit, and in which words."""

from __future__ import annotations

import pytest

from puzzles.limits import guard
from puzzles.limits.bounds import Bounds
from puzzles.limits.memory import memory_text, used_memory
from sim.explore import Limits, Progress

HERE = Progress(10, 5, 2)


def asked(limits: Limits, progress: Progress = HERE) -> str:
    return limits.watch(progress)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(guard, "monotonic", lambda: now[0])
    monkeypatch.setattr(guard, "used_memory", lambda: 1000)
    return now


def test_time_is_counted_from_where_the_limits_were_made(clock: list[float]) -> None:
    limits = guard.limits(Bounds(seconds=60.0))
    clock[0] = 160.0
    assert asked(limits) == ""
    clock[0] = 160.1
    assert asked(limits) == "more than 60 s"


@pytest.mark.usefixtures("clock")
def test_memory_that_will_be_taken_at_once_counts() -> None:
    limits = guard.limits(Bounds(memory=2048))
    assert asked(limits) == ""
    assert asked(limits, Progress(10, 5, 2, growth=1049)) == "more than 2048 bytes of memory"


@pytest.mark.usefixtures("clock")
def test_who_watches_is_asked_first_and_told_everything() -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> str:
        told.append(progress)
        return "stopped by ctrl+c"

    assert asked(guard.limits(Bounds(memory=1), stop)) == "stopped by ctrl+c"
    assert told == [HERE]


def test_the_memory_of_this_process_is_known() -> None:
    assert used_memory() > 1 << 20


@pytest.mark.parametrize(
    ("count", "text"), [(1 << 30, "1 GiB"), (3 << 29, "1.5 GiB"), (200 << 20, "200 MiB"), (1000, "1000 bytes")]
)
def test_memory_in_words(count: int, text: str) -> None:
    assert memory_text(count) == text
