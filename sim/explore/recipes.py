# SPDX-License-Identifier: GPL-2.0-or-later
"""Recipes: schedules with one or two free numbers, for who does not look at what the machine does.

"X k moves, Y as far as it can, X as far as it can": any thread for X, one or more of the others in any order for Y, any
k. Then all go on as far as they can, in rounds. With two free numbers one of the others makes j moves before all that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from attrs import field

from sim.classes import define, frozen
from sim.explore.limits import Limits, Progress
from sim.explore.product import Product, explored
from sim.explore.turns import SoloTurns
from sim.machine.machine import Machine


@frozen
class Recipes:
    """For a goal the first schedule by a recipe with one free number that reaches it, and by one with up to two.

    None where none does.
    """

    one_number: tuple[int, ...] | None
    two_numbers: tuple[int, ...] | None


def recipes(machine: Machine, limits: Limits | None = None) -> Recipes:
    """Try every recipe for the goal of a machine; with store buffers, with prompt drains and with late ones.

    Raises Halted; CompileError as Machine.boot.
    """
    first = with_one_number(machine, limits)
    return Recipes(first, first or with_two_numbers(machine, limits))


def with_one_number(machine: Machine, limits: Limits | None = None) -> tuple[int, ...] | None:
    """The first schedule by a recipe with one free number that reaches the goal; as `recipes`."""
    return explored(machine, limits, lambda product: next(_winning(product, two=False), None))


def with_two_numbers(machine: Machine, limits: Limits | None = None) -> tuple[int, ...] | None:
    """The first schedule by a recipe with just two free numbers that reaches the goal; as `recipes`."""
    return explored(machine, limits, two_numbers_in)


def two_numbers_in(product: Product) -> tuple[int, ...] | None:
    """As `with_two_numbers`, in a product that was explored. Raises Halted."""
    return next(_winning(product, two=True), None)


def _winning(product: Product, *, two: bool) -> Iterator[tuple[int, ...]]:
    """The schedules of recipes that reach the goal, with one free number or, `two`, with just two."""
    for late in (False, True) if product.machine.tso else (False,):
        tries = _Tries(product, SoloTurns(product, late), SoloTurns(product))
        yield from tries.after_another() if two else tries.from_here(product.start, ())


@define(eq=False)
class _Tries:
    """Recipes that are tried: `turns` are those that they name, `rest` those in which all go on at the end."""

    product: Product
    turns: SoloTurns
    rest: SoloTurns
    threads: range = field(init=False)
    _rest_won: dict[int, bool] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.threads = range(len(self.product.machine.threads))
        self.product.meter.progress = lambda: Progress(self.turns.stored + self.rest.stored, 0, 0)

    def after_another(self) -> Iterator[tuple[int, ...]]:
        """The winning schedules of recipes that follow one or more moves of a thread."""
        for thread in self.threads:
            moves: list[int] = []
            for move, state in self.turns.path(thread, self.product.start):
                moves.append(move)
                yield from self.from_here(state, moves, thread)

    def from_here(self, state: int, moves: Sequence[int], last: int | None = None) -> Iterator[tuple[int, ...]]:
        """The winning schedules of recipes that begin in a state, where the thread `last` went by some moves."""
        for thread in self.threads:
            others = [other for other in self.threads if other != thread]
            if thread == last:
                continue
            for count in range(1, len(self.threads)):
                for order in permutations(others, count):
                    yield from self.stopping(thread, order, state, moves)

    def stopping(
        self, thread: int, order: Sequence[int], state: int, moves: Sequence[int]
    ) -> Iterator[tuple[int, ...]]:
        """The winning schedules in which a thread stops after k moves, for each k, and these others go on."""
        turns = (*order, thread)
        made = list(moves)
        if self.wins(turns, state):
            yield (*made, *self.schedule(turns, state))
        for move, after in self.turns.path(thread, state):
            made.append(move)
            if self.wins(turns, after):
                yield (*made, *self.schedule(turns, after))

    def wins(self, order: Sequence[int], state: int) -> bool:
        """Whether the goal is reached by turns of these threads, and then of all in rounds."""
        for thread in order:
            state = self.turns.end(thread, state)
            if self.turns.wins(thread, state):
                return True
        return self.rest_wins(state)

    def rest_wins(self, state: int) -> bool:
        """Whether the goal is reached by turns of all threads, in rounds until one begins as another did."""
        won = self._rest_won.get(state)
        if won is None:
            won = self._rest_won[state] = any(self.rest.wins(thread, end) for thread, _, end in self.rounds(state))
        return won

    def rounds(self, state: int) -> Iterator[tuple[int, int, int]]:
        """(thread, where its turn begins, where it ends) for each turn of the rounds."""
        seen = set()
        while state not in seen:
            seen.add(state)
            for thread in self.threads:
                end = self.rest.end(thread, state)
                yield thread, state, end
                state = end

    def schedule(self, order: Sequence[int], state: int) -> Iterator[int]:
        """The moves of turns that win, up to the goal."""
        for thread in order:
            yield from (move for move, _ in self.turns.path(thread, state))
            state = self.turns.end(thread, state)
            if self.turns.wins(thread, state):
                return
        for thread, begin, end in self.rounds(state):
            yield from (move for move, _ in self.rest.path(thread, begin))
            if self.rest.wins(thread, end):
                return
