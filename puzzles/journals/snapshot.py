# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole tree of moments as the fewest records that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from puzzles.journals.records import Grown, JournalRecord, Went
from puzzles.schedules import schedule_line
from sim import Machine
from sim.debugger import Moment


def snapshot(machine: Machine, now: Moment) -> tuple[list[JournalRecord], dict[Moment, int]]:
    """The records of the tree in which a moment is, with the player at that moment, and the number of each moment."""
    boot = next(iter(now.line()))
    numbers = {boot: 0}
    records: list[JournalRecord] = list(_grown(machine, boot, numbers))
    # Each visit makes its line the chosen one: those nearer to boot have the last word on what they share.
    forks = sorted(
        (moment for moment in numbers if len(moment.children) > 1), key=lambda moment: moment.steps, reverse=True
    )
    records += (Went(numbers[fork.chosen]) for fork in forks if fork.chosen is not None)
    if forks or numbers[now] != len(numbers) - 1:
        records.append(Went(numbers[now]))
    return records, numbers


def _grown(machine: Machine, boot: Moment, numbers: dict[Moment, int]) -> Iterator[Grown]:
    """The moves of a tree, branch by branch in the order of play; numbers the moments."""
    waiting = boot.children[::-1]
    while waiting:
        at: Moment | None = waiting.pop()
        branch: list[Moment] = []
        while at is not None:
            numbers[at] = len(numbers)
            branch.append(at)
            waiting += at.children[:0:-1]
            at = next(iter(at.children), None)
        yield grown(machine, branch, numbers)


def grown(machine: Machine, branch: list[Moment], numbers: dict[Moment, int]) -> Grown:
    """The record of moments of which each follows the one before it, and the first one a moment that has a number."""
    parent = branch[0].parent
    assert parent is not None
    return Grown(numbers[parent], schedule_line(machine, _moves(branch)))


def _moves(branch: Iterable[Moment]) -> Iterator[int]:
    return (moment.move for moment in branch if moment.move is not None)
