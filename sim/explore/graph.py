# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole state space of a machine as a graph: states by number, and where each thread's step leads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from sim.explore.limits import Limits, Meter, Progress, growth
from sim.explore.product import Product, TooNarrow, explored
from sim.machine.machine import Machine
from sim.machine.state import RUNNING, Outcome, State

NOWHERE = -1
_CHUNK = 256
_WORK = 10  # of storing one state, as a Meter counts it
_CONDITION = 100  # the work of evaluating a condition


@frozen(eq=False)
class Graph:
    """All reachable states; number 0 is boot.

    `numbers` is the way back from a packed state to its number.
    `steps[thread][number]` is the state after that thread's step, or NOWHERE where it cannot move; a step that changes
    nothing leads back to the same number. `outcomes[number]` is how the run ended where no thread can move.
    """

    product: Product
    packed: Sequence[int]
    numbers: dict[int, int]
    steps: tuple[array[int], ...]
    outcomes: dict[int, Outcome]

    @property
    def machine(self) -> Machine:
        """The machine whose states these are."""
        return self.product.machine

    def meter(self, limits: Limits | None) -> Meter:
        """A meter for work on this graph."""
        return Meter(limits or Limits(), lambda: Progress(len(self.packed), 0, 0))

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

    def ended_at_goal(self, limits: Limits | None = None) -> frozenset[int]:
        """The ended states in which the machine's goal is reached. Raises Halted."""
        goal = self.machine.goal
        if goal is None:
            return frozenset()
        ended = (number for number, outcome in self.outcomes.items() if outcome is goal.outcome)
        return frozenset(self.where_condition_holds(ended, limits))

    def where_condition_holds(self, numbers: Iterable[int], limits: Limits | None = None) -> Iterator[int]:
        """Those of some states in which the condition of the machine's goal is true. Raises Halted."""
        meter = self.meter(limits)
        for number in numbers:
            meter.spend(_CONDITION)
            if self.machine.condition_holds(self.state(number)):
                yield number


def state_graph(machine: Machine, limits: Limits | None = None) -> Graph:
    """Explore everything. Raises Halted; CompileError as boot."""
    return explored(machine, limits, _graph)


def _graph(product: Product) -> Graph:
    packed = [product.start]
    numbers = {product.start: 0}
    steps = tuple(array("q") for _ in product.moves)
    outcomes: dict[int, Outcome] = {}
    meter, number, most = product.meter, 0, product.meter.limits.states
    meter.progress = lambda: Progress(len(packed), len(packed) - number, 0, growth((numbers, *product.moves)))
    for number, state in enumerate(packed):
        if number % _CHUNK == 0 or len(packed) > most:
            meter.store(len(packed))
            meter.spend(_CHUNK * _WORK)
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
    return Graph(product, packed, numbers, steps, outcomes)
