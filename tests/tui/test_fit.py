# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts of levels fit where they are shown at 80x24: what the check says is what the screens do."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from textual.containers import VerticalScroll

from puzzles.levels import Level, game_pack, load_pack
from puzzles.proofs import Kind, known_proof
from sim import Goal, Outcome
from tests.tui.playing import NARROW, playing
from tests.tui.program import ROOT
from tui.checking.fit import CUT, fit_findings, pack_fit_findings
from tui.lines.listing import level_line
from tui.lines.status import TopLine, status_line
from tui.view.model import Reach
from tui.view.stars import NO_STANDING

LEVEL = game_pack().level("in-place/1")
PACKS = ROOT / "tests" / "data" / "packs"


def told(level: Level) -> dict[str, str]:
    findings = list(fit_findings(level, known_proof(level)))
    assert all(one.kind is Kind.WARNING and one.advice for one in findings)
    return {one.key: one.message for one in findings}


@pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)
def test_all_texts_of_the_campaign_fit(level: Level) -> None:
    assert told(level) == {}


def test_the_pack_files_fit() -> None:
    assert list(pack_fit_findings(game_pack(), "pack.toml")) == []
    pack = load_pack(PACKS / "one-is-lost")
    assert [told(level) for level in pack.levels] == [{}]
    assert list(pack_fit_findings(pack, "pack.toml")) == []
    wide = evolve(pack, title="x" * 70, chapters=(evolve(pack.chapters[0], title="y" * 80),))
    assert [one.key for one in pack_fit_findings(wide, "pack.toml")] == ["title", "chapter[0].title"]


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        ({"title": "x" * 31}, "title", "has 31 columns; the list of levels has room for 30"),
        ({"title": "\u6f22" * 16}, "title", "has 32 columns; the list of levels has room for 30"),
        ({"id": "intersections/1"}, "id", "has 15 columns; the list of levels has room for 14"),
        ({"debrief": "x" * 81}, "debrief", f"a line has 81 columns; 80 fit: {'x' * 30}..."),
        (
            {"briefing": "one\n\n" * 7},
            "briefing",
            "its page has 23 lines, with goal, idea, commits and threads; 22 are",
        ),
        (
            {"idea": "word " * 39},
            "idea",
            "takes 5 lines below the list of levels, with title, era and goal; there are 4",
        ),
        (
            {"goal": Goal(Outcome.FINISHED, "zones[0].free > 0 && zones[1].free > 1")},
            "goal",
            "does not fit into the top line while playing: all threads finished, with",
        ),
        ({"show": evolve(LEVEL.show, counters=("zones[0].free",) * 20)}, "show", "takes 6 lines more than there are"),
    ],
)
def test_a_text_that_does_not_fit_is_told(change: dict[str, Any], key: str, message: str) -> None:
    found = told(evolve(LEVEL, **change))
    assert found[key].startswith(message)


def test_a_threads_name_leaves_room_for_its_calls() -> None:
    threads = (evolve(LEVEL.threads[0], name="a" * 25), *LEVEL.threads[1:])
    assert told(evolve(LEVEL, threads=threads)) == {"thread[0].name": "has 25 columns; its pane has room for 24"}


@pytest.mark.parametrize(("paragraphs", "fits"), [(6, True), (7, False)])
async def test_a_page_that_fits_does_not_scroll(paragraphs: int, fits: bool) -> None:
    """The check counts the lines of a briefing as the screen does."""
    level = evolve(LEVEL, briefing="one\n\n" * paragraphs)
    assert ("briefing" not in told(level)) == fits
    pack = game_pack().holding([level])
    async with playing(level.id, NARROW, pack=pack, solved=[level.id]) as player:
        assert (player.app.screen.query_one(VerticalScroll).max_scroll_y == 0) == fits


def test_a_goal_with_a_condition_takes_one_line_of_the_list() -> None:
    level = load_pack(PACKS / "one-is-lost").level("basics/1").listed
    assert level_line(level, NO_STANDING).plain.endswith("  all threads finished")
    assert level_line(level, NO_STANDING).cell_length <= 77
    assert {level_line(one, NO_STANDING).cell_length <= 77 for one in game_pack().listed} == {True}


STATUS = TopLine("in-place/4", "The old node first", "2.6.31", "prove: no premature OOM", 40, 2, over=False, won=False)


def test_the_title_is_shown_whole_or_not_at_all() -> None:
    for width in range(50, 130):
        text = status_line(STATUS, width).plain
        assert text.startswith("in-place/4 ")
        assert text.endswith("step 40  preempt 2")
        assert ("The old node first" in text) == ("The" in text)
        assert CUT not in text or width < 60


def test_of_a_long_goal_only_its_words_are_cut() -> None:
    long = evolve(STATUS, goal="all threads finished, with counter == 1 && other == 2", reach=Reach.OUT, over=True)
    text = status_line(long, 80).plain
    assert len(text) == 80
    assert text.startswith("in-place/4 all threads")
    assert text.endswith(f"{CUT}: out of reach   step 40  preempt 2  over")
