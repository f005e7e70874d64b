# SPDX-License-Identifier: GPL-2.0-or-later
"""Breadth-first search over all schedules: three honest verdicts, and the shortest witness."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from attrs import define, field, frozen

from sim.explore.bitmaps import Bitmaps, choose_lead
from sim.explore.product import Product, explored, int_bytes
from sim.machine.machine import Machine
from sim.machine.state import Outcome

_CHUNK = 4000
_TRIAL = 20_000
_CANCELLED, _WITNESS = "cancelled", "it can be reached"


class Verdict(Enum):
    """What a search can say: never one dressed as another."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    UNDECIDED = "undecided"


@frozen
class Bound:
    """How far a search may go: states stored, and bytes of memory for them and for what is known of their moves."""

    states: int = 5_000_000
    memory: int = 1 << 30

    def hit(self, states: int, memory: int) -> str:
        """The bound that a search has hit; "" for none."""
        if states > self.states:
            return f"more than {self.states} states"
        return f"more than {_bytes(self.memory)} of memory" if memory > self.memory else ""


@frozen
class Progress:
    """How far a search has come: states stored, and those that wait; their depth where the search goes by depth."""

    states: int
    frontier: int
    depth: int


@frozen
class Search:
    """What a search found.

    `witness` is a shortest schedule, moves in order, that reaches the outcome asked for; `states` and `transitions`
    count distinct states stored and moves made from them (those that change nothing included); `outcomes` are the
    outcomes of the ended runs that were met; `bound` names what stopped an undecided search. `memory` says about how
    many bytes all this took.
    """

    verdict: Verdict
    witness: tuple[int, ...] | None
    states: int
    transitions: int
    outcomes: frozenset[Outcome]
    bound: str = ""
    memory: int = 0


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


def _bytes(count: int) -> str:
    for shift, unit in ((30, "GiB"), (20, "MiB")):
        if count and count % (1 << shift) == 0:
            return f"{count >> shift} {unit}"
    return f"{count} bytes"


@define(eq=False)
class _Search:
    """A search by depth.

    Where the goal is not among the first states, bitmaps are asked whether it can be reached at all, if they pay; only
    if it can does this search go on, for a shortest witness.
    """

    product: Product
    goal: Outcome | None
    bound: Bound
    on_progress: Callable[[Progress], bool] | None
    seen: set[int] = field(factory=set)
    levels: list[list[int]] = field(factory=list)
    transitions: int = 0
    outcomes: set[Outcome] = field(factory=set)
    most_memory: int = 0

    def run(self) -> Search:
        self.seen = {self.product.start}
        self.levels = [[self.product.start]]
        trial = True
        while self.levels[-1]:
            target, stop = self.deepen()
            if target is not None:
                return self.found(Verdict.REACHABLE, self.way_to(target))
            if stop:
                return self.found(Verdict.UNDECIDED, None, stop)
            if trial and len(self.seen) > _TRIAL:
                trial = False
                if found := self.found_with_bitmaps():
                    return found
        return self.found(Verdict.UNREACHABLE)

    def found(self, verdict: Verdict, witness: tuple[int, ...] | None = None, stop: str = "") -> Search:
        outcomes = frozenset(self.outcomes)
        return Search(verdict, witness, len(self.seen), self.transitions, outcomes, stop, self.most_memory)

    def deepen(self) -> tuple[int | None, str]:
        """Expand the last level; an ended state with the goal's outcome, and why to stop."""
        level = self.levels[-1]
        following: set[int] = set()
        target, stop = None, ""
        for start in range(0, len(level), _CHUNK):
            ended = self.expand(level[start : start + _CHUNK], following)
            target = self.note(ended) if target is None else target
            stop = self.stopped(following)
            if stop:
                break
        following = following - self.seen  # not `-=`: that would go through all that was seen
        self.seen |= following
        self.levels.append(list(following))
        return target, stop

    def expand(self, states: Sequence[int], following: set[int]) -> Sequence[int]:
        """Add the successors of some states; the states from which no move can be made."""
        idle: Sequence[int] = states
        for place, moves in enumerate(self.product.moves):
            mask = moves.mask
            steps = [moves[state & mask] for state in states]
            after = [state + step for state, step in zip(states, steps, strict=True) if step is not None]
            if place == 0:
                idle = [state for state, step in zip(states, steps, strict=True) if step is None]
            elif idle:
                idle = [state for state in idle if moves[state & mask] is None]
            self.transitions += len(after)
            following.update(after)
        return idle

    def stopped(self, following: set[int]) -> str:
        """Why to stop; "" to go on."""
        states = len(self.seen) + len(following)
        if states > self.bound.states:
            states = len(self.seen | following)
        return self.hit(states, self.memory(following)) or self.told(states, len(self.levels[-1]), len(self.levels))

    def hit(self, states: int, memory: int) -> str:
        self.most_memory = max(self.most_memory, memory)
        return self.bound.hit(states, memory)

    def told(self, states: int, frontier: int, depth: int) -> str:
        cancelled = self.on_progress and not self.on_progress(Progress(states, frontier, depth))
        return _CANCELLED if cancelled else ""

    def memory(self, following: set[int]) -> int:
        """About how many bytes the states, their levels and the product's tables take."""
        one = int_bytes(self.product.widest)
        states = (len(self.seen) + len(following)) * one + sys.getsizeof(self.seen) + sys.getsizeof(following)
        return states + sum(map(sys.getsizeof, self.levels)) + self.product.memory()

    def found_with_bitmaps(self) -> Search | None:
        """What bitmaps can decide: None where they do not pay, the goal can be reached, or a bound was hit first."""
        lead = choose_lead(self.product, self.seen)
        if lead is None:
            return None
        whole = Bitmaps(self.product, lead)
        before = self.memory(set())

        def stop() -> str:
            if self.goal in whole.outcomes:
                return _WITNESS
            return self.hit(whole.states, before + whole.memory()) or self.told(whole.states, whole.waits, 0)

        why = whole.run(stop)
        if why and why != _CANCELLED and self.goal is not None:
            return None
        verdict = Verdict.UNDECIDED if why else Verdict.UNREACHABLE
        outcomes = frozenset(whole.outcomes)
        return Search(verdict, None, whole.states, whole.transitions, outcomes, why, self.most_memory)

    def note(self, ended: Sequence[int]) -> int | None:
        """Note how runs ended in states without a move; one whose outcome is the goal's."""
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
            move, target = next((m, state) for state in level for m, after in self.successors(state) if after == target)
            schedule.append(move)
        return tuple(reversed(schedule))

    def successors(self, state: int) -> Iterator[tuple[int, int]]:
        """(move, state after it) for each move that can be made."""
        for moves in self.product.moves:
            step = moves[state & moves.mask]
            if step is not None:
                yield moves.move, state + step
