# SPDX-License-Identifier: GPL-2.0-or-later
"""The product of a machine's threads, discovered lazily, with a state packed into one integer.

A thread's move depends on its private state and the one word that it touches. What threads share is a context: memory,
rebind windows, places passed, ghost bits, goal flags, and how the run ended. A global state is a context's number in
the low bits and the threads' private numbers above it; for each move one flat table maps `state & mask`, that is
context and own private number, to the integer that the move adds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import ref

from attrs import evolve, field

from sim.classes import define
from sim.explore.contexts import Contexts
from sim.explore.limits import Limits, Meter
from sim.explore.privates import Privates
from sim.kernelc.model.values import Fault
from sim.machine.machine import Machine
from sim.machine.state import Outcome, State, ThreadState, thread_of

T = TypeVar("T")
_LOOKING_UP = 100  # the work of finding out a move, as a Meter counts it, without the private work in it


class TooNarrow(Exception):
    """There are more contexts or private states than a packed state has room for; the product must be widened."""


class MoveTable(dict[int, int | None]):
    """What a move adds to packed states, by their bits under `mask`; None where it cannot be made.

    What is not in it yet is found out when it is first looked up.
    """

    def __init__(self, product: Product, place: int) -> None:
        """Begin with nothing known of the move at this place among the machine's."""
        super().__init__()
        self._product = ref(product)  # which knows this table: a circle would keep both until the collector comes
        self.place = place
        self.move = product.machine.moves[place]
        self.thread = thread_of(self.move)
        self.shift = product.context_bits + product.bits * self.thread
        self.mask = product.context_mask | product.private_mask << self.shift

    def __missing__(self, masked: int) -> int | None:
        """Find it out."""
        product = self._product()
        assert product is not None
        added = self[masked] = product.find(self, masked)
        return added


@define(eq=False)
class Product:
    """The packed transition relation of a machine.

    `contexts` and `privates[thread]` are what the numbers mean; `bits` and `context_bits` are the room for a private
    number and for a context's. `moves` has a table for each of the machine's moves, in their order.
    `start` is the packed form of `begin`, boot where that is None.
    """

    machine: Machine
    meter: Meter = field(factory=lambda: Meter(Limits()))
    begin: State | None = None
    bits: int = 4
    context_bits: int = 8
    contexts: list[State] = field(init=False)
    privates: list[list[ThreadState]] = field(init=False)
    moves: list[MoveTable] = field(init=False)
    context_mask: int = field(init=False)
    private_mask: int = field(init=False)
    start: int = field(init=False)
    _contexts: Contexts = field(init=False)
    _privates: list[Privates] = field(init=False)
    _conditions: dict[int, bool | None] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Begin with the boot state. Raises CompileError as Machine.boot."""
        self._contexts = Contexts(self.machine)
        threads = range(len(self.machine.threads))
        self._privates = [Privates(self.machine, self._contexts, self.meter, thread) for thread in threads]
        self.contexts, self.privates = self._contexts.states, [privates.states for privates in self._privates]
        self.pack(self.bits, self.context_bits)

    def pack(self, bits: int, context_bits: int) -> None:
        """Give numbers this much room; tables of moves are forgotten, what numbers mean is kept."""
        self.bits, self.context_bits = bits, context_bits
        self.private_mask, self.context_mask = (1 << bits) - 1, (1 << context_bits) - 1
        self.moves = [MoveTable(self, place) for place in range(len(self.machine.moves))]
        self.start = self.packed(self.begin or self.machine.boot())

    def widen(self) -> None:
        """Give more room to the numbers that need it."""
        full, crowded = max(map(len, self.privates)) > self.private_mask, len(self.contexts) > self.context_mask
        self.pack(self.bits << full, self.context_bits << crowded)

    def packed(self, state: State) -> int:
        """The packed form of a state. Raises TooNarrow."""
        context = self._contexts.number(state)
        numbers = [privates.number(private) for privates, private in zip(self._privates, state.threads, strict=True)]
        if context > self.context_mask or max(numbers) > self.private_mask:
            raise TooNarrow
        shifted = (number << self.context_bits + self.bits * thread for thread, number in enumerate(numbers))
        return context | sum(shifted)

    def unpacked(self, packed: int) -> State:
        """The state of a packed form; words that cannot be read again may differ from those of a played state."""
        context = self.context(packed)
        threads = tuple(
            evolve(self.private(packed, thread), window=stub.window, passed=stub.passed)
            for thread, stub in enumerate(context.threads)
        )
        return evolve(context, threads=threads)

    def ended_as(self, packed: int) -> Outcome:
        """How the run ended in a state from which no move can be made; a fault where the goal's condition faults."""
        outcome = self.context(packed).outcome
        outcome = outcome if outcome is not Outcome.OPEN else self.machine.stuck(self.unpacked(packed)).outcome
        goal = self.machine.goal
        wrong = goal is not None and outcome is goal.outcome and self._condition(packed) is None
        return Outcome.FAULT if wrong else outcome

    def reaches(self, packed: int, outcome: Outcome, goal: Outcome | None) -> bool:
        """Whether a state in which a run ended with an outcome is what is asked for.

        The condition of the machine's own goal counts where the outcome is its own.
        """
        own = self.machine.goal
        return outcome is goal and (own is None or own.outcome is not goal or self.condition_holds(packed))

    def condition_holds(self, packed: int) -> bool:
        """Whether the condition of the machine's goal is true in a state; not where it faults."""
        return bool(self._condition(packed))

    def _condition(self, packed: int) -> bool | None:
        number = packed & self.context_mask
        if number not in self._conditions:
            self.meter.spend(_LOOKING_UP)
            try:
                self._conditions[number] = self.machine.condition_holds(self.contexts[number])
            except Fault:
                self._conditions[number] = None
        return self._conditions[number]

    def context(self, packed: int) -> State:
        """What the threads share in a packed state."""
        return self.contexts[packed & self.context_mask]

    def private(self, packed: int, thread: int) -> ThreadState:
        """The private state of a thread in a packed state, without its window and places passed."""
        return self.privates[thread][packed >> self.context_bits + self.bits * thread & self.private_mask]

    def find(self, moves: MoveTable, masked: int) -> int | None:
        """What a move adds to states with this context and private state; None: not possible.

        Raises TooNarrow, Halted.
        """
        self.meter.spend(_LOOKING_UP)
        context, number = masked & self.context_mask, masked >> moves.shift
        if not self._contexts.free[context] >> moves.place & 1:
            return None
        local = self._privates[moves.thread].after(moves.move, number, self.contexts[context])
        if local is None:
            return None
        number_after, change = local
        after = context if change is None else self._contexts.after(context, change)
        if number_after > self.private_mask or after > self.context_mask:
            raise TooNarrow
        return (number_after - number << moves.shift) + after - context


def explored(machine: Machine, limits: Limits | None, work: Callable[[Product], T], begin: State | None = None) -> T:
    """What some work on a machine's product gives; it begins anew with more room where numbers do not fit."""
    product = Product(machine, Meter(limits or Limits()), begin)
    while True:
        try:
            result = work(product)
        except TooNarrow:
            product.widen()
        else:
            product.meter.release()
            return result
