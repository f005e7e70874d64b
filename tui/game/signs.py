# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands before a line of the source: that it is marked as a reason, or taken away in a lesson."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sim import Span
from tui.game.game import Game

MARKED: Final = "="
TAKEN: Final = "-"


def signs(game: Game, file: str) -> Mapping[int, str]:
    """The signs of a file's lines, by number."""
    marked = dict.fromkeys(_lines((mark.head for mark in game.marks), file), MARKED)
    taken = dict.fromkeys(_lines(game.lesson.taken if game.lesson else (), file), TAKEN)
    return {**marked, **taken}


def _lines(spans: Iterable[Span], file: str) -> Iterator[int]:
    return (line for span in spans if span.file == file for line in range(span.line, span.end_line + 1))
