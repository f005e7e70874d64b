# SPDX-License-Identifier: GPL-2.0-or-later
"""X7: what was reached is told although the rest of the space is beyond the bound, and of how much the best is told."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

import sim
from puzzles.levels import build_machine, game_pack
from sim.explore import (
    Graph,
    Halted,
    Limits,
    Progress,
    Verdict,
    advisor,
    bounded_graph,
    explore,
    pareto,
    solve,
    state_graph,
    way_from,
)
from sim.machine.key import state_key
from sim.machine.witness import objection
from tests.sim.programs import machine

ENDLESS = """#include "oomrace.h"
int c, flag;
void counts(void) { int n = 0; for (;;) { c = n; n++; } }
void checks(void) { flag = 1; flag = 2; flag = 3; BUG_ON(c == 1); }
void waits(void) { while (!flag) cpu_relax(); }
"""


def endless(goal: sim.Outcome, *runs: str) -> sim.Machine:
    return machine(ENDLESS, *runs, goal=sim.Goal(goal))


def test_x7_a_goal_near_the_start_of_an_endless_machine_is_reachable() -> None:
    one = endless(sim.Outcome.BUG, "counts()", "checks()")
    found = solve(one, sim.Outcome.BUG, Limits(states=2000))
    assert (found.verdict, found.bound) == (Verdict.REACHABLE, "more than 2,000 states")
    assert found.within is not None
    assert [(best.preemptions, best.steps) for best in found.best] == [(1, 6)]
    assert found.within > 6
    assert objection(one, sim.Outcome.BUG, found.witness or ()) == ""


def test_x7_a_circle_among_endless_states_too() -> None:
    one = endless(sim.Outcome.SPIN, "counts()", "waits()")
    found = solve(one, sim.Outcome.SPIN, Limits(states=2000))
    assert (found.verdict, found.turn, found.witness) == (Verdict.REACHABLE, 1, (1,))
    assert found.bound


@pytest.mark.parametrize("states", [100, 300, 457])
def test_x7_the_best_within_a_bound_are_those_of_all_that_are_not_longer(states: int) -> None:
    one = build_machine(game_pack().level("in-place/1"))
    whole = solve(one, sim.Outcome.OOM_PREMATURE)
    part = solve(one, sim.Outcome.OOM_PREMATURE, Limits(states=states))
    if part.verdict is Verdict.REACHABLE:
        assert part.within is not None
        expected = [best for best in whole.best if best.steps <= part.within]
        assert [(best.preemptions, best.steps) for best in part.best] == [(b.preemptions, b.steps) for b in expected]


@pytest.mark.parametrize("states", range(1, 40, 3))
def test_a_graph_with_a_bound_has_all_schedules_of_so_many_steps(states: int) -> None:
    one = machine("int x; void run(void) { x++; x++; x++; }", "run()", "run()")
    part, whole = bounded_graph(one, Limits(states=states)), state_graph(one)
    layer, shown = {0}, {0}
    for _ in range(100 if part.within is None else part.within):
        layer = {after for number in layer for _, after in whole.moves(number)}
        shown = {after for number in shown for _, after in part.moves(number)}
        assert keys(whole, layer) == keys(part, shown)


def keys(graph: Graph, numbers: set[int]) -> set[Hashable]:
    return {state_key(graph.machine.program, graph.state(number)) for number in numbers}


def test_x7_hints_come_from_where_one_stands() -> None:
    one = endless(sim.Outcome.BUG, "counts()", "checks()")
    state = one.boot()
    for move in (0, 1, 1):
        state = one.step(state, move).state
    known = way_from(one, state, Limits(states=500))
    assert known.distance(state) == 3
    assert known.plan(state, 1).steps == 3


def test_x7_advice_from_a_part_never_says_out_of_reach() -> None:
    one = endless(sim.Outcome.BUG, "counts()", "checks()")
    known = advisor(one, Limits(states=500))
    assert known.distance(one.boot()) == 6
    state = one.boot()
    for move in (0, 0, 0, 0):
        state = one.step(state, move).state
    with pytest.raises(Halted, match="more than 500 states"):
        known.distance(state)


def test_x6_a_stopped_search_for_a_condition_keeps_its_counts() -> None:
    one = machine(ENDLESS, "counts()", "checks()", goal=sim.Goal(sim.Outcome.FINISHED, "flag == 9"))
    found = solve(one, sim.Outcome.FINISHED, Limits(states=2000))
    assert (found.verdict, found.bound) == (Verdict.UNDECIDED, "more than 2,000 states")
    assert found.states > 1000
    assert found.transitions > 1000


def test_a_search_that_begins_anew_with_more_room_keeps_its_limits() -> None:
    found = explore(endless(sim.Outcome.FAULT, "counts()", "waits()"), sim.Outcome.FAULT, Limits(states=1000))
    assert (found.bound, found.states) == ("more than 1,000 states", 1001)


LONG = "int g; void run(void) { for (;;) { int x = g; for (int i = 0; i < 39000; i++) ; g = x + 1; } }"


def test_x5_private_work_counts_and_can_be_stopped() -> None:
    """X5: between two questions there are never more than some thousand instructions, however long a step is."""
    told: list[Progress] = []

    def watch(progress: Progress) -> str:
        told.append(progress)
        return "stopped" if len(told) > 10 else ""

    found = explore(machine(LONG, "run()", "run()"), sim.Outcome.BUG, Limits(watch=watch))
    assert (found.verdict, found.bound, len(told)) == (Verdict.UNDECIDED, "stopped", 11)
    assert told[-1].states < 20  # ten questions within some ten steps


@pytest.mark.parametrize("work", ["solve", "pareto", "advisor"])
def test_x5_the_phases_after_a_search_can_be_stopped(work: str) -> None:
    one = build_machine(game_pack().level("cookie/4"))
    told: list[Progress] = []

    def watch(progress: Progress) -> str:
        told.append(progress)
        return "stopped" if len(told) > allowed else ""

    allowed = 10_000
    graph = bounded_graph(one, Limits(watch=watch))
    searched, allowed = len(told), 0
    told.clear()
    if work == "pareto":
        with pytest.raises(Halted, match="stopped"):
            pareto(graph, graph.ended_at_goal(), Limits(watch=watch))
    elif work == "advisor":
        allowed = searched + 1
        with pytest.raises(Halted, match="stopped"):
            advisor(one, Limits(watch=watch)).plan(one.boot(), None, Limits(watch=watch))
    else:
        allowed = searched
        assert solve(one, sim.Outcome.OOM_PREMATURE, Limits(watch=watch)).bound == "stopped"
