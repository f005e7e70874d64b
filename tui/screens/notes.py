# SPDX-License-Identifier: GPL-2.0-or-later
"""The notes on which the game rests, to read and to put away."""

from __future__ import annotations

from collections.abc import Collection

from tui.lines.notes import note_lines
from tui.screens.page import PageScreen


def notes_page(numbers: Collection[str]) -> PageScreen[None]:
    """A page with sections of the notes. Raises ValueError for a number that is none."""
    return PageScreen(f"notes {', '.join(numbers)}", note_lines(numbers))
