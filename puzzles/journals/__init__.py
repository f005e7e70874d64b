# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs on disk while they are played: each step is written down, so that a run outlives the program.

Whether a level has any is asked before anything else is loaded, so the rest is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from puzzles.journals.journal import Journal as Journal
    from puzzles.journals.kept import KeptRun as KeptRun
    from puzzles.journals.kept import kept_runs as kept_runs
    from puzzles.journals.places import journal_paths as journal_paths
    from puzzles.journals.records import Head as Head
    from puzzles.journals.restoring import restore as restore
else:
    __getattr__ = loading(
        __name__,
        {
            "journal": "Journal",
            "kept": "KeptRun kept_runs",
            "places": "journal_paths",
            "records": "Head",
            "restoring": "restore",
        },
    )
