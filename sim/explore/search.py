# SPDX-License-Identifier: GPL-2.0-or-later
"""Breadth-first search over all schedules: three honest verdicts, and the shortest witness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

from attrs import define, field, frozen

from sim.explore.product import Product, TooManyPrivateStates
from sim.machine.machine import Machine
from sim.machine.state import Outcome

_REPORT_EVERY = 20_000


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
    product = Product(machine)
    while True:
        try:
            return _Search(product, goal, bound or Bound(), on_progress).run()
        except TooManyPrivateStates:
            product.pack(product.bits * 2)


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
            following: list[int] = []
            stop, ended = self.expand(self.levels[-1], seen, following)
            target = self.note(ended)
            self.levels.append(following)
        if target is not None:
            verdict, stop = Verdict.REACHABLE, ""
        else:
            verdict = Verdict.UNDECIDED if stop else Verdict.UNREACHABLE
        witness = self.way_to(target) if target is not None else None
        return Search(verdict, witness, len(seen), self.transitions, frozenset(self.outcomes), stop)

    def expand(self, level: list[int], seen: set[int], following: list[int]) -> tuple[str, list[int]]:
        """Add the new successors of a level; the bound that was hit ("" for none), and the states without a step."""
        tables = list(zip(self.product.masks, self.product.moves, range(len(self.product.moves)), strict=True))
        move = self.product.move
        ended: list[int] = []
        transitions = 0
        for position, state in enumerate(level):
            before = transitions
            for mask, known, thread in tables:
                masked = state & mask
                step = known[masked] if masked in known else move(thread, masked)
                if step is not None:
                    transitions += 1
                    after = state + step
                    if after not in seen:
                        seen.add(after)
                        following.append(after)
            if transitions == before:
                ended.append(state)
            if position % _REPORT_EVERY == 0 and (stop := self.stopped(seen, level)):
                return stop, ended
        self.transitions += transitions
        return "", ended

    def stopped(self, seen: set[int], level: list[int]) -> str:
        """The bound that the search has hit; "" for none."""
        if len(seen) > self.bound.states:
            return f"more than {self.bound.states} states"
        if self.on_progress and not self.on_progress(Progress(len(seen), len(level), len(self.levels))):
            return "cancelled"
        return ""

    def note(self, ended: list[int]) -> int | None:
        """Note how runs ended in states without a step; the first one whose outcome is the goal's."""
        found = None
        for state in ended:
            outcome = self.outcome(state)
            self.outcomes.add(outcome)
            if outcome is self.goal and found is None:
                found = state
        return found

    def outcome(self, state: int) -> Outcome:
        """How the run ended in a state without a step."""
        known = self.product.context(state).outcome
        return known if known is not Outcome.OPEN else self.product.machine.stuck(self.product.unpacked(state)).outcome

    def successors(self, state: int) -> Iterator[tuple[int, int]]:
        """(thread, state after its step) for each thread that can move."""
        for thread, (mask, known) in enumerate(zip(self.product.masks, self.product.moves, strict=True)):
            masked = state & mask
            step = known[masked] if masked in known else self.product.move(thread, masked)
            if step is not None:
                yield thread, state + step

    def way_to(self, target: int) -> tuple[int, ...]:
        """A shortest schedule to a state of the last level that was expanded."""
        schedule: list[int] = []
        for level in reversed(self.levels[:-2]):
            thread, target = next(
                (t, state) for state in level for t, after in self.successors(state) if after == target
            )
            schedule.append(thread)
        return tuple(reversed(schedule))
