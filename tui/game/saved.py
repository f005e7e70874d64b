# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of a win."""

from __future__ import annotations

from attrs import frozen

from puzzles.wins.stars import Worth


@frozen
class Saved:
    """What became of a win, in a sentence; `replay` is its text where it could not be stored, else "".

    `worth` is what a claim is worth by itself, None for a run. `won` says that it was a win: what a showing had made
    none may become one.
    """

    sentence: str = ""
    replay: str = ""
    worth: Worth | None = None
    won: bool = False
