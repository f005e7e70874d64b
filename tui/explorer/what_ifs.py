# SPDX-License-Identifier: GPL-2.0-or-later
"""The answers to the questions of a level, as the explorer finds them. What was not searched for yet raises Unknown."""

from __future__ import annotations

from functools import partial

from attrs import define, field, frozen

from puzzles.judging.claims import Answer, Settled, settle
from puzzles.levels import Level, LevelError, Pack, build_machine, changed
from puzzles.levels.twins import twins
from puzzles.limits.bounds import REASONS, WHAT_IF, Bounds
from puzzles.limits.guard import limits
from puzzles.reasons.claim import TriedMark, put
from sim import Machine
from sim.explore import ProgressWatch
from sim.reasons import Statement
from tui.explorer.searching import Topic, Unknown


@frozen
class WhatIfAnswer:
    """The level as a question changes it, its machine, and whether that is safe.

    `twins` are the ids of the levels of the pack that play like it. `marks` are the statements of the player's claim
    that the level is safe, tried on this machine where it is safe, too.
    """

    level: Level
    machine: Machine
    settled: Settled
    twins: tuple[str, ...]
    marks: tuple[TriedMark, ...] = ()


@define(eq=False)
class WhatIfs:
    """The answers to the questions of a level, by their number from 1."""

    level: Level
    bounds: Bounds = WHAT_IF
    _answers: dict[int, WhatIfAnswer | LevelError] = field(factory=dict)

    def answer(self, number: int, pack: Pack | None, claimed: tuple[Statement, ...] = ()) -> WhatIfAnswer:
        """The answer to a question; twins are looked for in a pack, `claimed` are the statements of a right claim.

        Raises Unknown, and LevelError where the change does not fit the level.
        """
        if number not in self._answers:
            raise Unknown(Topic.WHAT_IF, partial(self.search, number, pack, claimed))
        answer = self._answers[number]
        if isinstance(answer, LevelError):
            raise answer
        return answer

    def search(self, number: int, pack: Pack | None, claimed: tuple[Statement, ...], watch: ProgressWatch) -> None:
        """Search for the answer to a question."""
        try:
            level = changed(self.level, self.level.what_ifs[number - 1])
            machine = build_machine(level)
        except LevelError as problem:
            self._answers[number] = problem
            return
        try:
            settled = settle(machine, limits(self.bounds, watch))
        except MemoryError:
            settled = Settled(Answer.UNDECIDED, 0, 0, bound="all memory was taken")
        alike = tuple(id_ for id_, _ in twins(pack, machine) if id_ != level.id)
        marks = _tried(level, machine, settled, claimed, watch) if level.source == self.level.source else ()
        self._answers[number] = WhatIfAnswer(level, machine, settled, alike, marks)


def _tried(
    level: Level, machine: Machine, settled: Settled, claimed: tuple[Statement, ...], watch: ProgressWatch
) -> tuple[TriedMark, ...]:
    """Statements of a claim on the machine of the same kernel; nothing where that is not safe."""
    if not settled.right or not claimed:
        return ()
    try:
        return put(level, machine, claimed, limits(REASONS, watch), lambda: settled).marks
    except MemoryError:
        return ()
