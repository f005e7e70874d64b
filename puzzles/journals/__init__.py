# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs on disk while they are played: each step is written down, so that a run outlives the program."""

from __future__ import annotations

from puzzles.journals.journal import Journal
from puzzles.journals.kept import KeptRun, kept_runs
from puzzles.journals.records import Head
from puzzles.journals.restore import restore

__all__ = ["Head", "Journal", "KeptRun", "kept_runs", "restore"]
