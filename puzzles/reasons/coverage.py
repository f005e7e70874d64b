# SPDX-License-Identifier: GPL-2.0-or-later
"""Which threads execute a line that bears, and for how many of them a claim names none: what it lacks to be at par."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import define, evolve, field

from puzzles.levels import Level
from puzzles.limits.bounds import REASONS
from puzzles.limits.guard import limits as limits_from
from puzzles.reasons.judging import judge_of
from sim import Machine
from sim.explore import Halted, Limits, Progress
from sim.reasons import Judge, Reason, Statement, statements

ProvedReason: TypeAlias = tuple[str, int, str]
"""A statement that bears: the file and line where it begins, and its text."""


@define(eq=False)
class Coverage:
    """Which threads of a level's machine, whose goal no schedule reaches, execute a statement that bears.

    Each thread is searched for once. `proved` are all that bear, where that is proved.
    """

    level: Level
    machine: Machine
    proved: frozenset[ProvedReason] | None = None
    _firsts: dict[int, Reason | None] = field(factory=dict)

    def missing(self, named: Iterable[Statement], limits: Limits | None = None) -> int:
        """For how many threads none of these statements is executed, and one that bears is.

        They are the statements that are named, which bear, and all that goes with them.

        A statement is tried as far as `oomrace reasons` tries it, if `limits` allow as much. Raises Halted where the
        time for that is over.
        """
        judge = self._judge(limits)
        covered = frozenset[int]().union(*map(judge.threads, named))
        if self.proved is not None:
            return len(self._threads_proved(judge) - covered)
        others = (thread for thread in range(len(self.machine.threads)) if thread not in covered)
        return sum(self._first(judge, thread) is not None for thread in others)

    def firsts(self, limits: Limits | None = None) -> tuple[Reason | None, ...]:
        """For each thread the first statement that bears of those that it executes; as `missing`."""
        judge = self._judge(limits)
        return tuple(self._first(judge, thread) for thread in range(len(self.machine.threads)))

    def _threads_proved(self, judge: Judge) -> frozenset[int]:
        own = judge.whole.machine.program
        bearing = (
            each for each in statements(own) if (each.head.file, each.head.line, each.text) in (self.proved or ())
        )
        return frozenset[int]().union(*map(judge.threads, bearing))

    def _judge(self, limits: Limits | None) -> Judge:
        allowed = limits or limits_from(REASONS)
        return judge_of(self.level, self.machine, evolve(allowed, states=min(allowed.states, REASONS.states)))

    def _first(self, judge: Judge, thread: int) -> Reason | None:
        if thread not in self._firsts:
            reason, limits = next(judge.reasons_of(thread), None), judge.whole.limits
            if reason is None and limits is not None and (why := limits.watch(Progress(0, 0, 0))):
                raise Halted(why)
            self._firsts[thread] = reason
        return self._firsts[thread]
