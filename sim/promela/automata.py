# SPDX-License-Identifier: GPL-2.0-or-later
"""The threads of a machine as automata, written out: each private state that was met, and where its steps lead."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, field

from sim.classes import define, frozen
from sim.explore.graph import Graph
from sim.machine import moves
from sim.machine.advance import Advance
from sim.machine.key import thread_key
from sim.machine.machine import Machine
from sim.machine.state import Effect, Outcome, ThreadState
from sim.operations.lock_word import FREE


@frozen
class Action:
    """What a move does: `store` goes to word `index` (None: nothing), marks take effect before and after that.

    `passed` counts the watched places on the way; `ending` is as in Advance; `target` is the location that follows.
    """

    index: int
    store: int | None
    before: tuple[Effect, ...]
    after: tuple[Effect, ...]
    passed: tuple[int, ...]
    ending: Outcome
    target: int


@frozen
class Location:
    """A private state of a thread.

    `word` is the one on which its step depends, -1 for none; `steps` are the actions with the values of that word on
    which each is taken, `blocked` the values on which the thread waits for the lock. `drain` is the other move.
    """

    private: ThreadState
    word: int
    steps: Mapping[Action, tuple[int, ...]]
    blocked: tuple[int, ...]
    drain: Action | None

    @property
    def met(self) -> tuple[int, ...]:
        """All values of its word that this location knows."""
        return tuple(sorted({*self.blocked, *(value for values in self.steps.values() for value in values)}))

    def actions(self) -> Iterator[Action]:
        """All that a move from here can do."""
        yield from self.steps
        if self.drain is not None:
            yield self.drain


def automata(graph: Graph) -> tuple[tuple[Location, ...], ...]:
    """For each thread its locations; the one of boot comes first."""
    return tuple(_locations(_Thread(graph.machine, thread), met) for thread, met in enumerate(_met(graph)))


def _locations(thread: _Thread, met: _Met) -> tuple[Location, ...]:
    for private, words in met.values():
        thread.meet(private, words)
    # Steps lead to more private states, which are appended on the way.
    return tuple(thread.location(number, private) for number, private in enumerate(thread.privates))


_Met: TypeAlias = dict[int, tuple[ThreadState, set[int]]]


def _met(graph: Graph) -> list[_Met]:
    """For each thread the private states of a graph, and the values that the word of its operation had in each."""
    met_by_thread: list[_Met] = [{} for _ in graph.machine.threads]
    product = graph.product
    for packed in graph.packed:
        memory = product.context(packed).memory
        for thread, met in enumerate(met_by_thread):
            private = product.private(packed, thread)
            _, values = met.setdefault(id(private), (private, set()))
            if private.pending is not None and private.pending.index >= 0:
                values.add(memory[private.pending.index])
    return met_by_thread


@define(eq=False)
class _Thread:
    """A thread whose private states get numbers as they come up; `words` are the values that each was met with."""

    machine: Machine
    index: int
    privates: list[ThreadState] = field(factory=list)
    numbers: dict[Hashable, int] = field(factory=dict)
    words: dict[int, set[int]] = field(factory=dict)

    def meet(self, private: ThreadState, words: set[int]) -> None:
        self.words.setdefault(self.number(private), set()).update(words)

    def number(self, private: ThreadState) -> int:
        own = evolve(private, window=None, passed=())
        number = self.numbers.setdefault(thread_key(self.machine.program, own), len(self.privates))
        if number == len(self.privates):
            self.privates.append(own)
        return number

    def location(self, number: int, private: ThreadState) -> Location:
        operation = private.pending
        drain = self.drain(private) if moves.can_drain(private) else None
        if operation is None or moves.wait_of(private, FREE, self.index) is not None:
            return Location(private, -1, {}, (), drain)
        if operation.index < 0 or operation.kind.blind:
            return Location(private, -1, {self.step(private, 0): ()}, (), drain)
        values = sorted(self.words.get(number, ()))
        blocked = tuple(value for value in values if moves.is_blocked(private, value, self.index))
        steps: dict[Action, tuple[int, ...]] = {}
        for value in values:
            if value not in blocked:
                action = self.step(private, value)
                steps[action] = (*steps.get(action, ()), value)
        return Location(private, operation.index, steps, blocked, drain)

    def step(self, private: ThreadState, word: int) -> Action:
        automaton = self.machine.automata[self.index]
        watched = evolve(private, passed=(0,) * len(automaton.thread.watched))
        assert private.pending is not None
        return self.action(private.pending.index, private, automaton.advance(watched, word))

    def drain(self, private: ThreadState) -> Action:
        return self.action(private.buffer[0].index, private, self.machine.automata[self.index].drain(private))

    def action(self, index: int, private: ThreadState, result: Advance) -> Action:
        target = self.number(result.private)
        passed = result.private.passed
        return Action(index, result.store, private.effects, result.effects, passed, result.ending, target)


def effects(locations: Sequence[Location]) -> Iterator[Effect]:
    """All marks of a thread, as often as they come up."""
    for location in locations:
        for action in location.actions():
            yield from (*action.before, *action.after)
