# SPDX-License-Identifier: GPL-2.0-or-later
"""Sections of the notes as paragraphs: prose is joined, rows and pseudo-code stand alone."""

from __future__ import annotations

from puzzles.notes import Section
from tui.view.sections import Paragraph, paragraphs

TEXT = """\
Prose that
goes on.

* An item
  with a second line.
Prose again.
| a | b |
|---|---|
| 1 | 2 |
    B1  task_lock(T)
### 4.1 Inside
* one
* two"""


def test_what_belongs_together_is_joined() -> None:
    assert list(paragraphs(Section("4", "Scheme 1", TEXT))) == [
        Paragraph("4 Scheme 1"),
        Paragraph("Prose that goes on."),
        Paragraph(""),
        Paragraph("* An item with a second line.", 2),
        Paragraph("Prose again."),
        Paragraph("a | b", 2),
        Paragraph("1 | 2", 2),
        Paragraph("    B1  task_lock(T)", 8),
        Paragraph("4.1 Inside"),
        Paragraph("* one", 2),
        Paragraph("* two", 2),
    ]
