# SPDX-License-Identifier: GPL-2.0-or-later
"""A step repaints only the panels whose slice of the view changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from textual.content import Content

from tests.tui.playing import WIDE, new_game, playing
from tui import widgets
from tui.widgets import Panel


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each panel made its lines, by class and id."""
    made: Counter[str] = Counter()

    def count(kind: type[Panel]) -> None:
        lines = kind.lines

        def counted(panel: Panel, width: int, height: int) -> Sequence[Content]:
            made[panel.id or type(panel).__name__] += 1
            return lines(panel, width, height)

        monkeypatch.setattr(kind, "lines", counted)

    for name in widgets.__all__:
        kind = getattr(widgets, name)
        if issubclass(kind, Panel) and kind is not Panel:
            count(kind)
    yield made


async def test_a_private_step_leaves_the_other_thread_and_the_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as made:
        async with playing(new_game("in-place/1", "a2"), WIDE) as player:
            await player.press("a")
            made.clear()
            await player.press("a")
            assert made == {"StatusLine": 1, "thread-0": 1, "TimelinePanel": 1, "MessageLine": 1}


async def test_a_write_repaints_what_shows_the_word(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as made:
        async with playing(new_game("in-place/1", "a3 r8"), WIDE) as player:
            made.clear()
            await player.press("r")
            changed = {"StatusLine", "thread-1", "WordsPanel", "TimelinePanel", "MessageLine"}
            assert {name for name, times in made.items() if times} == changed
            assert set(made.values()) == {1}


async def test_looking_repaints_the_message_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as made:
        async with playing(new_game("in-place/1", "a3"), WIDE) as player:
            await player.press("w")
            made.clear()
            await player.press("h")
            assert made == {"MessageLine": 1}
