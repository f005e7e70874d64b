# SPDX-License-Identifier: GPL-2.0-or-later
"""Terminals of any size and without colour, levels of up to four threads, packs with mistakes in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import pytest
from rich.style import Style

from puzzles.levels import Pack, load_pack
from tests.tui.playing import NARROW, WIDE, new_game, playing
from tui.app import OomraceApp
from tui.widgets import LogPanel, Panel, ThreadPane

KERNEL = """\
#include "oomrace.h"

int word;

void work(void)
{
	word++;
	word++;
}
"""

LEVEL = """\
id = "crowd/1"
title = "Four hands on one word"
idea = "Nothing."
era = "2.6.31"
commits = ["58568d2a8215"]
kernel = "crowd.c"
goal = "finished"
sources = ["none"]
briefing = "Step them all."
hint = "Step."
debrief = "Done."
leaves_out = ["all"]

[machine]
nodes = [{ pages = 220, free = 200, cpus = [0, 1, 2, 3] }]

[boot]
"word" = 0

[show]
masks = []
counters = ["word"]
locks = []
"""

THREAD = """
[[thread]]
name = "{name}"
letter = "{letter}"
cpu = {cpu}
run = "work()"
"""


@pytest.fixture
def crowd(tmp_path: Path) -> Pack:
    (tmp_path / "crowd" / "1").mkdir(parents=True)
    (tmp_path / "crowd" / "2").mkdir()
    (tmp_path / "kernels").mkdir()
    (tmp_path / "kernels" / "crowd.c").write_text(KERNEL)
    threads = "".join(THREAD.format(name=f"hand {one}", letter=one, cpu=cpu) for cpu, one in enumerate("ABCR"))
    (tmp_path / "crowd" / "1" / "level.toml").write_text(LEVEL + threads)
    (tmp_path / "crowd" / "2" / "level.toml").write_text("id = 'crowd/2'\n")
    return load_pack(tmp_path)


async def test_four_threads_fold_where_room_is_short(crowd: Pack) -> None:
    async with playing("crowd/1", NARROW, pack=crowd) as player:
        await player.turn_page("enter")
        heights = [pane.size.height for pane in player.app.screen.query(ThreadPane)]
        assert heights[2:] == [1, 1]
        assert min(heights[:2]) > 3
        assert "C hand C  next: read word (= 0)" in player.text
        await player.press("tab tab")
        heights = [pane.size.height for pane in player.app.screen.query(ThreadPane)]
        assert [height > 1 for height in heights] == [True, False, True, False]
        await player.resize(*WIDE)
        assert min(pane.size.height for pane in player.app.screen.query(ThreadPane)) > 5
        assert {pane.region.x for pane in player.app.screen.query(ThreadPane)} == {0, 60}


async def test_crowd_is_played_to_its_end(crowd: Pack) -> None:
    async with playing("crowd/1", NARROW, pack=crowd) as player:
        await player.turn_page("enter")
        await player.press("a b c r a4 b4 c4 r")
        assert "word 2 -> 1 (R)" in player.text
        assert " R ·!!R!" in player.text


async def test_broken_level_says_what_is_wrong(crowd: Pack) -> None:
    async with playing(pack=crowd) as player:
        assert "! crowd/2        cannot be loaded; enter says why" in player.text
        await player.press("down")
        await player.turn_page("enter")
        assert "this level cannot be played" in player.text
        assert "title" in player.text


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (30, 40), (200, 3)])
async def test_tiny_terminal_asks_for_more(size: tuple[int, int]) -> None:
    async with playing(new_game("in-place/1", "a3"), size) as player:
        assert player.text.strip() in ("oomrace needs 50x14", "o")
        await player.press("a")
        await player.resize(*NARROW)
        assert "step 4 " in player.text
        assert "oomrace needs" not in player.text


@pytest.mark.parametrize("width", [60, 80, 119, 120, 200])
@pytest.mark.parametrize("height", [14, 22, 34, 60])
async def test_everything_that_matters_is_in_sight(width: int, height: int) -> None:
    async with playing(new_game("in-place/1", "a6 r14"), (width, height)) as player:
        text = player.text
        assert "next: read task_policy.nodes (= {0})" in text
        assert "next: read task.mempolicy (= &task_policy)" in text
        assert "[1] " in text
        assert ">[0]" in text or "> [0]" in text
        assert "task.mems_allowed" in text
        assert " A AAAAAA!·············│" in text
        assert "? help" in text
        for panel in player.app.screen.query(Panel):
            assert panel.region.right <= width
            assert panel.region.bottom <= height


async def test_resize_moves_from_one_above_the_other_to_side_by_side() -> None:
    async with playing(new_game(), NARROW) as player:
        first, second = player.app.screen.query(ThreadPane)
        assert (first.region.x, second.region.x) == (0, 0)
        assert not player.app.screen.query_one(LogPanel).region
        await player.resize(*WIDE)
        assert first.region.y == second.region.y
        assert player.app.screen.query_one(LogPanel).region
        await player.resize(*NARROW)
        assert first.region.x == second.region.x


async def test_without_colour_the_marks_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(new_game("in-place/1", "a2")) as player:
        styles = [(text, style) for text, style in emitted(player.app) if style is not None]
        colours = [colour for _, style in styles for colour in (style.color, style.bgcolor) if colour is not None]
        assert colours == []
        underlined = "".join(text for text, style in styles if style.underline)
        assert underlined == "vma->vm_policymutex_lock(&cgroup_mutex)"


def emitted(app: OomraceApp) -> Iterator[tuple[str, Style | None]]:
    """Texts of the panels with their styles, as they go to the terminal."""
    for panel in app.screen.query(Panel):
        for strip in panel.render_lines(panel.size.region):
            filters = app.get_line_filters()
            for segment in reduce(lambda s, one: s.apply_filter(one, panel.background_colors[1]), filters, strip):
                yield segment.text, segment.style
