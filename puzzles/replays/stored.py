# SPDX-License-Identifier: GPL-2.0-or-later
"""The game's own solutions, annotated."""

from __future__ import annotations

from importlib.resources import files

from puzzles.notation import Replay, read_replay


def solution(level_id: str) -> Replay | None:
    """The annotated solution of a level of the game; None where there is none."""
    name = f"{level_id.replace('/', '-')}.race"
    entries = [entry for entry in (files("puzzles") / "solutions").iterdir() if entry.name == name]
    return read_replay(entries[0].read_bytes()) if entries else None
