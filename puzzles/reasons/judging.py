# SPDX-License-Identifier: GPL-2.0-or-later
"""The statements because of which a level is safe."""

from __future__ import annotations

from puzzles.levels import Level, Show
from puzzles.limits.bounds import REASONS
from puzzles.limits.guard import limits as limits_from
from puzzles.reasons.bearing_line import BearingLine
from puzzles.schedules import schedule_line
from sim import Machine
from sim.explore import Limits
from sim.machine.witness import objection
from sim.reasons import Judge, Reason
from sim.reasons.trial import Whole


def judge_of(level: Level, machine: Machine, limits: Limits | None = None) -> Judge:
    """Who judges the statements of a level's machine, whose goal no schedule reaches.

    A trial does its work where the level's masks end as they did, or all that it shows where it shows none. Without
    `limits` they are those of reasons.
    """
    return Judge(Whole(machine, _work(level.show), limits or limits_from(REASONS)))


def bearing_line(reason: Reason) -> BearingLine:
    """A reason in plain values. Its schedule is played without the explorer: AssertionError where it does not hold."""
    head, machine, best = reason.statement.head, reason.race.machine, reason.race.best()
    assert machine.goal is not None
    wrong = objection(machine, machine.goal.outcome, best.schedule, best.preemptions)
    assert not wrong, wrong
    schedule = schedule_line(machine, best.schedule)
    return BearingLine(head.file, head.line, reason.statement.text, schedule, best.preemptions, best.steps)


def _work(show: Show) -> tuple[str, ...]:
    return show.masks or (*show.counters, *show.locks)
