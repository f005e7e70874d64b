# SPDX-License-Identifier: GPL-2.0-or-later
"""The private states of one thread, numbered as they are met, and what its moves do: the thread as an automaton."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from attrs import evolve, field

from sim.classes import define
from sim.explore.contexts import Change, Contexts
from sim.explore.limits import Meter
from sim.machine import moves
from sim.machine.advance import Advance
from sim.machine.key import thread_key
from sim.machine.machine import Machine
from sim.machine.state import State, ThreadState

# The thread's private number afterwards, and what happens to the context (None: nothing).
PrivateStep: TypeAlias = tuple[int, Change | None]


@define(eq=False)
class Privates:
    """The private states of a thread met so far, without rebind window and places passed: those are the context's."""

    machine: Machine
    contexts: Contexts
    meter: Meter
    thread: int
    states: list[ThreadState] = field(factory=list)
    _numbers: dict[Hashable, int] = field(factory=dict)
    _known: dict[tuple[int, int, int, tuple[int, ...]], PrivateStep | None] = field(factory=dict)

    def number(self, private: ThreadState) -> int:
        """The number of a private state; those that differ in what cannot be read again have the same."""
        outside = private.window is not None or private.passed
        own = evolve(private, window=None, passed=()) if outside else private
        number = self._numbers.setdefault(thread_key(self.machine.program, own), len(self.states))
        if number == len(self.states):
            self.states.append(own)
        return number

    def after(self, move: int, number: int, context: State) -> PrivateStep | None:
        """What a move of this thread does; None: in this context it has to wait, or the thread is finished."""
        operation = self.states[number].pending if move >= 0 else None
        word = context.memory[operation.index] if operation is not None and operation.index >= 0 else 0
        key = (move, number, word, context.threads[self.thread].passed)
        try:
            return self._known[key]
        except KeyError:
            return self._known.setdefault(key, self._after(*key))

    def _after(self, move: int, number: int, word: int, passed: tuple[int, ...]) -> PrivateStep | None:
        private = evolve(self.states[number], passed=passed) if passed else self.states[number]
        index, result = self._drained(private) if move < 0 else self._advanced(private, word)
        if result is None:
            return None
        return self.number(result.private), self.contexts.change(self.thread, index, private, result)

    def _advanced(self, private: ThreadState, word: int) -> tuple[int, Advance | None]:
        if moves.wait_of(private, word, self.thread) is not None:
            return -1, None
        assert private.pending is not None
        return private.pending.index, self.machine.automata[self.thread].advance(private, word, self.meter.spend)

    def _drained(self, private: ThreadState) -> tuple[int, Advance | None]:
        if not moves.can_drain(private):
            return -1, None
        return private.buffer[0].index, self.machine.automata[self.thread].drain(private)
