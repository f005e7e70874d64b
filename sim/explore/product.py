# SPDX-License-Identifier: GPL-2.0-or-later
"""The product of a machine's threads, discovered lazily, with a state packed into one integer.

A thread's step depends on its private state and the one word that its operation touches. What threads share is a
context: memory, rebind windows, places passed, ghost bits, goal flags, and how the run ended. A global state is
`context number | private numbers`, the context in the high bits; for each thread one flat dict maps `state & mask`,
that is context and own private number, to the integer that its step adds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from attrs import define, evolve, field

from sim.kernelc.values import Fault
from sim.machine import locks
from sim.machine.advance import Advance
from sim.machine.key import thread_key
from sim.machine.machine import Machine
from sim.machine.state import Ending, Outcome, State, ThreadState

_STUB = ThreadState(())
Result = TypeVar("Result")


class TooManyPrivateStates(Exception):
    """A thread has more private states than a packed state has room for; the product must be widened."""


@define(eq=False)
class Product:
    """The packed transition relation of a machine, with `bits` bits for each private number.

    `contexts` and `privates[thread]` are what the numbers mean. `moves[thread]` maps a masked state to the integer to
    add, None where the thread cannot move; what is not in it yet, `move` finds out.
    """

    machine: Machine
    bits: int = 4
    contexts: list[State] = field(factory=list)
    privates: list[list[ThreadState]] = field(init=False)
    moves: list[dict[int, int | None]] = field(init=False)
    masks: list[int] = field(init=False)
    start: int = field(init=False)
    _context_numbers: dict[State, int] = field(factory=dict)
    _private_numbers: list[dict[Hashable, int]] = field(init=False)
    _advances: dict[Hashable, tuple[Advance, int]] = field(factory=dict)
    _stores: dict[tuple[int, int, int], int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Begin with the boot state. Raises CompileError as Machine.boot."""
        self.privates = [[] for _ in self.machine.threads]
        self._private_numbers = [{} for _ in self.machine.threads]
        self.pack(self.bits)

    def pack(self, bits: int) -> None:
        """Give each private number this many bits; moves are forgotten, what numbers mean is kept."""
        threads = range(len(self.machine.threads))
        self.bits = bits
        self.moves = [{} for _ in threads]
        above = ~((1 << bits * len(threads)) - 1)
        self.masks = [above | ((1 << bits) - 1) << bits * thread for thread in threads]
        self.start = self.packed(self.machine.boot())

    @property
    def context_shift(self) -> int:
        """Where the context's number begins in a packed state."""
        return self.bits * len(self.machine.threads)

    def packed(self, state: State) -> int:
        """The packed form of a state."""
        number = self._context(_shared(state)) << self.context_shift
        for thread, private in enumerate(state.threads):
            number |= self._private(thread, private) << self.bits * thread
        return number

    def unpacked(self, packed: int) -> State:
        """The state of a packed form; words that cannot be read again may differ from those of a played state."""
        context = self.contexts[packed >> self.context_shift]
        threads = tuple(
            evolve(self.private(packed, thread), window=stub.window, passed=stub.passed)
            for thread, stub in enumerate(context.threads)
        )
        return evolve(context, threads=threads)

    def ended_as(self, packed: int) -> Outcome:
        """How the run ended in a state from which no thread can move."""
        known = self.context(packed).outcome
        return known if known is not Outcome.OPEN else self.machine.stuck(self.unpacked(packed)).outcome

    def context(self, packed: int) -> State:
        """What the threads share in a packed state."""
        return self.contexts[packed >> self.context_shift]

    def private(self, packed: int, thread: int) -> ThreadState:
        """The private state of a thread in a packed state, without its window and places passed."""
        return self.privates[thread][packed >> self.bits * thread & (1 << self.bits) - 1]

    def move(self, thread: int, masked: int) -> int | None:
        """The integer that a step of a thread adds to states with this context and private state; None: no step."""
        found = self._move(thread, masked)
        self.moves[thread][masked] = found
        return found

    def _move(self, thread: int, masked: int) -> int | None:
        context = self.contexts[masked >> self.context_shift]
        number = masked >> self.bits * thread & (1 << self.bits) - 1
        private = self.privates[thread][number]
        operation = private.pending
        if operation is None or context.outcome is not Outcome.OPEN or self.machine.held(context, thread):
            return None
        word = context.memory[operation.index] if operation.index >= 0 else 0
        can = locks.CAN.get(operation.kind)
        if can is not None and not can(word, thread):
            return None
        result, after = self._advance(thread, number, word, context.threads[thread])
        shared = masked >> self.context_shift
        step = self._context_after(shared, thread, private, result, operation.index) - shared << self.context_shift
        return step + (after - number << self.bits * thread)

    def _advance(self, thread: int, number: int, word: int, stub: ThreadState) -> tuple[Advance, int]:
        """What a step gives, with only a stub of the private state; and the number of that private state."""
        key = (thread, number, word, stub.passed)
        found = self._advances.get(key)
        if found is None:
            private = self.privates[thread][number]
            if stub.passed:
                private = evolve(private, passed=stub.passed)
            result = self.machine.automata[thread].advance(private, word)
            found = evolve(result, private=_stub(result.private)), self._private(thread, result.private)
            self._advances[key] = found
        return found

    def _context_after(self, shared: int, thread: int, private: ThreadState, result: Advance, index: int) -> int:
        before = self.contexts[shared]
        plain = not (result.effects or private.effects) and result.ending is Outcome.OPEN
        if plain and result.private == before.threads[thread]:
            if result.store is None or before.memory[index] == result.store:
                return shared
            key = (shared, index, result.store)
            known = self._stores.get(key)
            if known is None:
                known = self._stores[key] = self._stored(before, thread, result, index)
            return known
        if private.effects:
            before = before.with_thread(thread, evolve(before.threads[thread], effects=private.effects))
        return self._committed(before, thread, result, index)

    def _stored(self, before: State, thread: int, result: Advance, index: int) -> int:
        if False in before.ghosts or before.flags:
            return self._committed(before, thread, result, index)
        # No allocation is watched and no result was reached: only the word changes.
        memory = (*before.memory[:index], result.store or 0, *before.memory[index + 1 :])
        return self._context(State(memory, before.threads, before.ghosts, before.flags))

    def _committed(self, before: State, thread: int, result: Advance, index: int) -> int:
        try:
            return self._context(self.machine.commit(before, thread, result, index, []))
        except Fault:
            stubs = tuple(_stub(one) for one in before.threads)
            return self._context(evolve(before, threads=stubs, ending=Ending(Outcome.FAULT, thread)))

    def _context(self, shared: State) -> int:
        number = self._context_numbers.setdefault(shared, len(self.contexts))
        if number == len(self.contexts):
            self.contexts.append(shared)
        return number

    def _private(self, thread: int, private: ThreadState) -> int:
        own = evolve(private, window=None, passed=())
        known = self.privates[thread]
        number = self._private_numbers[thread].setdefault(thread_key(self.machine.program, own), len(known))
        if number == len(known):
            known.append(own)
        if number >> self.bits:
            raise TooManyPrivateStates
        return number


def _shared(state: State) -> State:
    """A state without what only one thread can see."""
    return evolve(state, threads=tuple(_stub(thread) for thread in state.threads))


def _stub(thread: ThreadState) -> ThreadState:
    if thread.window is None and not thread.passed:
        return _STUB
    return ThreadState((), window=thread.window, passed=thread.passed)


def explored(machine: Machine, work: Callable[[Product], Result]) -> Result:
    """What some work on a machine's product gives; it begins anew with wider numbers where they do not suffice."""
    product = Product(machine)
    while True:
        try:
            return work(product)
        except TooManyPrivateStates:
            product.pack(product.bits * 2)
