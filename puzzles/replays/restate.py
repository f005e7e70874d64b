# SPDX-License-Identifier: GPL-2.0-or-later
"""Bringing a replay up to date after its level has changed."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from puzzles.judging.claims import SAFE, settle
from puzzles.levels import Level
from puzzles.notation import RESULT, Digest, Line, LineItem, Replay, Variation
from puzzles.replays.make import make_claim, stated_headers
from puzzles.replays.play import play
from sim import Machine


def restate(replay: Replay, level: Level, machine: Machine) -> Replay:
    """The same moves, comments and variations with headers and digests as this level and machine give them.

    Headers that are not recomputed stay. Raises ValueError for a replay with a move that is not possible, or with a
    claim that the explorer does not bear out.
    """
    played = play(machine, replay)
    if problem := played.main or next(iter(played.others), None):
        raise ValueError(f"this replay cannot be played here: {problem}.")
    stated = evolve(replay, line=_restated(replay.line, (check.actual for check in played.checks)))
    claimed = replay.header(RESULT) == SAFE
    headers = make_claim(level, settle(machine)).headers if claimed else stated_headers(level, machine, played.last)
    for name, value in headers:
        stated = stated.with_header(name, value)
    return stated


def _restated(line: Line, digests: Iterator[str]) -> Line:
    """The line with its digests replaced, in the order of the file."""
    items: list[LineItem] = []
    for item in line.items:
        if isinstance(item, Variation):
            items.append(Variation(_restated(item.line, digests)))
        else:
            items.append(Digest(next(digests)) if isinstance(item, Digest) else item)
    return Line(tuple(items))
