# SPDX-License-Identifier: GPL-2.0-or-later
"""The history of the schemes: a time line from 2005 on, as data."""

from __future__ import annotations

from puzzles.history.load import game_history, kernel_diff, kernel_pair, kernel_source, kernel_text, load_history
from puzzles.history.model import DOUBTED, Commit, Era, Fact, History

__all__ = [
    "DOUBTED",
    "Commit",
    "Era",
    "Fact",
    "History",
    "game_history",
    "kernel_diff",
    "kernel_pair",
    "kernel_source",
    "kernel_text",
    "load_history",
]
