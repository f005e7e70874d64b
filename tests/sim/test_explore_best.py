# SPDX-License-Identifier: GPL-2.0-or-later
"""Best schedules and distances, against a search that only knows Machine.step."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

import pytest
from attrs import evolve

import sim
from puzzles.levels import Level, build_machine, game_pack
from sim.debugger import Moment, extend, first_moment
from sim.explore import UNREACHABLE, Halted, Limits, best_moves, distances, pareto, state_graph
from sim.explore.pareto import cheapest
from sim.machine.key import state_key
from sim.machine.state import Result
from tests.sim.levels import each_level_up_to

LEVELS = each_level_up_to(900)
Costs = set[tuple[int, int]]


def naive_costs(machine: sim.Machine) -> Costs:
    """The undominated (preemptions, steps) of winning runs, by trying every run and dropping beaten ones."""
    reached: dict[tuple[Hashable, int | None], Costs] = {}
    wins: Costs = set()
    waiting = deque([first_moment(machine)])
    while waiting:
        moment = waiting.popleft()
        key = state_key(machine.program, moment.state), moment.turn
        known = reached.setdefault(key, set())
        cost = moment.preemptions, moment.steps
        if any(beats(other, cost) for other in known):
            continue
        known.add(cost)
        if machine.at_goal(moment.state):
            wins.add(cost)
        waiting += [fresh(machine, moment, move) for move in machine.moves if machine.enabled(moment.state, move)]
    return {cost for cost in wins if not any(beats(other, cost) and other != cost for other in wins)}


def fresh(machine: sim.Machine, moment: Moment, move: int) -> Moment:
    following = extend(machine, moment, move)
    moment.children.clear()
    return following


def beats(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[0] and one[1] <= other[1]


@each_level_up_to(500)
def test_the_pareto_set_is_that_of_all_runs(level: Level) -> None:
    machine = build_machine(level)
    graph = state_graph(machine)
    assert {(best.preemptions, best.steps) for best in pareto(graph, graph.ended_at_goal())} == naive_costs(machine)


@LEVELS
def test_each_best_schedule_wins_at_its_cost(level: Level) -> None:
    machine = build_machine(level)
    graph = state_graph(machine)
    for best in pareto(graph, graph.ended_at_goal()):
        moment = first_moment(machine)
        for thread in best.schedule:
            moment = extend(machine, moment, thread)
        assert machine.at_goal(moment.state)
        assert (moment.preemptions, moment.steps) == (best.preemptions, best.steps)


@LEVELS
def test_distances_fall_by_one_along_best_moves_and_nowhere_faster(level: Level) -> None:
    graph = state_graph(build_machine(level))
    found = distances(graph, dict.fromkeys(graph.ended_at_goal(), 0))
    assert found[0] == min((best.steps for best in pareto(graph, graph.ended_at_goal())), default=UNREACHABLE)
    for number in range(len(graph.packed)):
        after = [found[one] for _, one in graph.moves(number) if found[one] != UNREACHABLE]
        if found[number] > 0:
            assert min(after) == found[number] - 1
            assert best_moves(graph, found, number)
        elif found[number] == UNREACHABLE:
            assert not after


def test_without_a_winning_run_there_is_no_best() -> None:
    level = game_pack().level("tour/7")
    machine = build_machine(level)
    hopeless = sim.Machine(machine.program, machine.threads, machine.boot_values, goal=sim.Goal(sim.Outcome.BUG))
    graph = state_graph(hopeless)
    assert pareto(graph, graph.ended_at_goal()) == ()
    assert set(distances(graph, dict.fromkeys(graph.ended_at_goal(), 0))) == {UNREACHABLE}


def test_a_graph_beyond_the_bound_is_refused() -> None:
    with pytest.raises(Halted, match="more than 100 states"):
        state_graph(build_machine(game_pack().level("in-place/1")), Limits(states=100))


def test_a_state_out_of_reach_has_no_number() -> None:
    machine = build_machine(game_pack().level("tour/7"))
    graph = state_graph(machine)
    boot = machine.boot()
    assert graph.number(boot) == 0
    for flags in range(1, 400):
        with pytest.raises(KeyError):
            graph.number(evolve(boot, flags=Result(boot.flags + 8 * flags)))


@LEVELS
def test_what_is_left_of_a_best_schedule_is_the_cheapest_way_from_there(level: Level) -> None:
    """Costs add up, so no way from the middle of the schedule with the fewest preemptions can beat its rest."""
    machine = build_machine(level)
    graph = state_graph(machine)
    for best in pareto(graph, graph.ended_at_goal())[:1]:
        moment = first_moment(machine)
        for move in best.schedule:
            found = cheapest(graph, graph.ended_at_goal(), graph.number(moment.state), moment.turn)
            assert found is not None
            left = best.preemptions - moment.preemptions, best.steps - moment.steps
            assert (found.preemptions, found.steps, len(found.schedule)) == (*left, left[1])
            moment = extend(machine, moment, move)


@LEVELS
def test_the_cheapest_way_costs_what_it_says(level: Level) -> None:
    machine = build_machine(level)
    graph = state_graph(machine)
    moment = first_moment(machine)
    for _ in range(40):
        moves = [move for move in machine.moves if machine.enabled(moment.state, move)]
        if not moves:
            break
        found = cheapest(graph, graph.ended_at_goal(), graph.number(moment.state), moment.turn)
        if found is not None:
            there = moment
            for move in found.schedule:
                there = extend(machine, there, move)
            assert machine.at_goal(there.state)
            assert (there.preemptions, there.steps) == (
                moment.preemptions + found.preemptions,
                moment.steps + found.steps,
            )
        moment = extend(machine, moment, moves[moment.steps % len(moves)])
