# SPDX-License-Identifier: GPL-2.0-or-later
"""Sections of the notes as text that wraps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from puzzles.notes import Section
from tui.lines.text import Hanging, line
from tui.view.sections import paragraphs


def note_lines(notes: Iterable[Section]) -> Iterator[Content | Hanging]:
    """Sections one after the other."""
    for note in notes:
        heading, *rest = paragraphs(note)
        yield line((heading.text, "bold $text-primary"))
        yield Content()
        yield from (Hanging(Content(paragraph.text), paragraph.hanging) for paragraph in rest)
        yield Content()
