# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages of docs/, and the notes section by section: docs/kernel-history.md, on which the game rests."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen

from puzzles.levels.files import PackPath, entries, folder_at, game_folder, is_folder, read_text

NOTES: Final = "kernel-history"
MAX_PAGE: Final = 1 << 20
INDEX: Final = "README"
"""The index of the pages, with links for who reads them in a browser: it is not packed with the game."""

_HEADING: Final = re.compile(r"^(##+) (\d{1,2}(?:\.\d{1,2})?)\.? (.*)$", re.MULTILINE)
_RULE: Final = re.compile(r"^=+$", re.MULTILINE)


@frozen
class Section:
    """A section of the notes: its number such as 4.5, its title, and its text with that of the sections inside it."""

    number: str
    title: str
    text: str


def page_names() -> list[str]:
    """The names of all pages, without their ending. Raises ValueError where the pages are not there."""
    names = [place.name.removesuffix(".md") for place in entries(_folder()) if place.name.endswith(".md")]
    return [name for name in names if name != INDEX]


def page(name: str) -> str:
    """The text of a page. Raises ValueError that names the others."""
    names = page_names()
    if name not in names:
        raise ValueError(f"no page {name[:50]!r}; there are: {', '.join(names)}")
    return read_text(_folder() / f"{name}.md", MAX_PAGE)


@cache
def sections() -> dict[str, Section]:
    """The sections of the notes by number, in order. Raises ValueError where the notes are not there."""
    text = page(NOTES)
    heads = list(_HEADING.finditer(text))
    by_number = {}
    for index, head in enumerate(heads):
        following = (next_head for next_head in heads[index + 1 :] if len(next_head[1]) <= len(head[1]))
        end = next((next_head.start() for next_head in following), len(text))
        by_number[head[2]] = Section(head[2], head[3], _RULE.sub("", text[head.end() : end]).strip("\n"))
    return by_number


def section(number: str) -> Section:
    """A section of the notes. Raises ValueError that names those beside it."""
    by_number = sections()
    if number not in by_number:
        chapter = number.partition(".")[0]
        beside = [other for other in by_number if other.partition(".")[0] == chapter] or [
            other for other in by_number if "." not in other
        ]
        raise ValueError(f"no section {number} in the notes; there are: {', '.join(beside)}")
    return by_number[number]


def _folder() -> PackPath:
    """Where the pages are: inside of the package where it is installed, beside it where it runs from its sources."""
    inside = game_folder() / "docs"
    if is_folder(inside):
        return inside
    package = game_folder().path
    beside = folder_at(package.parent / "docs", "docs") if isinstance(package, Path) else inside
    if not is_folder(beside):
        raise ValueError("the pages of the game are not there; install it again, or look into its sources")
    return beside
