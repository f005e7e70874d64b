# SPDX-License-Identifier: GPL-2.0-or-later
"""The notes on which the game rests, to read and to put away."""

from __future__ import annotations

from collections.abc import Collection

from textual.content import Content

from puzzles.history import History
from puzzles.notes import section
from tui.lines.notes import note_lines
from tui.screens.page import PageScreen
from tui.view.eras import note_of


def notes_page(numbers: Collection[str]) -> PageScreen[None]:
    """A page with sections of the notes. Raises ValueError for a number that is none."""
    return PageScreen(f"notes {', '.join(numbers)}", note_lines(map(section, numbers)))


def note_page(history: History, number: str, noted: str = "") -> PageScreen[None]:
    """A page with the section that was asked for, what else its number may mean, and what was noted that it is read.

    Raises ValueError as above.
    """
    note, also = note_of(history, number)
    return PageScreen(f"notes {number}", (*note_lines([note]), *map(Content, filter(None, (also, noted)))))
