# SPDX-License-Identifier: GPL-2.0-or-later
"""The tree of a run as numbers: what a journal says, before any machine has played it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import define, field

from puzzles.journals.records import Grown, JournalRecord, Noted
from puzzles.notation import MAX_STEPS, Move, ReplayError, expand, parse_schedule


@define(eq=False)
class Outline:
    """Moments by number: the number that each follows, and the move between. Boot is 0, which follows nothing.

    `at` is where the player is. `seen` says for each moment when it was last gone to, counted in records.
    """

    parents: list[int] = field(factory=lambda: [-1])
    moves: list[Move | None] = field(factory=lambda: [None])
    seen: list[int] = field(factory=lambda: [0])
    at: int = 0
    notes: Mapping[str, Any] = field(factory=dict)
    clock: int = 0
    _children: dict[tuple[int, Move], int] = field(factory=dict)
    _steps: int = 0

    def take(self, record: JournalRecord) -> None:
        """Add a record. Raises ValueError for one that does not fit."""
        if isinstance(record, Noted):
            self.notes = record.notes
        else:
            self._go(record.start if isinstance(record, Grown) else record.at)
            for move in _moves(record.moves) if isinstance(record, Grown) else ():
                self._step(move)
            self.clock += 1
            self.seen[self.at] = self.clock

    def _go(self, number: int) -> None:
        if not 0 <= number < len(self.parents):
            raise ValueError("a line of it names a moment that there is not")
        self.at = number

    def _step(self, move: Move) -> None:
        if self._steps == MAX_STEPS:
            raise ValueError(f"it has more than {MAX_STEPS:,} steps")
        self._steps += 1
        child = self._children.get((self.at, move))
        if child is None:
            child = self._children[self.at, move] = len(self.parents)
            self.parents.append(self.at)
            self.moves.append(move)
            self.seen.append(0)
        self.at = child

    def line(self, number: int) -> Iterator[Move]:
        """The moves from boot to a moment."""
        moves: list[Move] = []
        while (move := self.moves[number]) is not None:
            moves.append(move)
            number = self.parents[number]
        return reversed(moves)

    def chosen(self) -> Mapping[int, int]:
        """For each moment that others follow, the one that forward leads to: where the player went last."""
        latest = list(self.seen)
        forward: dict[int, int] = {}
        for number in range(len(self.parents) - 1, 0, -1):  # what follows a moment has a larger number
            parent = self.parents[number]
            if parent not in forward or latest[number] > latest[forward[parent]]:
                forward[parent] = number
            latest[parent] = max(latest[parent], latest[number])
        return forward


def outline(records: Iterable[JournalRecord]) -> tuple[Outline, str]:
    """The tree that records tell of, as far as they can be read, and why not further ("" for to the end)."""
    tree = Outline()
    try:
        for record in records:
            tree.take(record)
    except ValueError as problem:
        return tree, str(problem)
    return tree, ""


def _moves(text: str) -> Iterator[Move]:
    try:
        return expand(parse_schedule(text))
    except ReplayError as problem:
        raise ValueError("a line of it holds no moves") from problem
