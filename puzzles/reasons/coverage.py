# SPDX-License-Identifier: GPL-2.0-or-later
"""For how many threads a claim names no line, although there is one that bears: what it lacks to be at par."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve, field

from puzzles.levels import Level
from puzzles.limits.bounds import REASONS
from puzzles.limits.guard import limits as limits_from
from puzzles.reasons.judging import judge_of
from sim import Machine
from sim.explore import Halted, Limits, Progress
from sim.reasons import Judge, Statement


@define(eq=False)
class Coverage:
    """Which threads of a level's machine, whose goal no schedule reaches, execute a statement that bears.

    Each thread is searched for once.
    """

    level: Level
    machine: Machine
    _has: dict[int, bool] = field(factory=dict)

    def missing(self, named: Iterable[Statement], limits: Limits | None = None) -> int:
        """For how many threads none of these statements, which bear, is executed, and another one is that bears.

        A statement is tried as far as `oomrace reasons` tries it, if `limits` allow as much. Raises Halted where the
        time for that is over.
        """
        allowed = limits or limits_from(REASONS)
        allowed = evolve(allowed, states=min(allowed.states, REASONS.states))
        judge = judge_of(self.level, self.machine, allowed)
        covered = frozenset[int]().union(*map(judge.threads, named))
        others = frozenset(range(len(self.machine.threads))) - covered
        return sum(self._has_reason(judge, thread, allowed) for thread in sorted(others))

    def _has_reason(self, judge: Judge, thread: int, limits: Limits) -> bool:
        if thread not in self._has:
            reason = next(judge.reasons_of(frozenset((thread,))), None)
            if reason is None and (why := limits.watch(Progress(0, 0, 0))):
                raise Halted(why)
            self._has[thread] = reason is not None
        return self._has[thread]
