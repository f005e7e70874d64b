# SPDX-License-Identifier: GPL-2.0-or-later
"""Trials of the marks that headers name: each once for a level hash and a mark, and what the claim lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import define, field

from puzzles.judging.claims import Settled
from puzzles.levels import Level, level_hash
from puzzles.reasons.because import mark_text, named
from puzzles.reasons.claim import Claimed, tried_all
from puzzles.reasons.coverage import Coverage, ProvedReason
from puzzles.reasons.judging import judge_of
from sim import Machine
from sim.explore import Halted, Limits
from sim.reasons import Bearing, Statement


@define(eq=False)
class Trials:
    """What was tried already, by level hash and mark. What was not decided is tried again.

    `proved` says of a level which lines are proved to bear, as Coverage has it.
    """

    proved: Callable[[Level], frozenset[ProvedReason] | None] = lambda _: None
    _tried: dict[tuple[str, str], tuple[Bearing | None, frozenset[Statement]]] = field(factory=dict)
    _coverages: dict[str, Coverage] = field(factory=dict)
    _missing: dict[tuple[str, frozenset[str]], int | None] = field(factory=dict)
    _settled: dict[str, Settled] = field(factory=dict)

    def keep(self, level: Level, claimed: Claimed) -> None:
        """Keep what has been found of a claim about a level as it is, as far as it is right."""
        if claimed.settled is not None and claimed.settled.right:
            self._settled[level_hash(level)] = claimed.settled
        marks = {mark_text(mark.statement): mark.gone for mark in claimed.marks if claimed.right}
        for text, gone in marks.items():
            self._tried[level_hash(level), text] = Bearing.BEARS, gone
        if marks:
            self._missing[level_hash(level), frozenset(marks)] = claimed.missing

    def settled(self, level: Level) -> Settled | None:
        """That a level as it is is safe, where a claim that was kept said so."""
        return self._settled.get(level_hash(level))

    def bearing(self, level: Level, machine: Machine, mark: str, limits: Limits | None = None) -> Bearing | None:
        """What is to be said of a mark of a level, whose own machine this is; None where it names no statement."""
        return self._try(level, machine, mark, limits)[0]

    def _try(
        self, level: Level, machine: Machine, mark: str, limits: Limits | None
    ) -> tuple[Bearing | None, frozenset[Statement]]:
        key = level_hash(level), mark
        if key in self._tried:
            return self._tried[key]
        answer = tried_all(judge_of(level, machine, limits), named(machine.program, mark))
        if answer[0] is not Bearing.UNDECIDED:
            self._tried[key] = answer
        return answer

    def missing(self, level: Level, machine: Machine, marks: Iterable[str], limits: Limits | None = None) -> int | None:
        """For how many threads a claim with these marks, which bear, names no line; None where that is not known."""
        key = level_hash(level), frozenset(marks)
        if key not in self._missing:
            coverage = self._coverages.setdefault(key[0], Coverage(level, machine, self.proved(level)))
            statements = [statement for mark in key[1] for statement in self._try(level, machine, mark, limits)[1]]
            try:
                self._missing[key] = coverage.missing(statements, limits)
            except Halted:
                return None
        return self._missing[key]
