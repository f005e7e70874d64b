# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts of a level that do not fit where they are shown, on a terminal of 80 columns and 24 lines."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels import Level
from puzzles.levels.rules import columns
from puzzles.proofs import Finding, Kind, in_level

COLUMNS = 80


def fit_findings(level: Level) -> Iterator[Finding]:
    """A warning for each text that does not fit."""
    for key, text in (("briefing", level.briefing), ("debrief", level.debrief)):
        for line in text.splitlines():
            if columns(line) > COLUMNS:
                message = f"a line has {columns(line)} columns; {COLUMNS} fit: {line.strip()[:30]}..."
                yield in_level(level, message, "break it", key, Kind.WARNING)
