# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer to a level: can the goal be reached, how soon, and with how few preemptions."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from sim.explore.circles import CIRCLES, Circle, circles, goals
from sim.explore.graph import NOWHERE, Graph, TooLarge, state_graph
from sim.explore.pareto import Best, pareto
from sim.explore.search import Bound, Progress, Verdict, explore
from sim.machine.machine import Machine
from sim.machine.setup import Goal
from sim.machine.state import Outcome


@frozen
class Solution:
    """What is known of a goal.

    `witness` is a shortest schedule, thread indices in order; where the goal is a circle, `turn` counts its last steps,
    which go round it once. `best` is the Pareto set of preemptions and steps, the turn included. `states` and
    `transitions` are those of the search, `memory` about how many bytes it took; `bound` names what stopped an
    undecided one.
    """

    verdict: Verdict
    witness: tuple[int, ...] | None
    turn: int
    best: tuple[Best, ...]
    states: int
    transitions: int
    bound: str = ""
    memory: int = 0


def solve(
    machine: Machine,
    goal: Outcome,
    bound: Bound | None = None,
    on_progress: Callable[[Progress], bool] | None = None,
) -> Solution:
    """Solve a machine for an outcome; the condition of its own goal counts where the outcome is its own.

    Raises CompileError as Machine.boot.
    """
    own = machine.goal is not None and machine.goal.outcome is goal
    asked = machine if own else evolve(machine, goal=Goal(goal))
    simple = goal not in CIRCLES and not (asked.goal and asked.goal.condition)
    if simple:
        found = explore(asked, goal, bound, on_progress)
        if found.verdict is not Verdict.REACHABLE:
            counts = found.states, found.transitions
            return Solution(found.verdict, None, 0, (), *counts, found.bound, found.memory)
    try:
        graph = state_graph(asked, bound, on_progress)
    except TooLarge as problem:
        if simple:
            counts = found.states, found.transitions
            return Solution(found.verdict, found.witness, 0, (), *counts, str(problem), found.memory)
        return Solution(Verdict.UNDECIDED, None, 0, (), 0, 0, str(problem))
    return evolve(_from_graph(graph, goal), memory=graph.memory)


def _from_graph(graph: Graph, goal: Outcome) -> Solution:
    transitions = sum(len(steps) - steps.count(NOWHERE) for steps in graph.steps)
    rounds = circles(graph, goal) if goal in CIRCLES else {}
    best = pareto(graph, goals(graph))
    if not best:
        return Solution(Verdict.UNREACHABLE, None, 0, (), len(graph.packed), transitions)
    if not rounds:
        return Solution(Verdict.REACHABLE, best[-1].schedule, 0, best, len(graph.packed), transitions)
    best = _with_rounds(graph, rounds)
    witness = best[-1].schedule
    turn = rounds[graph.after(witness)].length
    return Solution(Verdict.REACHABLE, witness, turn, best, len(graph.packed), transitions)


def _with_rounds(graph: Graph, rounds: dict[int, Circle]) -> tuple[Best, ...]:
    """The Pareto set of ways to a circle and once round it; the turn preempts who moved last and still can."""
    found: list[Best] = []
    for circle in set(rounds.values()):
        entries = frozenset(number for number, other in rounds.items() if other == circle)
        turn = (circle.thread,) * circle.length

        def goes_on(number: int, last: int, thread: int = circle.thread) -> bool:
            return last == thread or graph.steps[last][number] == NOWHERE

        ways = [(way, 0) for way in pareto(graph, entries, goes_on)]
        ways += [(way, int(bool(way.schedule))) for way in pareto(graph, entries)]
        found += [Best(way.preemptions + more, way.steps + len(turn), (*way.schedule, *turn)) for way, more in ways]
    found.sort(key=lambda one: (one.preemptions, one.steps, one.schedule))
    return tuple(one for place, one in enumerate(found) if all(one.steps < before.steps for before in found[:place]))
