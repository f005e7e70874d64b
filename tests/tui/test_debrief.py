# SPDX-License-Identifier: GPL-2.0-or-later
"""The story behind a level in two layers: on the first page in short, the whole of it behind keys and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from textual.content import Content

from puzzles.levels import Level, game_pack
from puzzles.proofs import read_lock
from puzzles.schedules import move_numbers
from tests.puzzles.restate import FOLDER
from tests.tui.playing import NARROW, new_game, playing
from tests.tui.program import call
from tui.game.debrief import MORE, short_text
from tui.game.ends import run_end, run_sections
from tui.lines.endings import section_lines
from tui.lines.text import wrap
from tui.screens.levels import LevelsScreen
from tui.screens.outcome import DebriefScreen, OutcomeScreen
from tui.screens.play import PlayScreen
from tui.view.stars import UNSETTLED

PACK = game_pack()
LOCK = read_lock(FOLDER.parent / "campaign")
RACES = [level for level in PACK.levels if not level.goal.safe and not level.teaches]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))


def said(level: str, *lines: str) -> list[str]:
    return call("play", level, "--plain", "--fresh", typed="\n".join(lines)).stdout.splitlines()


@pytest.mark.parametrize("word", ["debrief", "sources", "notes", "F", "O", "N"])
def test_before_a_level_is_settled_nothing_of_it_is_told(word: str) -> None:
    assert said("in-place/1", word)[-1] == UNSETTLED


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
    ("level", "won", "begin"),
    [
        ("in-place/1", "a6 r22 a3", ("decided by step 25: ", "and step 29: ", "  ")),
        ("count/1", "claim safe 62 325", ("because: ",)),
    ],
)
def test_after_a_restart_the_debrief_tells_what_the_first_page_told(
    level: str, won: str, begin: tuple[str, ...]
) -> None:
    first, again = said(level, won), said(level, "debrief")
    start = again.index(short_text(PACK.level(level)))
    decided = [line for line in again[start + 1 :] if line.startswith(begin)]
    assert len(decided) == (4 if len(begin) > 1 else 2)
    assert set(again[start : start + 1 + len(decided)]) == {short_text(PACK.level(level)), *decided}
    assert {short_text(PACK.level(level)), *decided} < set(first)


async def test_the_page_at_the_end_opens_the_whole_story_and_its_key_closes_it() -> None:
    async with playing(new_game("in-place/1", "a6 r22 a2"), NARROW) as player:
        await player.press("a")
        await player.until(OutcomeScreen)
        for named in ("F debrief", "O sources", "N notes", "M left out", "L log"):
            assert named in player.text
        assert "mmzone.h:54 in next_zones_zonelist (first-zone lookup: node 0?): while" in player.text
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


ROWS = 24 - 1 - 2
"""What a page shows on 24 lines below its title and above two lines of keys."""


@pytest.mark.parametrize("level", [level for level in PACK.levels if not level.teaches], ids=lambda level: level.id)
def test_each_level_beyond_the_tour_has_its_debrief_in_short(level: Level) -> None:
    assert level.short
    assert len(wrap([Content(short_text(level))], 76)) <= 4


@pytest.mark.parametrize("level", RACES, ids=lambda level: level.id)
def test_the_first_page_is_seen_at_once(level: Level) -> None:
    for par in LOCK[level.id].par:
        game = new_game(level.id)
        for move in move_numbers(game.machine, par.schedule):
            game.session.step(move)
        assert game.proof is not None
        sections = run_sections(level, run_end(game, None, "saved: your first win of this level"))
        lines = [line.plain for line in wrap(section_lines(sections), 76)]
        assert len("\n".join(lines).rstrip().splitlines()) <= ROWS, "\n".join(lines)


async def test_the_list_tells_the_story_of_a_settled_level_and_of_no_other() -> None:
    async with playing(solved=["in-place/1"]) as player:
        levels = player.app.screen
        assert isinstance(levels, LevelsScreen)
        levels.point_at("in-place/3")
        await player.press("F")
        assert UNSETTLED in player.text
        levels.point_at("in-place/1")
        await player.press("F")
        await player.until(DebriefScreen)
        assert short_text(PACK.level("in-place/1")) in " ".join(player.text.split())
        await player.turn_page("escape")
        await player.until(PlayScreen)
