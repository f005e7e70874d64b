# SPDX-License-Identifier: GPL-2.0-or-later
"""The state space of a machine as a graph: states by number, and where each move leads."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from attrs import evolve, field

from sim.classes import define, frozen
from sim.explore.limits import Halted, Limits, Meter, Progress, growth
from sim.explore.product import Product, TooNarrow, explored
from sim.machine.machine import Machine
from sim.machine.state import RUNNING, Outcome, State

NOWHERE = -1
_FEW = 20_000
_CHUNK = 256
_WORK = 10  # of storing one state, as a Meter counts it


@frozen(eq=False)
class Graph:
    """The reachable states; number 0 is boot, or where the search began.

    `numbers` is the way back from a packed state to its number.
    `steps[move][number]` is the state after that move, or NOWHERE where it cannot be made; one that changes nothing
    leads back to the same number. `outcomes[number]` is how the run ended where no move can be made.

    `bound` says what stopped the search, "" where it went to its end. Otherwise there are all schedules of up to
    `within` steps, and of the states after those nothing is known but that they can be reached.
    """

    product: Product
    packed: Sequence[int]
    numbers: dict[int, int]
    steps: tuple[array[int], ...]
    outcomes: dict[int, Outcome]
    bound: str = ""
    within: int | None = None

    @property
    def machine(self) -> Machine:
        """The machine whose states these are."""
        return self.product.machine

    def meter(self, limits: Limits | None) -> Meter:
        """A meter for work on this graph, which stores no more states."""
        meter = Meter(limits or Limits(), lambda: Progress(len(self.packed), 0, 0))
        meter.release()
        return meter

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
            number = self.numbers.get(self.product.packed(state))
            if number is not None:
                return number
            # A state that ended for want of moves is stored as it was before anyone asked.
            return self.numbers[self.product.packed(evolve(state, ending=RUNNING))]
        except TooNarrow:
            raise KeyError(state) from None

    def moves(self, number: int) -> Iterator[tuple[int, int]]:
        """(move, state after it) for each move that can be made."""
        pairs = zip(self.machine.moves, self.steps, strict=True)
        return ((move, steps[number]) for move, steps in pairs if steps[number] != NOWHERE)

    def after(self, schedule: Sequence[int]) -> int:
        """The state that a schedule leads to from boot."""
        number = 0
        for move in schedule:
            number = self.steps[move][number]
        return number

    def ended_at_goal(self) -> frozenset[int]:
        """The ended states in which the machine's goal is reached."""
        goal = self.machine.goal
        if goal is None:
            return frozenset()
        ended = ((number, self.packed[number], outcome) for number, outcome in self.outcomes.items())
        return frozenset(
            number for number, state, outcome in ended if self.product.reaches(state, outcome, goal.outcome)
        )


def state_graph(machine: Machine, limits: Limits | None = None) -> Graph:
    """Explore everything. Raises Halted; CompileError as boot."""
    graph = bounded_graph(machine, limits)
    if graph.bound:
        raise Halted(graph.bound)
    return graph


def bounded_graph(machine: Machine, limits: Limits | None = None, begin: State | None = None) -> Graph:
    """Explore from a state on, boot where there is none, as far as the limits allow. Raises CompileError as boot."""
    return explored(machine, limits, lambda product: _Growing(product).grow(), begin)


def graphs(machine: Machine, limits: Limits | None = None, begin: State | None = None) -> Iterator[Graph]:
    """A small graph at first, and if that is not the whole, one as far as the limits allow; as `bounded_graph`."""
    limits = limits or Limits()
    for most in sorted({min(_FEW, limits.states), limits.states}):
        graph = bounded_graph(machine, evolve(limits, states=most), begin)
        yield graph
        if not graph.bound:
            return


@define(eq=False)
class _Growing:
    """A graph that grows by depth, the number of steps from its beginning."""

    product: Product
    packed: list[int] = field(init=False)
    numbers: dict[int, int] = field(init=False)
    steps: tuple[array[int], ...] = field(init=False)
    outcomes: dict[int, Outcome] = field(factory=dict)
    done: int = 0
    depth: int = 0

    def __attrs_post_init__(self) -> None:
        self.packed = [self.product.start]
        self.numbers = {self.product.start: 0}
        self.steps = tuple(array("q") for _ in self.product.moves)
        self.product.meter.progress = self.progress

    def progress(self) -> Progress:
        tables = growth((self.numbers, *self.product.moves))
        return Progress(len(self.packed), len(self.packed) - self.done, self.depth, tables)

    def grow(self) -> Graph:
        bound, within = "", None
        try:
            self.expand()
        except Halted as halt:
            bound, within = str(halt), max(self.depth - 1, 0)
            self.fill_up()
        return Graph(self.product, self.packed, self.numbers, self.steps, self.outcomes, bound, within)

    def expand(self) -> None:
        """Find the steps from each state."""
        packed, numbers, steps, product = self.packed, self.numbers, self.steps, self.product
        meter, most, deeper = product.meter, product.meter.limits.states, 1
        for number, state in enumerate(packed):
            if number == deeper:
                self.depth, deeper = self.depth + 1, len(packed)
            if number % _CHUNK == 0 or len(packed) > most:
                self.done = number
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
                after_number = numbers.setdefault(after, len(packed))
                if after_number == len(packed):
                    packed.append(after)
                steps[place].append(after_number)
            if idle:
                self.outcomes[number] = product.ended_as(state)

    def fill_up(self) -> None:
        """Let states from which not all steps were found lead nowhere."""
        whole = min(map(len, self.steps))
        for steps in self.steps:
            del steps[whole:]
            steps.extend([NOWHERE] * (len(self.packed) - whole))
