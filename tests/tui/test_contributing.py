# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages for those who change the code are as true as the others: what they name is there, and no room is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.program import ROOT

PAGES = ("CONTRIBUTING.md", "README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))))
FLOORS = ("sim", "puzzles", "tui")


def rooms() -> set[str]:
    packages = (path.parent for floor in FLOORS for path in (ROOT / floor).rglob("__init__.py"))
    return {f"{path.relative_to(ROOT)}/" for path in packages if path.parent != ROOT} - {"sim/kernelc/"}


def test_each_room_has_its_line() -> None:
    rows = re.findall(r"^\| `([a-z/_]+/)` \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(rooms())


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(rf"`((?:{'|'.join((*FLOORS, 'tests', 'docs'))})/[\w./-]+)`", text)
    links = re.findall(r"\]\(([\w./-]+)\)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [link for link in links if not (ROOT / Path(page).parent / link).exists()] == []
