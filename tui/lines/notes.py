# SPDX-License-Identifier: GPL-2.0-or-later
"""Sections of the notes as text that wraps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from puzzles.notes import section
from tui.lines.text import Hanging, line
from tui.view.sections import paragraphs


def note_lines(numbers: Iterable[str]) -> Iterator[Content | Hanging]:
    """Sections one after the other. Raises ValueError for a number that is none."""
    for number in numbers:
        heading, *rest = paragraphs(section(number))
        yield line((heading.text, "bold $text-primary"))
        yield Content()
        yield from (Hanging(Content(one.text), one.hanging) for one in rest)
        yield Content()
