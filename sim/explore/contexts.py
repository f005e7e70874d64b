# SPDX-License-Identifier: GPL-2.0-or-later
"""Contexts: what the threads of a machine share, numbered as they are met, and how moves change them."""

from __future__ import annotations

from collections.abc import Hashable

from attrs import evolve, field

from sim.classes import define
from sim.kernelc.model.values import Fault
from sim.machine.advance import Advance
from sim.machine.machine import Machine
from sim.machine.state import Effect, Ending, Outcome, State, ThreadState

_STUB = ThreadState(())


@define(eq=False)
class Change:
    """What a kind of move does to a context, whatever the context is; `made` maps contexts to those after it.

    `effects` are marks that waited for the thread's first step. A plain change at most stores a word.
    """

    thread: int
    index: int
    effects: tuple[Effect, ...]
    result: Advance
    plain: bool
    made: dict[int, int] = field(factory=dict, repr=False)


@define(eq=False)
class Contexts:
    """The contexts met so far: `states[number]`, whose threads are stubs: rebind window, places passed, how they rest.

    `free[number]` has a bit for each of the machine's moves, in their order, that neither the end of the run nor the
    level holds back.
    """

    machine: Machine
    states: list[State] = field(factory=list)
    free: list[int] = field(factory=list)
    _rests: list[int] = field(factory=list)
    _quiet: list[int] = field(factory=list)
    _numbers: dict[tuple[tuple[int, ...], int], int] = field(factory=dict)
    _rest_numbers: dict[Hashable, int] = field(factory=dict)
    _changes: dict[Hashable, Change] = field(factory=dict)

    def number(self, state: State) -> int:
        """The number of what the threads share in a state."""
        return self._numbered(evolve(state, threads=tuple(stub(thread) for thread in state.threads)))

    def change(self, thread: int, index: int, private: ThreadState, result: Advance) -> Change | None:
        """What a move of a thread does to contexts: its private state before, word `index`, and the move's result.

        None where it leaves every context as it is.
        """
        result = evolve(result, private=stub(result.private))
        before = stub(private)
        key = (thread, index, private.effects, before, result.store, result.effects, result.ending, result.private)
        change = self._changes.get(key)
        if change is None:
            plain = not (private.effects or result.effects) and result.ending is Outcome.OPEN
            plain = plain and result.private == before and self.machine.rules.preemptions is None
            change = self._changes[key] = Change(thread, index, private.effects, result, plain)
        return None if change.plain and result.store is None else change

    def after(self, number: int, change: Change) -> int:
        """The number of the context that a change makes of this one."""
        after = change.made.get(number)
        if after is None:
            after = change.made[number] = self._after(number, change)
        return after

    def _after(self, number: int, change: Change) -> int:
        before, rest = self.states[number], self._rests[number]
        if change.plain and self._quiet[rest] >> change.thread & 1:
            index, store = change.index, change.result.store
            assert store is not None
            memory = (*before.memory[:index], store, *before.memory[index + 1 :])
            return self._interned(State(memory, before.threads, before.ghosts, before.flags), rest)
        return self._numbered(self._committed(before, change))

    def _committed(self, before: State, change: Change) -> State:
        thread = change.thread
        if change.effects:
            before = before.with_thread(thread, evolve(before.threads[thread], effects=change.effects))
        try:
            return self.machine.commit(before, thread, change.result, change.index, [])
        except Fault:
            stubs = tuple(stub(private) for private in before.threads)
            return evolve(before, threads=stubs, ending=Ending(Outcome.FAULT, thread))

    def _numbered(self, shared: State) -> int:
        key = (shared.threads, shared.ghosts, shared.flags, shared.ending, shared.turns)
        rest = self._rest_numbers.setdefault(key, len(self._quiet))
        if rest == len(self._quiet):
            self._quiet.append(self._quiet_threads(shared))
        return self._interned(shared, rest)

    def _quiet_threads(self, shared: State) -> int:
        """A bit for each thread whose stores change no more than the word: no ghost bit, goal or rebind window."""
        goal = self.machine.goal
        if False in shared.ghosts or (shared.flags and goal and goal.condition) or self._asked(shared):
            return 0
        return sum(1 << number for number, thread in enumerate(shared.threads) if thread.window is None)

    def _asked(self, shared: State) -> bool:
        """Whether a rule has to be asked after each store: who took the turn, and who waits for a lock."""
        return shared.turns is not None or any(thread.resting and thread.resting.lock for thread in shared.threads)

    def _interned(self, shared: State, rest: int) -> int:
        number = self._numbers.setdefault((shared.memory, rest), len(self.states))
        if number == len(self.states):
            self.states.append(shared)
            self.free.append(self._free(shared))
            self._rests.append(rest)
        return number

    def _free(self, shared: State) -> int:
        moves = self.machine.moves
        if shared.outcome is not Outcome.OPEN:
            return 0
        if not self.machine.barred:
            return (1 << len(moves)) - 1
        return sum(1 << place for place, move in enumerate(moves) if move < 0 or not self.machine.held(shared, move))


def stub(thread: ThreadState) -> ThreadState:
    """Of a thread only what belongs to the context."""
    if thread.window is None and not thread.passed and thread.resting is None:
        return _STUB
    return ThreadState((), window=thread.window, passed=thread.passed, resting=thread.resting)
