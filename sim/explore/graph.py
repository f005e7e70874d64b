# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole state space of a machine as a graph: states by number, and where each thread's step leads."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence

from attrs import evolve, frozen

from sim.explore.product import Product, TooNarrow, explored, int_bytes
from sim.explore.search import Bound, Progress
from sim.machine.machine import Machine
from sim.machine.state import RUNNING, Outcome, State

NOWHERE = -1
_CHUNK = 4000


class TooLarge(Exception):
    """The state space is larger than the bound, or the search was cancelled; the message says which."""


@frozen(eq=False)
class Graph:
    """All reachable states; number 0 is boot.

    `numbers` is the way back from a packed state to its number.
    `steps[thread][number]` is the state after that thread's step, or NOWHERE where it cannot move; a step that changes
    nothing leads back to the same number. `outcomes[number]` is how the run ended where no thread can move.
    """

    product: Product
    packed: tuple[int, ...]
    numbers: dict[int, int]
    steps: tuple[array[int], ...]
    outcomes: dict[int, Outcome]

    @property
    def machine(self) -> Machine:
        """The machine whose states these are."""
        return self.product.machine

    @property
    def memory(self) -> int:
        """About how many bytes the states, their numbers and the product's tables take."""
        return _memory(self.product, self.packed, self.numbers, self.steps)

    @property
    def transitions(self) -> int:
        """How many moves there are in all states, those that change nothing included."""
        return sum(len(steps) - steps.count(NOWHERE) for steps in self.steps)

    def state(self, number: int) -> State:
        """A state by its number."""
        return self.product.unpacked(self.packed[number])

    def number(self, state: State) -> int:
        """The number of a reachable state. Raises KeyError for any other."""
        try:
            found = self.numbers.get(self.product.packed(state))
            if found is not None:
                return found
            # A state that ended for want of moves is stored as it was before anyone asked.
            return self.numbers[self.product.packed(evolve(state, ending=RUNNING))]
        except TooNarrow:
            raise KeyError(state) from None

    def moves(self, number: int) -> Iterator[tuple[int, int]]:
        """(thread, state after its step) for each thread that can move."""
        pairs = zip(self.machine.moves, self.steps, strict=True)
        return ((move, steps[number]) for move, steps in pairs if steps[number] != NOWHERE)

    def after(self, schedule: Sequence[int]) -> int:
        """The state that a schedule leads to from boot."""
        number = 0
        for thread in schedule:
            number = self.steps[thread][number]
        return number

    def ended_at_goal(self) -> frozenset[int]:
        """The ended states in which the machine's goal is reached."""
        goal = self.machine.goal
        if goal is None:
            return frozenset()
        ended = (number for number, outcome in self.outcomes.items() if outcome is goal.outcome)
        return frozenset(number for number in ended if self.machine.condition_holds(self.state(number)))


def state_graph(
    machine: Machine, bound: Bound | None = None, on_progress: Callable[[Progress], bool] | None = None
) -> Graph:
    """Explore everything. Raises TooLarge when the bound is hit or `on_progress` says no; CompileError as boot."""
    return explored(machine, lambda product: _graph(product, bound or Bound(), on_progress))


def _graph(product: Product, bound: Bound, on_progress: Callable[[Progress], bool] | None) -> Graph:
    packed = [product.start]
    numbers = {product.start: 0}
    steps = tuple(array("q") for _ in product.moves)
    outcomes: dict[int, Outcome] = {}
    for number, state in enumerate(packed):
        if number % _CHUNK == 0 or len(packed) > bound.states:
            _check(len(packed), number, _memory(product, packed, numbers, steps), bound, on_progress)
        idle = True
        for place, moves in enumerate(product.moves):
            step = moves[state & moves.mask]
            if step is None:
                steps[place].append(NOWHERE)
                continue
            idle = False
            after = state + step
            found = numbers.setdefault(after, len(packed))
            if found == len(packed):
                packed.append(after)
            steps[place].append(found)
        if idle:
            outcomes[number] = product.ended_as(state)
    return Graph(product, tuple(packed), numbers, steps, outcomes)


def _memory(product: Product, packed: Sequence[int], numbers: dict[int, int], steps: tuple[array[int], ...]) -> int:
    integers = len(packed) * (int_bytes(product.widest) + int_bytes(1))
    return integers + sum(map(sys.getsizeof, (packed, numbers, *steps))) + product.memory()


def _check(states: int, done: int, memory: int, bound: Bound, on_progress: Callable[[Progress], bool] | None) -> None:
    if hit := bound.hit(states, memory):
        raise TooLarge(hit)
    if on_progress and not on_progress(Progress(states, states - done, 0)):
        raise TooLarge("cancelled")
