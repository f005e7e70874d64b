# SPDX-License-Identifier: GPL-2.0-or-later
"""Moves, and runs of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, repeat

from attrs import field, frozen, validators


@frozen
class Move:
    """`count` steps of one thread, or `count` drains of the oldest store in its buffer.

    `thread` is a letter A to Z, `count` at least 1. Other values raise ValueError.
    """

    thread: str = field(validator=validators.matches_re("[A-Z]"))
    count: int = field(default=1, validator=validators.ge(1))
    drain: bool = False

    def __str__(self) -> str:
        """Give the canonical notation: `A8`, `R1`, `~A`, `~A3`."""
        if not self.drain:
            return f"{self.thread}{self.count}"
        return f"~{self.thread}{self.count}" if self.count > 1 else f"~{self.thread}"


def merge_runs(moves: Iterable[Move]) -> Iterator[Move]:
    """Join neighbours that move the same thread in the same way."""
    for (thread, drain), run in groupby(moves, key=lambda move: (move.thread, move.drain)):
        yield Move(thread, sum(move.count for move in run), drain)


def expand(moves: Iterable[Move]) -> Iterator[Move]:
    """Yield the single steps of `moves` in order, each a Move with count 1."""
    for move in moves:
        yield from repeat(Move(move.thread, 1, move.drain), move.count)
