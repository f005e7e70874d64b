# SPDX-License-Identifier: GPL-2.0-or-later
"""Proving a level: can its goal be reached, how well, and how likely by chance."""

from __future__ import annotations

from attrs import evolve

from puzzles.judging.faults import why_undecided
from puzzles.levels import Level, build_machine, level_hash
from puzzles.proofs.proof import Par, Proof
from puzzles.schedules import schedule_line
from sim import Machine
from sim.explore import Halted, Limits, Solution, goals, odds, solve, state_graph


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
    return proof if proof.bound else _with_odds(proof, machine, limits)


def _bound(machine: Machine, solution: Solution) -> str:
    why = why_undecided(machine, solution)
    if not why or solution.witness is None or solution.best:
        return why
    return f"{schedule_line(machine, solution.witness)} reaches it, but of better ones nothing is known: {why}"


def _with_odds(proof: Proof, machine: Machine, limits: Limits | None) -> Proof:
    try:
        graph = state_graph(machine, limits)
        chance = odds(graph, goals(graph, limits), limits)
    except Halted as halt:
        return evolve(proof, bound=str(halt))
    return evolve(proof, schedules=chance.schedules, wins=chance.wins, one_in=f"{chance.one_in:.3g}")
