# SPDX-License-Identifier: GPL-2.0-or-later
"""The story behind a level in two layers: on the first page in short, the whole of it behind keys and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import Level, game_pack
from tests.tui.playing import NARROW, new_game, playing
from tests.tui.program import call
from tui.game.debrief import MORE, short_text
from tui.screens.outcome import DebriefScreen, OutcomeScreen

PACK = game_pack()
REFUSED = "that is told once the level is settled: won, or its solution shown in full"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))


def said(level: str, *lines: str) -> list[str]:
    return call("play", level, "--plain", "--fresh", typed="\n".join(lines)).stdout.splitlines()


@pytest.mark.parametrize("word", ["debrief", "sources", "notes", "F", "O", "N"])
def test_before_a_level_is_settled_nothing_of_it_is_told(word: str) -> None:
    assert said("in-place/1", word)[-1] == REFUSED


def test_the_first_page_has_the_short_and_each_other_part_its_word() -> None:
    level = PACK.level("in-place/1")
    page = said("in-place/1", "a6 r22 a3")
    assert short_text(level) in page
    assert MORE in page
    assert not any(source in " ".join(page) for source in (*level.sources, *level.left_out[:3]))
    parts = said("in-place/1", "sources", "notes", "leaves-out", "debrief")
    assert {f"  {source}" for source in (*level.sources, *level.left_out)} < set(parts)
    assert "  2.1, 4.5" in parts
    assert " ".join(level.debrief.split("\n\n")[1].split()) in parts


@pytest.mark.parametrize(
    ("level", "won", "heading"),
    [
        ("in-place/1", "a6 r22 a3", "decided by:"),
        ("count/1", "claim safe 62 325", "because: linux-2.6.35.c:62 in get_mems_allowed"),
    ],
)
def test_after_a_restart_the_debrief_tells_what_the_first_page_told(level: str, won: str, heading: str) -> None:
    first, again = said(level, won), said(level, "debrief")
    start = next(number for number, line in enumerate(again) if line.startswith(heading))
    while start < len(again) and again[start].startswith((heading, "  ", "because")):
        assert again[start] in first
        start += 1
    assert short_text(PACK.level(level)) in first
    assert short_text(PACK.level(level)) in again


async def test_the_page_at_the_end_opens_the_whole_story_and_its_key_closes_it() -> None:
    async with playing(new_game("in-place/1", "a6 r22 a2"), NARROW) as player:
        await player.press("a")
        await player.until(OutcomeScreen)
        for named in ("F debrief", "O sources", "N notes", "M left out", "L log"):
            assert named in player.text
        assert "mmzone.h:54: while (nodes && z->zone && !node_isset(z->zone->node, nodes))" in player.text
        await player.turn_page("F")
        assert isinstance(player.app.screen, DebriefScreen)
        assert "by chance" in "".join(str(line) for line in player.app.screen.text)
        await player.turn_page("F")
        assert isinstance(player.app.screen, OutcomeScreen)


def with_debrief(text: str, short: str = "") -> Level:
    return evolve(PACK.level("in-place/1"), debrief=text, short=short)


def test_without_a_short_the_beginning_of_the_debrief_stands_in() -> None:
    assert short_text(with_debrief("One is 2.6.31.\nTwo! Three? Four.\n\nFive.", "The\nshort.")) == "The short."
    assert short_text(with_debrief("One is 2.6.31.\nTwo! Three? Four.\n\nFive.")) == "One is 2.6.31. Two! Three?"
    assert short_text(with_debrief(f"One. {'x' * 300}.")) == "One."
    assert short_text(with_debrief("no end")) == "no end"
