# SPDX-License-Identifier: GPL-2.0-or-later
"""Solo turns: one thread goes on alone, as far as it can, from any state of a product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import field

from sim.classes import define
from sim.explore.product import MoveTable, Product
from sim.machine.state import CIRCLES, Outcome

_WORK = 4  # of following one move, as a Meter counts it


@define(eq=False)
class SoloTurns:
    """Where turns lead, each found out once; states are packed.

    In its turn a thread goes on until it has ended, is blocked or held, the run is over, or it comes back to a state of
    this turn. Each of its stores is drained as soon as it waits; if `late`, only where its thread has not ended and
    cannot step.
    """

    product: Product
    late: bool = False
    _steps: list[MoveTable] = field(init=False)
    _drains: dict[int, MoveTable] = field(init=False)
    _ends: list[dict[int, int]] = field(init=False)
    _followed: int = 0
    _won_rounds: set[tuple[int, int]] = field(factory=set)
    _won: dict[int, bool] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Nothing is known yet."""
        moves = self.product.moves
        self._steps = [table for table in moves if table.move >= 0]
        self._drains = {table.thread: table for table in moves if table.move < 0}
        self._ends = [{} for _ in self._steps]

    @property
    def stored(self) -> int:
        """How many states are stored: of those a turn can begin in, and of the one that is followed."""
        return sum(map(len, self._ends)) + self._followed

    def end(self, thread: int, state: int) -> int:
        """Where the turn of a thread ends that begins in a state. Raises TooNarrow, Halted."""
        end = self._ends[thread].get(state)
        return self._learn(thread, state) if end is None else end

    def path(self, thread: int, state: int) -> Iterator[tuple[int, int]]:
        """(move, state after it) for each move of a turn; if it ends in a circle, up to where that is closed."""
        seen = {state}
        while (following := self._after(thread, state)) is not None:
            yield following
            state = following[1]
            if state in seen:
                return
            seen.add(state)
            self._followed = len(seen)

    def wins(self, thread: int, end: int) -> bool:
        """Whether the goal is reached where a turn of a thread ended."""
        won = self._won.get(end)
        if won is None:
            won = self._won[end] = self._over_at_goal(end)
        return won or (thread, end) in self._won_rounds

    def _over_at_goal(self, state: int) -> bool:
        product, goal = self.product, self.product.machine.goal
        if goal is None or any(table[state & table.mask] is not None for table in product.moves):
            return False
        return product.reaches(state, product.ended_as(state), goal.outcome)

    def _after(self, thread: int, state: int) -> tuple[int, int] | None:
        """The next move of a thread in its turn, and the state after it; None where it cannot go on."""
        self.product.meter.spend(_WORK)
        for table in self._order(thread, state):
            step = table[state & table.mask]
            if step is not None:
                return table.move, state + step
        return None

    def _order(self, thread: int, state: int) -> Sequence[MoveTable]:
        """The moves of a thread that its turn may make, the one to be preferred first."""
        steps, drains = self._steps[thread], self._drains.get(thread)
        if drains is None or (self.late and self.product.private(state, thread).finished):
            return (steps,)
        return (steps, drains) if self.late else (drains, steps)

    def _learn(self, thread: int, state: int) -> int:
        ends, path = self._ends[thread], [state]
        for _, after in self.path(thread, state):
            path.append(after)
            if after in ends:
                break
        last = path[-1]
        if last not in ends and last in path[:-1]:
            self._close(thread, path[path.index(last) :])
        end = ends.setdefault(last, last)
        for before in path:
            ends.setdefault(before, end)
        return ends[state]

    def _close(self, thread: int, circle: list[int]) -> None:
        """Note a circle, first state and last the same: a turn that comes to one of its states ends there again."""
        self._ends[thread].update(zip(circle, circle, strict=True))
        if self._is_goal(thread, circle):
            self._won_rounds.update((thread, state) for state in circle if self.product.condition_holds(state))

    def _is_goal(self, thread: int, circle: list[int]) -> bool:
        goal = self.product.machine.goal
        if goal is None or goal.outcome not in CIRCLES:
            return False
        steps = self._steps[thread]
        if any(before + (steps[before & steps.mask] or 0) != after for before, after in pairwise(circle)):
            return False
        others = [table for table in self.product.moves if table is not steps]
        alone = all(table[state & table.mask] is None for state in circle for table in others)
        return alone or goal.outcome is Outcome.SPIN
