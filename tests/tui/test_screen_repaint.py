# SPDX-License-Identifier: GPL-2.0-or-later
"""A step repaints only the panels whose slice of the view changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.app import App
from textual.content import Content
from textual.screen import Screen

from tests.tui.playing import NARROW, WIDE, new_game, playing
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

    for kind in kinds_of(Panel):
        count(kind)
    yield made


def kinds_of(kind: type[Panel]) -> Iterator[type[Panel]]:
    for own in kind.__subclasses__():
        yield own
        yield from kinds_of(own)


@contextmanager
def sending(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, int]]]:
    """Rows and bytes of each update that goes to the terminal; 0 rows stand for the whole screen."""
    sent: list[tuple[int, int]] = []
    display = App._display

    def counted(app: App[None], screen: Screen[object], update: object) -> None:
        if isinstance(update, CompositorUpdate):
            rows = len({y for y, _, _ in update.spans}) if isinstance(update, ChopsUpdate) else 0
            sent.append((rows, len(update.render_segments(app.console).encode())))
        display(app, screen, update)  # type: ignore[arg-type]

    monkeypatch.setattr(App, "_display", counted)
    yield sent


@pytest.mark.parametrize(("size", "most"), [(NARROW, 2_000), (WIDE, 5_000)], ids=["80x24", "120x40"])
async def test_a_step_sends_the_rows_that_changed_and_no_others(
    size: tuple[int, int], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T9: rows that differ, once per step. It was the whole screen twice: 9,600 and 21,000 bytes."""
    with sending(monkeypatch) as sent:
        async with playing(new_game("in-place/1", "a2"), size) as player:
            await player.press("a")
            before = player.text.splitlines()
            for _ in range(8):
                sent.clear()
                await player.press("a")
                after = player.text.splitlines()
                changed = sum(old != new for old, new in zip(before, after, strict=True))
                assert sum(rows for rows, _ in sent) <= changed + 2
                assert all(rows for rows, _ in sent)
                assert sum(length for _, length in sent) <= most
                before = after


async def test_what_is_covered_is_not_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    with sending(monkeypatch) as sent:
        async with playing(new_game(), NARROW) as player:
            await player.press("a")
            sent.clear()
            player.app.levels.query_one("#detail").refresh()
            await player.pilot.pause(0.1)
            assert sent == []


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


async def test_a_hint_repaints_the_message_and_the_help_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as made:
        async with playing(new_game("in-place/1", "a3"), WIDE) as player:
            await player.press("h w")
            made.clear()
            await player.press("h")
            assert made == {"StatusLine": 1, "MessageLine": 1}
