# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer has found out about the machine of a game. What was not searched for yet raises Unknown."""

from __future__ import annotations

from functools import partial

from attrs import define, field, frozen

from puzzles.judging.claims import Answer, Settled, settle
from puzzles.levels import Level
from puzzles.limits.bounds import CLAIM, HINT, REASONS, Bounds
from puzzles.limits.guard import limits
from puzzles.reasons.claim import Claimed, put
from puzzles.reasons.coverage import Coverage
from sim import Machine, State
from sim.debugger import Moment
from sim.explore import Advisor, Best, Halted, ProgressWatch, advisor, way_from
from sim.reasons import Reason, Statement
from tui.explorer.searching import Topic, Unknown

_NO_MEMORY = "all memory was taken"


@frozen
class Plan:
    """The best way from a moment to the goal, None where there is none, among all of up to `within` steps (None: all).

    `problem` says why none is known.
    """

    best: Best | None
    within: int | None = None
    problem: Halted | None = None


@define(eq=False)
class Analysis:
    """Distances to the goal from every state, the best way from a moment, and whether the machine is safe."""

    machine: Machine = field(repr=False)
    for_advice: Bounds = HINT
    for_claims: Bounds = CLAIM
    for_reasons: Bounds = REASONS
    _advice: Advisor | Halted | None = field(default=None, init=False, repr=False)
    _planned: tuple[Moment, Plan] | None = field(default=None, init=False, repr=False)
    _settled: Settled | None = field(default=None, init=False)
    _claims: dict[tuple[Statement, ...], Claimed] = field(factory=dict, init=False, repr=False)
    _coverage: Coverage | None = field(default=None, init=False, repr=False)
    _firsts: tuple[Reason | None, ...] | Halted | None = field(default=None, init=False, repr=False)

    def distance(self, state: State) -> int | None:
        """The fewest steps from a state to the goal; None where it is out of reach.

        Raises Unknown, and Halted where a search did not tell.
        """
        if self._advice is None:
            raise self._distances_unknown()
        if isinstance(self._advice, Halted):
            raise Halted(*self._advice.args)
        return self._advice.distance(state)

    @property
    def unsearched(self) -> Unknown | None:
        """What must be searched for before there is advice; None once that is done."""
        return None if self._advice else self._distances_unknown()

    def _distances_unknown(self) -> Unknown:
        return Unknown(Topic.REACH, self.search_distances)

    def plan(self, moment: Moment) -> Plan:
        """The best way from a moment to the goal. Raises Unknown, and Halted where a search did not tell."""
        if self._planned is None or self._planned[0] is not moment:
            raise Unknown(Topic.PLAN, partial(self.search_plan, moment))
        plan = self._planned[1]
        if plan.problem:
            raise plan.problem
        return plan

    @property
    def settled(self) -> Settled:
        """Whether the machine is safe. Raises Unknown."""
        if self._settled is None:
            raise Unknown(Topic.CLAIM, self.settle)
        return self._settled

    def claimed(self, level: Level, marks: tuple[Statement, ...]) -> Claimed:
        """What becomes of the claim that the machine is safe because of these statements. Raises Unknown."""
        if marks not in self._claims:
            raise Unknown(Topic.CLAIM, partial(self.put, level, marks))
        return self._claims[marks]

    def put(self, level: Level, marks: tuple[Statement, ...], watch: ProgressWatch) -> None:
        """Put a claim with its reasons to the explorer."""
        try:
            allowed, settled = limits(self.for_claims, watch), partial(self._settle, watch)
            self._claims[marks] = put(level, self.machine, marks, allowed, settled, self._covering(level))
        except MemoryError:
            self._claims[marks] = Claimed((), Settled(Answer.UNDECIDED, 0, 0, bound=_NO_MEMORY))

    def first_reasons(self, level: Level) -> tuple[Reason | None, ...]:
        """For each thread the first statement that bears of those that it executes, of a machine that is safe.

        Raises Unknown, and Halted where a search did not tell.
        """
        if self._firsts is None:
            raise Unknown(Topic.REASONS, partial(self.search_reasons, level))
        if isinstance(self._firsts, Halted):
            raise Halted(*self._firsts.args)
        return self._firsts

    def search_reasons(self, level: Level, watch: ProgressWatch) -> None:
        """Search for them."""
        try:
            self._firsts = self._covering(level).firsts(limits(self.for_reasons, watch))
        except Halted as halt:
            self._firsts = halt
        except MemoryError:
            self._firsts = Halted(_NO_MEMORY)

    def _covering(self, level: Level) -> Coverage:
        self._coverage = self._coverage or Coverage(level, self.machine)
        return self._coverage

    def _settle(self, watch: ProgressWatch) -> Settled:
        if self._settled is None:
            self.settle(watch)
        return self.settled

    def search_distances(self, watch: ProgressWatch) -> None:
        """Search for advice."""
        try:
            self._advice = advisor(self.machine, limits(self.for_advice, watch))
        except Halted as halt:
            self._advice = halt
        except MemoryError:
            self._advice = Halted(_NO_MEMORY)

    def search_plan(self, moment: Moment, watch: ProgressWatch) -> None:
        """Search for the best way from a moment: in what is known, or where that does not go to its end, from there."""
        asked = limits(self.for_advice, watch)
        advice = self._advice
        try:
            if not isinstance(advice, Advisor) or advice.graph.bound:
                advice = way_from(self.machine, moment.state, asked)
            reachable = advice.distance(moment.state) is not None
            best = advice.plan(moment.state, moment.turn, asked) if reachable else None
            plan = Plan(best, advice.graph.within)
        except Halted as halt:
            plan = Plan(None, None, halt)
        except MemoryError:
            plan = Plan(None, None, Halted(_NO_MEMORY))
        self._planned = moment, plan

    def settle(self, watch: ProgressWatch) -> None:
        """Settle the claim that the machine is safe."""
        try:
            self._settled = settle(self.machine, limits(self.for_claims, watch))
        except MemoryError:
            self._settled = Settled(Answer.UNDECIDED, 0, 0, bound=_NO_MEMORY)
