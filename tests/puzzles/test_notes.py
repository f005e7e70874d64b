# SPDX-License-Identifier: GPL-2.0-or-later
"""The notes: section by section, packed with the game, and the only place of doubts and sources of facts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from puzzles import notes
from puzzles.history import DOUBTED
from puzzles.levels import Level, game_pack

ROOT = Path(__file__).parents[2]
LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: str(level.id))
# What belongs into the notes: their words for doubts, their own name, and the names of their scenarios and proofs.
OURS = re.compile(r"DERIVED|UNVERIFIED|kernel-history|\bS\d-[A-F]\b|\bP-\d+\b|\b\d+, number \d+|\bM-[a-z]+\b")
PLAYED = sorted([*(ROOT / "puzzles" / "kernels").glob("*.c"), *(ROOT / "puzzles" / "include").glob("*.h")])


def test_sections_hold_those_inside_of_them() -> None:
    found = notes.sections()
    assert list(found)[:4] == ["0", "0.1", "0.2", "0.3"]
    assert found["4.5"].title == "Premature OOM"
    assert found["4.5"].text in found["4"].text
    assert "4.6 Report texture" not in found["4.5"].text
    assert not found["4"].text.endswith("=")
    assert notes.section("12.4") == found["12.4"]


@pytest.mark.parametrize(
    ("number", "message"),
    [("4.9", "no section 4.9 in the notes; there are: 4, 4.1"), ("77.1", "there are: 0, 1, 2, 3")],
)
def test_a_section_that_is_not_there_names_those_beside_it(number: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        notes.section(number)


def test_pages_are_read_by_name() -> None:
    assert notes.NOTES in notes.page_names()
    assert notes.page("kernel-c").startswith("# Kernel C\n")
    with pytest.raises(ValueError, match=r"no page '\.\./README'; there are: design, kernel-c, kernel-history"):
        notes.page("../README")


def test_every_page_is_packed_with_the_game() -> None:
    """P15: what is installed has the notes and the pages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pages = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.stem != notes.INDEX)
    assert packed == {f"docs/{name}": f"puzzles/docs/{name}" for name in pages}


@LEVELS
def test_levels_name_sections_that_are_there(level: Level) -> None:
    assert set(level.notes) <= set(notes.sections())


@LEVELS
def test_a_doubt_in_a_level_is_one_of_the_notes_that_it_names(level: Level) -> None:
    text = "".join(notes.section(one).text for one in level.notes)
    if DOUBTED in level.debrief:
        assert re.search("DERIVED|UNVERIFIED", text)


@LEVELS
def test_no_level_speaks_in_the_words_of_the_notes(level: Level) -> None:
    told = (level.title, level.idea, level.briefing, level.hint, level.debrief, *level.sources, *level.leaves_out)
    assert [text for text in told if OURS.search(text)] == []


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.name)
def test_no_kernel_file_speaks_in_the_words_of_the_notes(path: Path) -> None:
    assert OURS.findall(path.read_text("utf-8")) == []
