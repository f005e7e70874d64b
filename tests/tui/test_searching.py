# SPDX-License-Identifier: GPL-2.0-or-later
"""A search in a thread of its own: its progress, its end, and what stops it."""

from __future__ import annotations

from threading import Event

import pytest

from sim.explore import Progress, ProgressWatch
from tui.explorer.searching import BackgroundSearch, progress_text

SOON = 20.0


def test_it_goes_on_by_itself_and_says_when_it_is_done() -> None:
    done, kept = Event(), []

    def find(watch: ProgressWatch) -> None:
        assert watch(Progress(5, 2, 1)) == ""
        kept.append("found")

    search = BackgroundSearch("what?", find)
    search.start(done.set)
    assert search.wait(SOON)
    assert done.wait(SOON)
    assert kept == ["found"]
    assert search.progress == Progress(5, 2, 1)
    assert search.progress_sentence.startswith("5 states, 2 waiting, ")


def test_a_search_that_is_stopped_keeps_nothing_and_calls_nobody() -> None:
    begun, calls, kept = Event(), [], []

    def find(watch: ProgressWatch) -> None:
        while watch(Progress(1, 1, 1)) == "":
            begun.set()
        kept.append("found")

    search = BackgroundSearch("what?", find)
    search.start(lambda: calls.append("done"))
    assert begun.wait(SOON)
    assert not search.wait(0)
    search.stop()
    assert search.wait(SOON)
    assert search.stopped
    assert (calls, kept) == ([], [])


def test_a_mistake_in_a_search_is_raised_where_it_can_be_seen() -> None:
    def find(_: ProgressWatch) -> None:
        raise ZeroDivisionError("a mistake")

    search = BackgroundSearch("what?", find)
    search.start()
    assert search.wait(SOON)
    with pytest.raises(ZeroDivisionError, match="a mistake"):
        search.check()


def test_progress_in_words() -> None:
    assert progress_text(Progress(1_200_000, 3_400, 9), 4.0) == "1,200,000 states, 3,400 waiting, 300,000 a second, 4 s"
    assert progress_text(Progress(0, 0, 0), 0.0) == "0 s"
