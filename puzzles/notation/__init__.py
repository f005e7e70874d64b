# SPDX-License-Identifier: GPL-2.0-or-later
"""The replay notation (`.race` files and one-line schedules) as text, without any machine."""

from __future__ import annotations

from puzzles.notation.errors import ReplayError
from puzzles.notation.headers import LEVEL, LEVEL_HASH, PREEMPTIONS, RESULT, SEMANTICS, STATES, STEPS
from puzzles.notation.limits import MAX_BYTES, MAX_DEPTH, MAX_STEPS
from puzzles.notation.model import Comment, Digest, Line, LineItem, Replay, Variation
from puzzles.notation.moves import Move, expand, merge_runs
from puzzles.notation.reader import read_replay
from puzzles.notation.schedule import format_schedule, parse_schedule
from puzzles.notation.writer import format_line, write_replay

__all__ = [
    "LEVEL",
    "LEVEL_HASH",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_STEPS",
    "PREEMPTIONS",
    "RESULT",
    "SEMANTICS",
    "STATES",
    "STEPS",
    "Comment",
    "Digest",
    "Line",
    "LineItem",
    "Move",
    "Replay",
    "ReplayError",
    "Variation",
    "expand",
    "format_line",
    "format_schedule",
    "merge_runs",
    "parse_schedule",
    "read_replay",
    "write_replay",
]
