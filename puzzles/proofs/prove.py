# SPDX-License-Identifier: GPL-2.0-or-later
"""Proving a level: can its goal be reached, how well, and how likely by chance."""

from __future__ import annotations

from attrs import frozen

from puzzles.levels import Level, build_machine, level_hash
from puzzles.schedules import schedule_line
from sim.explore import Halted, Limits, Verdict, goals, odds, solve, state_graph


@frozen
class Par:
    """A best result: no schedule needs fewer of both. `schedule` is one that reaches it."""

    preemptions: int
    steps: int
    schedule: str


@frozen
class Proof:
    """What the explorer found out about a level, all of it exact.

    `schedules` and `wins` count complete schedules (None: unbounded); `one_in` tells the chance of a scheduler that
    throws dice as "1 in N", to three digits.
    """

    level_hash: str
    verdict: Verdict
    states: int
    transitions: int
    par: tuple[Par, ...]
    schedules: int | None
    wins: int | None
    one_in: str


class Unproved(Halted):
    """A level that is too large to be proved; the message names the bound.

    `schedule` is one that reaches its goal, "" where none was found before that.
    """

    def __init__(self, bound: str, schedule: str) -> None:
        super().__init__(bound)
        self.schedule = schedule


def prove(level: Level, limits: Limits | None = None) -> Proof:
    """Explore a level to the end. Raises LevelError where it cannot be built, Unproved where it is too large."""
    machine = build_machine(level)
    found = solve(machine, level.goal.outcome, limits)
    reached = schedule_line(machine, found.witness) if found.witness is not None else ""
    if found.bound:
        raise Unproved(found.bound, reached)
    try:
        graph = state_graph(machine, limits)
        chance = odds(graph, goals(graph, limits), limits)
    except Halted as problem:
        raise Unproved(str(problem), reached) from None
    return Proof(
        level_hash=level_hash(level),
        verdict=found.verdict,
        states=found.states,
        transitions=found.transitions,
        par=tuple(Par(best.preemptions, best.steps, schedule_line(machine, best.schedule)) for best in found.best),
        schedules=chance.schedules,
        wins=chance.wins,
        one_in=f"{chance.one_in:.3g}",
    )
