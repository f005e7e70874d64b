# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer to a level: can the goal be reached, how soon, and with how few preemptions."""

from __future__ import annotations

from attrs import evolve, frozen

from sim.explore.circles import Circle, circles
from sim.explore.graph import NOWHERE, Graph, state_graph
from sim.explore.limits import Halted, Limits
from sim.explore.pareto import Best, pareto
from sim.explore.search import Verdict, explore
from sim.machine.machine import Machine
from sim.machine.setup import Goal
from sim.machine.state import Outcome


@frozen
class Solution:
    """What is known of a goal, from so many `states` and `transitions` that were looked at.

    `witness` is a shortest schedule, thread indices in order; where the goal is a circle, `turn` counts its last steps,
    which go round it once. `best` is the Pareto set of preemptions and steps, the turn included. `bound` says what
    stopped an undecided search.
    """

    verdict: Verdict
    states: int
    transitions: int
    witness: tuple[int, ...] | None = None
    turn: int = 0
    best: tuple[Best, ...] = ()
    bound: str = ""


def solve(machine: Machine, goal: Outcome, limits: Limits | None = None) -> Solution:
    """Solve a machine for an outcome; the condition of its own goal counts where the outcome is its own.

    Raises CompileError as Machine.boot.
    """
    asked = machine.goal
    if asked is None or asked.outcome is not goal:
        asked = Goal(goal)
        machine = evolve(machine, goal=asked)
    found = Solution(Verdict.UNDECIDED, 0, 0)
    if asked.seen_in_outcome:
        one = explore(machine, goal, limits)
        found = Solution(one.verdict, one.states, one.transitions, one.witness, bound=one.bound)
        if one.verdict is not Verdict.REACHABLE:
            return found
    try:
        return _from_graph(state_graph(machine, limits), limits)
    except Halted as problem:
        return evolve(found, bound=str(problem))


def _from_graph(graph: Graph, limits: Limits | None) -> Solution:
    rounds = circles(graph, limits)
    ways = _with_rounds(graph, rounds, limits) if rounds else pareto(graph, graph.ended_at_goal(limits), limits)
    verdict = Verdict.REACHABLE if ways else Verdict.UNREACHABLE
    witness = ways[-1].schedule if ways else None
    turn = rounds[graph.after(witness)].length if rounds and witness else 0
    return Solution(verdict, len(graph.packed), graph.transitions, witness, turn, ways)


def _with_rounds(graph: Graph, rounds: dict[int, Circle], limits: Limits | None) -> tuple[Best, ...]:
    """The Pareto set of ways to a circle and once round it; the turn preempts who moved last and still can."""
    found: list[Best] = []
    for circle in set(rounds.values()):
        entries = frozenset(number for number, other in rounds.items() if other == circle)
        turn = (circle.thread,) * circle.length

        def goes_on(number: int, last: int, thread: int = circle.thread) -> bool:
            """Whether the turn preempts nobody who could still move."""
            return last == thread or graph.steps[last][number] == NOWHERE

        ways = [(way, 0) for way in pareto(graph, entries, limits, goes_on)]
        ways += [(way, int(bool(way.schedule))) for way in pareto(graph, entries, limits)]
        found += [Best(way.preemptions + more, way.steps + len(turn), (*way.schedule, *turn)) for way, more in ways]
    found.sort(key=lambda one: (one.preemptions, one.steps, one.schedule))
    return tuple(one for place, one in enumerate(found) if all(one.steps < before.steps for before in found[:place]))
