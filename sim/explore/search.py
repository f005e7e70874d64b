# SPDX-License-Identifier: GPL-2.0-or-later
"""Breadth-first search over all schedules: three honest verdicts, and the shortest witness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from attrs import define, field, frozen

from sim.explore.product import Product, explored
from sim.machine.machine import Machine
from sim.machine.state import Outcome

_CHUNK = 20_000


class Verdict(Enum):
    """What a search can say: never one dressed as another."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    UNDECIDED = "undecided"


@frozen
class Bound:
    """How far a search may go: states stored."""

    states: int = 5_000_000


@frozen
class Progress:
    """How far a search has come: states stored, and states of the level that it is expanding."""

    states: int
    frontier: int
    depth: int


@frozen
class Search:
    """What a search found.

    `witness` is a shortest schedule, thread indices in order, that reaches the outcome asked for; `states` and
    `transitions` count distinct states stored and steps taken from them (steps that change nothing included);
    `outcomes` are the outcomes of the ended runs that were met; `bound` names what stopped an undecided search.
    """

    verdict: Verdict
    witness: tuple[int, ...] | None
    states: int
    transitions: int
    outcomes: frozenset[Outcome]
    bound: str = ""


def explore(
    machine: Machine,
    goal: Outcome | None,
    bound: Bound | None = None,
    on_progress: Callable[[Progress], bool] | None = None,
) -> Search:
    """Search all schedules of a machine for an outcome of an ended run; without one, the whole state space.

    `on_progress` is told how far the search has come now and then; when it returns False the search stops. Raises
    CompileError as Machine.boot.
    """
    return explored(machine, lambda product: _Search(product, goal, bound or Bound(), on_progress).run())


def _chunks(states: Sequence[int]) -> Iterator[Sequence[int]]:
    return (states[start : start + _CHUNK] for start in range(0, len(states), _CHUNK))


@define(eq=False)
class _Search:
    product: Product
    goal: Outcome | None
    bound: Bound
    on_progress: Callable[[Progress], bool] | None
    levels: list[list[int]] = field(factory=list)
    transitions: int = 0
    outcomes: set[Outcome] = field(factory=set)

    def run(self) -> Search:
        seen = {self.product.start}
        self.levels = [[self.product.start]]
        stop, target = "", None
        while self.levels[-1] and not stop and target is None:
            following: set[int] = set()
            for part in _chunks(self.levels[-1]):
                ended = self.expand(part, seen, following)
                target = self.note(ended) if target is None else target
                stop = self.stopped(len(seen), len(self.levels[-1]))
                if stop:
                    break
            self.levels.append(list(following))
        if target is not None:
            return self.found(Verdict.REACHABLE, self.way_to(target), len(seen), "")
        return self.found(Verdict.UNDECIDED if stop else Verdict.UNREACHABLE, None, len(seen), stop)

    def found(self, verdict: Verdict, witness: tuple[int, ...] | None, states: int, stop: str) -> Search:
        return Search(verdict, witness, states, self.transitions, frozenset(self.outcomes), stop)

    def expand(self, states: Sequence[int], seen: set[int], following: set[int]) -> Sequence[int]:
        """Add the new successors of some states; the states from which no thread can move."""
        idle = states
        for thread, (mask, known) in enumerate(zip(self.product.masks, self.product.moves, strict=True)):
            for masked in {state & mask for state in states}:
                if masked not in known:
                    self.product.move(thread, masked)
            steps = [known[state & mask] for state in states]
            self.transitions += len(steps) - steps.count(None)
            idle = [state for state in idle if known[state & mask] is None]
            after = {state + step for state, step in zip(states, steps, strict=True) if step}
            after -= seen
            following |= after
            seen |= after
        return idle

    def stopped(self, states: int, frontier: int) -> str:
        """The bound that the search has hit; "" for none."""
        if states > self.bound.states:
            return f"more than {self.bound.states} states"
        if self.on_progress and not self.on_progress(Progress(states, frontier, len(self.levels))):
            return "cancelled"
        return ""

    def note(self, ended: Sequence[int]) -> int | None:
        """Note how runs ended in states without a step; one whose outcome is the goal's."""
        found = None
        for state in ended:
            outcome = self.product.ended_as(state)
            self.outcomes.add(outcome)
            if outcome is self.goal and found is None:
                found = state
        return found

    def way_to(self, target: int) -> tuple[int, ...]:
        """A shortest schedule to a state of the last level that was expanded."""
        schedule: list[int] = []
        for level in reversed(self.levels[:-2]):
            thread, target = next(
                (t, state) for state in level for t, after in self.successors(state) if after == target
            )
            schedule.append(thread)
        return tuple(reversed(schedule))

    def successors(self, state: int) -> Iterator[tuple[int, int]]:
        """(thread, state after its step) for each thread that can move."""
        for thread, (mask, known) in enumerate(zip(self.product.masks, self.product.moves, strict=True)):
            step = known[state & mask]
            if step is not None:
                yield thread, state + step
