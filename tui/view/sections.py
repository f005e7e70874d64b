# SPDX-License-Identifier: GPL-2.0-or-later
"""Sections of the notes as paragraphs that wrap to any width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from puzzles.notes import Section

_HEADING: Final = re.compile(r"#+ +")
_ITEM: Final = re.compile(r"(?: *[*-]|S\d-[A-Z]| +\d+) +")
_SEPARATOR: Final = re.compile(r"\s*\|[\s|:-]+")
_CODE: Final = "    "


@frozen
class Paragraph:
    """A text on one line; where it wraps, its later lines stand `hanging` columns in."""

    text: str
    hanging: int = 0


def paragraphs(section: Section) -> Iterator[Paragraph]:
    """A section as the page has it: paragraphs are joined, rows of tables and lines of pseudo-code stand alone."""
    yield Paragraph(f"{section.number} {section.title}")
    running: list[str] = []
    for line in section.text.split("\n"):
        if _SEPARATOR.fullmatch(line):
            continue
        alone = _alone(line)
        ended = alone is not None or not line.strip() or _ITEM.match(line)
        if running and (ended or (_ITEM.match(running[0]) and not line.startswith(" "))):
            yield _joined(running)
            running = []
        if alone is not None:
            yield alone
        elif line.strip():
            running.append(line)
        elif not running:
            yield Paragraph("")
    if running:
        yield _joined(running)


def _alone(line: str) -> Paragraph | None:
    """A line that is not joined with others: a heading, a row of a table, a line of pseudo-code; None for prose."""
    if heading := _HEADING.match(line):
        return Paragraph(line[heading.end() :])
    if line.lstrip().startswith("|"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        return Paragraph(" | ".join(cells), hanging=2)
    if line.startswith(_CODE) and not _ITEM.match(line):
        return Paragraph(line, hanging=len(line) - len(line.lstrip()) + 4)
    return None


def _joined(lines: list[str]) -> Paragraph:
    first = lines[0].rstrip()
    start = _ITEM.match(first)
    return Paragraph(" ".join([first, *(line.strip() for line in lines[1:])]), start.end() if start else 0)
