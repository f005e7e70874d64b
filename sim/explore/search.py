# SPDX-License-Identifier: GPL-2.0-or-later
"""Breadth-first search over all schedules: three honest verdicts, and the shortest witness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import field

from sim.classes import define, frozen
from sim.explore.bitmaps import Bitmaps, choose_lead
from sim.explore.limits import Halted, Limits, Meter, Progress, TooMany, growth
from sim.explore.product import Product, explored
from sim.machine.machine import Machine
from sim.machine.state import Outcome

_CHUNK = 4000
_TRIAL = 20_000


class Verdict(Enum):
    """What a search can say: never one dressed as another."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    UNDECIDED = "undecided"


@frozen
class Search:
    """What a search found.

    `witness` is a shortest schedule, moves in order, that reaches the outcome asked for; `states` and `transitions`
    count distinct states stored and moves made from them (those that change nothing included); `outcomes` are the
    outcomes of the ended runs that were met; `bound` says what stopped an undecided search.
    """

    verdict: Verdict
    witness: tuple[int, ...] | None
    states: int
    transitions: int
    outcomes: frozenset[Outcome]
    bound: str = ""


def explore(machine: Machine, goal: Outcome | None, limits: Limits | None = None) -> Search:
    """Search all schedules of a machine for an outcome of an ended run; without one, the whole state space.

    The condition of the machine's own goal counts where the outcome is its own.
    Raises CompileError as Machine.boot.
    """
    return explored(machine, limits, lambda product: _Search(product, goal).run())


@define(eq=False)
class _Search:
    """A search by depth.

    Where the goal is not among the first states, bitmaps are asked whether it can be reached at all, if they pay; only
    if it can does this search go on, for a shortest witness.
    """

    product: Product
    goal: Outcome | None
    meter: Meter = field(init=False)
    seen: set[int] = field(factory=set)
    depths: list[list[int]] = field(factory=list)
    transitions: int = 0
    outcomes: set[Outcome] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.meter = self.product.meter
        self.meter.progress = self.progress

    def run(self) -> Search:
        self.seen = {self.product.start}
        self.depths = [[self.product.start]]
        try:
            return self.searched()
        except Halted as halt:
            return self.result(Verdict.UNDECIDED, None, str(halt))

    def searched(self) -> Search:
        trial = True
        while self.depths[-1]:
            target = self.deepen()
            if target is not None:
                return self.result(Verdict.REACHABLE, self.way_to(target))
            if trial and len(self.seen) > _TRIAL:
                trial = False
                if search := self.decided_by_bitmaps():
                    return search
        return self.result(Verdict.UNREACHABLE)

    def result(self, verdict: Verdict, witness: tuple[int, ...] | None = None, bound: str = "") -> Search:
        return Search(verdict, witness, len(self.seen), self.transitions, frozenset(self.outcomes), bound)

    def progress(self) -> Progress:
        return Progress(len(self.seen), len(self.depths[-1]), len(self.depths), growth(self.tables()))

    def tables(self) -> Iterator[set[int] | dict[int, int | None]]:
        yield self.seen
        yield from self.product.moves

    def deepen(self) -> int | None:
        """Expand the last depth; an ended state with the goal's outcome, and then not all of that depth."""
        deepest = self.depths[-1]
        following: list[int] = []
        for start in range(0, len(deepest), _CHUNK):
            target = self.note(self.expand(deepest[start : start + _CHUNK], following))
            if target is not None:
                return target
            self.meter.store(len(self.seen))
            self.meter.spend(_CHUNK * len(self.product.moves))
        self.depths.append(following)
        return None

    def expand(self, states: Sequence[int], following: list[int]) -> Sequence[int]:
        """Add the successors of some states that were not seen; the states from which no move can be made."""
        idle: Sequence[int] = states
        for place, moves in enumerate(self.product.moves):
            mask = moves.mask
            steps = [moves[state & mask] for state in states]
            after = {state + step for state, step in zip(states, steps, strict=True) if step is not None}
            if place == 0:
                idle = [state for state, step in zip(states, steps, strict=True) if step is None]
            elif idle:
                idle = [state for state in idle if moves[state & mask] is None]
            self.transitions += len(steps) - steps.count(None)
            after = after - self.seen  # not `-=`: that would go through all that was seen
            self.seen |= after
            following += after
        return idle

    def decided_by_bitmaps(self) -> Search | None:
        """What bitmaps can decide: None where they do not pay, the goal can be reached, or states were too many."""
        lead = choose_lead(self.product, self.seen)
        if lead is None:
            return None
        whole = Bitmaps(self.product, lead)
        verdict, bound = Verdict.UNREACHABLE, ""
        self.meter.progress = whole.progress
        try:
            if whole.run(self.goal):
                return None
        except Halted as halt:
            if isinstance(halt, TooMany) and self.goal is not None:
                return None
            verdict, bound = Verdict.UNDECIDED, str(halt)
        finally:
            self.meter.progress = self.progress
        return Search(verdict, None, whole.states, whole.transitions, frozenset(whole.outcomes), bound)

    def note(self, ended: Sequence[int]) -> int | None:
        """Note how runs ended in states without a move; one whose outcome is the goal's."""
        target = None
        for state in ended:
            outcome = self.product.ended_as(state)
            self.outcomes.add(outcome)
            if target is None and self.product.reaches(state, outcome, self.goal):
                target = state
        return target

    def way_to(self, target: int) -> tuple[int, ...]:
        """A shortest schedule to a state of the last depth that was expanded."""
        schedule: list[int] = []
        for states in reversed(self.depths[:-1]):
            move, target = self.step_to(target, states)
            schedule.append(move)
        return tuple(reversed(schedule))

    def step_to(self, target: int, states: Sequence[int]) -> tuple[int, int]:
        """A move that leads to a state from one of these, and that state."""
        for state in states:
            self.meter.spend(len(self.product.moves))
            for move, after in self.successors(state):
                if after == target:
                    return move, state
        raise AssertionError("a state was reached from nowhere")

    def successors(self, state: int) -> Iterator[tuple[int, int]]:
        """(move, state after it) for each move that can be made."""
        for moves in self.product.moves:
            step = moves[state & moves.mask]
            if step is not None:
                yield moves.move, state + step
