# SPDX-License-Identifier: GPL-2.0-or-later
"""Proving a level: can its goal be reached, how well, and how likely by chance."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from puzzles.levels import Level, build_machine, level_hash
from puzzles.notation import Move, Replay, format_schedule
from puzzles.replays import verify
from sim import Machine, Outcome
from sim.debugger import letters
from sim.explore import Verdict, explore, goals, odds, solve, state_graph

MAX_COLUMNS = 80


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
    verdict: str
    states: int
    transitions: int
    par: tuple[Par, ...]
    schedules: int | None
    wins: int | None
    one_in: str


def prove(level: Level) -> Proof:
    """Explore a level to the end. Raises LevelError where it cannot be built, TooLarge where it is too large."""
    machine = build_machine(level)
    found = solve(machine, level.goal.outcome)
    graph = state_graph(machine)
    chance = odds(graph, goals(graph))
    return Proof(
        level_hash=level_hash(level),
        verdict=found.verdict.value,
        states=found.states,
        transitions=found.transitions,
        par=tuple(Par(best.preemptions, best.steps, _schedule(machine, best.schedule)) for best in found.best),
        schedules=chance.schedules,
        wins=chance.wins,
        one_in=f"{chance.one_in:.3g}",
    )


def _schedule(machine: Machine, threads: tuple[int, ...]) -> str:
    names = letters(machine)
    return format_schedule(Move(names[thread]) for thread in threads)


def findings(level: Level, proof: Proof, solution: Replay | None) -> Iterator[str]:
    """What is wrong with a level, a sentence each: the goal, the stored solution, one thread alone, long lines."""
    if proof.verdict != Verdict.REACHABLE.value:
        yield f"the goal {level.goal.outcome.value} is {proof.verdict}"
    if solution is not None and not verify(solution, level).judgement.won:
        yield "the stored solution does not reach the goal"
    if len(level.threads) > 1:
        yield from _alone(level)
    for name in ("briefing", "hint", "debrief"):
        longest = max(map(len, getattr(level, name).splitlines()), default=0)
        if longest > MAX_COLUMNS and name != "hint":
            yield f"{name}: a line has {longest} columns; {MAX_COLUMNS} fit"


def _alone(level: Level) -> Iterator[str]:
    machine = build_machine(level)
    for thread in machine.threads:
        alone = evolve(machine, threads=(thread,), limits=())
        if explore(alone, level.goal.outcome).verdict is not Verdict.UNREACHABLE:
            yield f"{thread.letter} alone reaches {Outcome(level.goal.outcome).value}"
