# SPDX-License-Identifier: GPL-2.0-or-later
"""The replay notation (`.race` files and one-line schedules) as text, without any machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from puzzles.notation.errors import ReplayError as ReplayError
    from puzzles.notation.headers import LEVEL as LEVEL
    from puzzles.notation.headers import LEVEL_HASH as LEVEL_HASH
    from puzzles.notation.headers import PREEMPTIONS as PREEMPTIONS
    from puzzles.notation.headers import RESULT as RESULT
    from puzzles.notation.headers import SEMANTICS as SEMANTICS
    from puzzles.notation.headers import STATES as STATES
    from puzzles.notation.headers import STEPS as STEPS
    from puzzles.notation.limits import MAX_BYTES as MAX_BYTES
    from puzzles.notation.limits import MAX_DEPTH as MAX_DEPTH
    from puzzles.notation.limits import MAX_STEPS as MAX_STEPS
    from puzzles.notation.model import Comment as Comment
    from puzzles.notation.model import Digest as Digest
    from puzzles.notation.model import Line as Line
    from puzzles.notation.model import LineItem as LineItem
    from puzzles.notation.model import Replay as Replay
    from puzzles.notation.model import Variation as Variation
    from puzzles.notation.moves import Move as Move
    from puzzles.notation.moves import expand as expand
    from puzzles.notation.moves import merge_runs as merge_runs
    from puzzles.notation.reader import read_replay as read_replay
    from puzzles.notation.schedule import format_schedule as format_schedule
    from puzzles.notation.schedule import parse_schedule as parse_schedule
    from puzzles.notation.writer import format_line as format_line
    from puzzles.notation.writer import write_replay as write_replay
else:
    __getattr__ = loading(
        __name__,
        {
            "errors": "ReplayError",
            "headers": "LEVEL LEVEL_HASH PREEMPTIONS RESULT SEMANTICS STATES STEPS",
            "limits": "MAX_BYTES MAX_DEPTH MAX_STEPS",
            "model": "Comment Digest Line LineItem Replay Variation",
            "moves": "Move expand merge_runs",
            "reader": "read_replay",
            "schedule": "format_schedule parse_schedule",
            "writer": "format_line write_replay",
        },
    )
