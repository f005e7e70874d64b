# SPDX-License-Identifier: GPL-2.0-or-later
"""Proving a level: can its goal be reached, how well, how likely by chance, and by which recipe."""

from __future__ import annotations

from attrs import evolve

from puzzles.judging.faults import why_undecided
from puzzles.levels import Level, build_machine, level_hash
from puzzles.proofs.proof import Par, Proof
from puzzles.schedules import schedule_line
from sim import Machine
from sim.explore import Halted, Limits, Solution, Verdict, goals, odds, recipes, solve, state_graph


def prove(level: Level, limits: Limits | None = None) -> Proof:
    """Explore a level, to the end where the limits allow. Raises LevelError where it cannot be built."""
    machine = build_machine(level)
    solution = solve(machine, level.goal.outcome, limits)
    proof = Proof(
        level_hash=level_hash(level),
        verdict=solution.verdict,
        states=solution.states,
        transitions=solution.transitions,
        par=tuple(Par(best.preemptions, best.steps, schedule_line(machine, best.schedule)) for best in solution.best),
        schedules=None,
        wins=None,
        one_in="",
        within=solution.within,
        bound=_bound(machine, solution),
    )
    if proof.bound:
        return proof
    try:
        return _with_recipes(_with_odds(proof, machine, limits), machine, limits)
    except Halted as halt:
        return evolve(proof, bound=str(halt))


def _bound(machine: Machine, solution: Solution) -> str:
    why = why_undecided(machine, solution)
    if not why or solution.witness is None or solution.best:
        return why
    return f"{schedule_line(machine, solution.witness)} reaches it, but of better ones nothing is known: {why}"


def _with_odds(proof: Proof, machine: Machine, limits: Limits | None) -> Proof:
    graph = state_graph(machine, limits)
    chance = odds(graph, goals(graph, limits), limits)
    return evolve(proof, schedules=chance.schedules, wins=chance.wins, one_in=f"{chance.one_in:.3g}")


def _with_recipes(proof: Proof, machine: Machine, limits: Limits | None) -> Proof:
    if proof.verdict is not Verdict.REACHABLE:
        return proof
    by = recipes(machine, limits)
    return evolve(proof, recipe=_line(machine, by.one_number), recipe2=_line(machine, by.two_numbers))


def _line(machine: Machine, moves: tuple[int, ...] | None) -> str | None:
    return None if moves is None else schedule_line(machine, moves)
