# SPDX-License-Identifier: GPL-2.0-or-later
"""Exhaustive search with bitmaps: states that differ only in one thread's private state move together.

That thread is the lead. A bundle is a packed state without the lead's number, and an integer whose bits say with which
numbers it was reached. A move of another thread takes a whole bundle along; what the lead's own moves make of a set of
numbers in a context is worked out once. States do not come up in order of their depth, so there is no witness.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import field

from sim.classes import define
from sim.explore.limits import Progress, growth
from sim.explore.product import MoveTable, Product
from sim.machine.state import Outcome

_SMALL_BUNDLE = 3
_CHUNK = 256
_WORK = 20  # of taking one bundle, as a Meter counts it
# The lead's numbers reached within a context; and for those that leave it, what is added to the context's number.
_Spread: TypeAlias = tuple[int, tuple[tuple[int, int], ...]]


def choose_lead(product: Product, seen: set[int]) -> int | None:
    """The thread with the largest bundles among some reachable states; None where they are too small to pay."""
    fields = {moves.thread: product.private_mask << moves.shift for moves in product.moves}
    bundles = {thread: len({state & ~own for state in seen}) for thread, own in fields.items()}
    best = min(bundles, key=lambda thread: bundles[thread])
    return best if bundles[best] * _SMALL_BUNDLE < len(seen) else None


@define(eq=False)
class Bitmaps:
    """A search of all states of a product; `run` fills in the counts and the outcomes of ended runs."""

    product: Product
    lead: int
    states: int = 0
    transitions: int = 0
    outcomes: set[Outcome] = field(factory=set)
    reached: bool = False
    _bundles: dict[int, int] = field(factory=dict)
    _waiting: list[tuple[int, int]] = field(factory=list)
    _own: list[MoveTable] = field(init=False)
    _others: list[MoveTable] = field(init=False)
    _able: list[dict[int, int]] = field(init=False)
    _spreads: dict[tuple[int, int], _Spread] = field(factory=dict)
    _shift: int = field(init=False)
    _goal: Outcome | None = None

    def __attrs_post_init__(self) -> None:
        """Tell the lead's moves from the others, and begin with the boot state."""
        self._own = [moves for moves in self.product.moves if moves.thread == self.lead]
        self._others = [moves for moves in self.product.moves if moves.thread != self.lead]
        self._able = [{} for _ in self._own]
        self._shift = self._own[0].shift
        number = self.product.start >> self._shift & self.product.private_mask
        self._waiting.append((self.product.start - (number << self._shift), 1 << number))

    def progress(self) -> Progress:
        """How far the search has come, with the bundles that wait."""
        tables = growth((self._bundles, self._spreads, *self.product.moves))
        return Progress(self.states, len(self._waiting), 0, tables)

    def run(self, goal: Outcome | None) -> bool:
        """Search until nothing new comes up; whether a run reached this goal, which stops it. Raises Halted."""
        meter, self._goal = self.product.meter, goal
        while self._waiting and not self.reached:
            self._take(_CHUNK)
            meter.store(self.states)
            meter.spend(_CHUNK * _WORK)
        return self.reached

    def _take(self, count: int) -> None:
        """Work off some of the bundles that wait."""
        waiting, bundles, spreads, context_mask = self._waiting, self._bundles, self._spreads, self.product.context_mask
        while waiting and count:
            count -= 1
            key, bits = waiting.pop()
            seen = bundles.get(key, 0)
            new = bits & ~seen
            if not new:
                continue
            context = key & context_mask
            spread = spreads.get((context, new))
            if spread is None:
                spread = spreads[context, new] = self._spread(context, new)
            reached, leaving = spread
            fresh = reached & ~seen
            bundles[key] = seen | fresh
            idle = self._count(context, fresh)
            if not self._pass_on(key, fresh) and idle:
                self._note(key, idle)
            for step, left in leaving:
                if left & ~bundles.get(key + step, 0):
                    waiting.append((key + step, left))

    def _count(self, context: int, fresh: int) -> int:
        """Count new states and the lead's moves from them; those in which it has none."""
        self.states += fresh.bit_count()
        idle = fresh
        for able in self._able:
            can = fresh & able.get(context, 0)
            self.transitions += can.bit_count()
            idle &= ~can
        return idle

    def _pass_on(self, key: int, fresh: int) -> bool:
        """Let the other threads take new states along; whether any of them can move."""
        moved = False
        for moves in self._others:
            step = moves[key & moves.mask]
            if step is not None:
                moved = True
                self.transitions += fresh.bit_count()
                if fresh & ~self._bundles.get(key + step, 0):
                    self._waiting.append((key + step, fresh))
        return moved

    def _note(self, key: int, idle: int) -> None:
        """Note how runs ended in states of one bundle without a move."""
        while idle:
            number = idle.bit_length() - 1
            idle ^= 1 << number
            state = key | number << self._shift
            outcome = self.product.ended_as(state)
            self.outcomes.add(outcome)
            self.reached = self.reached or self.product.reaches(state, outcome, self._goal)

    def _spread(self, context: int, bits: int) -> _Spread:
        """What the lead's moves make of a set of its numbers, as often as they do not leave the context."""
        leaving: dict[int, int] = {}
        reached = rest = bits
        self.product.meter.spend(bits.bit_count() * _WORK)
        while rest:
            number = rest.bit_length() - 1
            rest ^= 1 << number
            masked = context | number << self._shift
            for moves, able in zip(self._own, self._able, strict=True):
                step = moves[masked]
                if step is None:
                    continue
                able[context] = able.get(context, 0) | 1 << number
                after = masked + step
                bit, change = 1 << (after >> self._shift), (after & self.product.context_mask) - context
                if change:
                    leaving[change] = leaving.get(change, 0) | bit
                elif not reached & bit:
                    reached |= bit
                    rest |= bit
        return reached, tuple(leaving.items())
