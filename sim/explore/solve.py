# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer to a level: can the goal be reached, how soon, and with how few preemptions."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from sim.classes import frozen
from sim.explore.circles import Circle, circles
from sim.explore.faults import ModelFault, doubt
from sim.explore.graph import NOWHERE, Graph, graphs
from sim.explore.limits import Halted, Limits
from sim.explore.pareto import Best, pareto
from sim.explore.search import Verdict, explore
from sim.machine.machine import Machine
from sim.machine.setup import Goal
from sim.machine.state import CIRCLES, Outcome


@frozen
class Solution:
    """What is known of a goal, from so many `states` and `transitions` that were looked at.

    `witness` is a shortest schedule, moves in order; where the goal is a circle, `turn` counts its last steps, which go
    round it once. `best` is the Pareto set of preemptions and steps, the turn included, among all schedules
    of up to `within` steps; None: of any length.

    `bound` says what stopped a search: the verdict is undecided then, or it is reachable and `best` is not of all.
    `fault` is why a verdict is undecided though all was looked at.
    """

    verdict: Verdict
    states: int
    transitions: int
    witness: tuple[int, ...] | None = None
    turn: int = 0
    best: tuple[Best, ...] = ()
    within: int | None = None
    bound: str = ""
    fault: ModelFault | None = None


def solve(machine: Machine, goal: Outcome, limits: Limits | None = None) -> Solution:
    """Solve a machine for an outcome; the condition of its own goal counts where the outcome is its own.

    What cannot be reached is undecided where the model faults somewhere. Raises CompileError as Machine.boot.
    """
    return improved(machine, goal, reach(machine, goal, limits), limits)


def reach(machine: Machine, goal: Outcome, limits: Limits | None = None) -> Solution:
    """Whether an outcome can be reached, as soon as a shortest schedule is found; arguments as for `solve`.

    The best schedules are not looked for.
    """
    machine = _asking(machine, goal)
    if goal in CIRCLES:
        return _circle(machine, goal, limits)
    search = explore(machine, goal, limits)
    solution = Solution(search.verdict, search.states, search.transitions, search.witness, bound=search.bound)
    return _doubted(solution, machine, goal, search.outcomes, limits)


def improved(machine: Machine, goal: Outcome, solution: Solution, limits: Limits | None = None) -> Solution:
    """What `reach` has found, with the best schedules where it can be reached."""
    if solution.verdict is not Verdict.REACHABLE or solution.best:
        return solution
    best = evolve(solution, within=0)
    try:
        for graph in graphs(_asking(machine, goal), limits):
            better = solution_of(graph, limits)
            if not better.bound:
                return better
            best = evolve(better, witness=solution.witness, turn=solution.turn)
    except Halted as halt:
        best = evolve(best, bound=str(halt))
    states, transitions = max(solution.states, best.states), max(solution.transitions, best.transitions)
    return evolve(best, verdict=solution.verdict, states=states, transitions=transitions)


def _asking(machine: Machine, goal: Outcome) -> Machine:
    """The machine with a goal of this outcome: its own where that is so."""
    own = machine.goal
    return machine if own is not None and own.outcome is goal else evolve(machine, goal=Goal(goal))


def _doubted(
    solution: Solution, machine: Machine, goal: Outcome, met: Collection[Outcome], limits: Limits | None
) -> Solution:
    """What was not reached by all that was tried is undecided where one of these outcomes is a fault of the model."""
    fault = doubt(machine, goal, met, limits) if solution.verdict is Verdict.UNREACHABLE else None
    return solution if fault is None else evolve(solution, verdict=Verdict.UNDECIDED, fault=fault)


def _circle(machine: Machine, goal: Outcome, limits: Limits | None) -> Solution:
    """A circle among the first states, else among all of them."""
    solution = Solution(Verdict.UNDECIDED, 0, 0)
    try:
        for graph in graphs(machine, limits):
            solution = solution_of(graph, limits)
            if not graph.bound:
                return _doubted(solution, machine, goal, set(graph.outcomes.values()), limits)
            if solution.best:
                break
    except Halted as halt:
        return evolve(solution, bound=str(halt))
    return evolve(solution, best=(), within=None, bound="") if solution.witness else solution


def solution_of(graph: Graph, limits: Limits | None = None) -> Solution:
    """What is known of the goal of a graph's machine, with the best schedules. Raises Halted."""
    rounds = circles(graph, limits)
    ways = _with_rounds(graph, rounds, limits) if rounds else pareto(graph, graph.ended_at_goal(), limits)
    best = tuple(way for way in ways if graph.within is None or way.steps <= graph.within)
    verdict = Verdict.REACHABLE if ways else Verdict.UNDECIDED if graph.bound else Verdict.UNREACHABLE
    witness = ways[-1].schedule if ways else None
    turn = rounds[graph.after(witness)].length if rounds and witness else 0
    states, moves = len(graph.packed), graph.transitions
    return Solution(verdict, states, moves, witness, turn, best, graph.within, graph.bound)


def _with_rounds(graph: Graph, rounds: dict[int, Circle], limits: Limits | None) -> tuple[Best, ...]:
    """The Pareto set of ways to a circle and once round it; the turn preempts who moved last and still can."""
    rounded: list[Best] = []
    for circle in set(rounds.values()):
        entries = frozenset(number for number, other in rounds.items() if other == circle)
        turn = (circle.thread,) * circle.length

        def goes_on(number: int, last: int, thread: int = circle.thread) -> bool:
            """Whether the turn preempts nobody who could still move."""
            return last == thread or graph.steps[last][number] == NOWHERE

        ways = [(way, 0) for way in pareto(graph, entries, limits, goes_on)]
        ways += [(way, int(bool(way.schedule))) for way in pareto(graph, entries, limits)]
        rounded += [Best(way.preemptions + more, way.steps + len(turn), (*way.schedule, *turn)) for way, more in ways]
    rounded.sort(key=lambda way: (way.preemptions, way.steps, way.schedule))
    return tuple(
        way for place, way in enumerate(rounded) if all(way.steps < before.steps for before in rounded[:place])
    )
