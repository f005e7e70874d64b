# SPDX-License-Identifier: GPL-2.0-or-later
"""Livelock, spin and deadlock as goals of the explorer."""

from __future__ import annotations

import pytest

import sim
from sim.debugger import extend, first_moment, reached
from sim.explore import Verdict, advisor, solve
from sim.machine.witness import objection

SOURCE = """#include "oomrace.h"
int flag;
int turn;
struct mutex first;
struct mutex second;
void waits(void) { while (!READ_ONCE(flag)) cpu_relax(); }
void raises(void) { WRITE_ONCE(turn, 1); WRITE_ONCE(flag, 1); }
void lowers(void) { WRITE_ONCE(turn, 1); WRITE_ONCE(flag, 0); }
void toggles(void) { for (;;) { WRITE_ONCE(turn, 1); WRITE_ONCE(turn, 0); } }
void takes(void) { for (;;) { mutex_lock(&first); mutex_unlock(&first); } }
void ascending(void) { mutex_lock(&first); mutex_lock(&second); mutex_unlock(&second); mutex_unlock(&first); }
void descending(void) { mutex_lock(&second); mutex_lock(&first); mutex_unlock(&first); mutex_unlock(&second); }
"""
PROGRAM = sim.compile(SOURCE)


def machine(first: str, second: str, goal: sim.Outcome) -> sim.Machine:
    threads = (sim.Thread("A", "one", first), sim.Thread("B", "other", second, cpu=1))
    return sim.Machine(PROGRAM, threads, goal=sim.Goal(goal))


@pytest.mark.parametrize(
    ("first", "second", "goal", "steps"),
    [
        ("waits()", "raises()", sim.Outcome.SPIN, 1),
        ("waits()", "lowers()", sim.Outcome.LIVELOCK, 3),
        ("toggles()", "raises()", sim.Outcome.SPIN, 2),
        ("toggles()", "raises()", sim.Outcome.LIVELOCK, 5),
        ("ascending()", "descending()", sim.Outcome.DEADLOCK, 2),
    ],
)
def test_the_shortest_witness_reaches_the_goal_when_it_is_played(
    first: str, second: str, goal: sim.Outcome, steps: int
) -> None:
    one = machine(first, second, goal)
    found = solve(one, goal)
    assert found.verdict is Verdict.REACHABLE
    assert found.witness is not None
    assert len(found.witness) == steps
    moment = first_moment(one)
    for thread in found.witness:
        moment = extend(one, moment, thread)
    assert reached(one, moment)


@pytest.mark.parametrize(
    ("first", "second", "goal"),
    [
        ("waits()", "raises()", sim.Outcome.LIVELOCK),
        ("ascending()", "ascending()", sim.Outcome.DEADLOCK),
        ("raises()", "lowers()", sim.Outcome.SPIN),
    ],
)
def test_what_cannot_go_round_or_lock_up_is_unreachable(first: str, second: str, goal: sim.Outcome) -> None:
    assert solve(machine(first, second, goal), goal).verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize("goal", [sim.Outcome.SPIN, sim.Outcome.LIVELOCK])
@pytest.mark.parametrize(("first", "second"), [("waits()", "lowers()"), ("toggles()", "raises()")])
def test_each_best_schedule_goes_round_at_its_cost(first: str, second: str, goal: sim.Outcome) -> None:
    one = machine(first, second, goal)
    for best in solve(one, goal).best:
        moment = first_moment(one)
        for thread in best.schedule:
            moment = extend(one, moment, thread)
        assert reached(one, moment)
        assert moment.steps == best.steps
        assert moment.preemptions <= best.preemptions


def test_it_is_no_livelock_where_another_thread_could_move_on_the_way() -> None:
    """A takes and gives back the lock that B waits for: where the circle closes B waits, but not all the way round."""
    one = machine("takes()", "ascending()", sim.Outcome.LIVELOCK)
    moment = first_moment(one)
    for thread in (0, 0, 0):
        moment = extend(one, moment, thread)
    assert not one.enabled(moment.state, 1)
    assert moment.circle is sim.Outcome.SPIN


@pytest.mark.parametrize(
    ("condition", "verdict"), [("turn == 1", Verdict.REACHABLE), ("flag == 7", Verdict.UNREACHABLE)]
)
def test_the_condition_of_a_goal_counts_on_circles(condition: str, verdict: Verdict) -> None:
    threads = (sim.Thread("A", "one", "waits()"), sim.Thread("B", "other", "raises()", cpu=1))
    one = sim.Machine(PROGRAM, threads, goal=sim.Goal(sim.Outcome.SPIN, condition))
    found = solve(one, sim.Outcome.SPIN)
    assert found.verdict is verdict
    if found.witness is not None:
        assert not objection(one, sim.Outcome.SPIN, found.witness, turn=found.turn)


@pytest.mark.parametrize("goal", [sim.Outcome.SPIN, sim.Outcome.LIVELOCK])
@pytest.mark.parametrize(("first", "second"), [("waits()", "lowers()"), ("toggles()", "raises()")])
def test_advice_leads_to_a_circle_and_once_round_it(first: str, second: str, goal: sim.Outcome) -> None:
    one = machine(first, second, goal)
    known = advisor(one)
    moment = first_moment(one)
    fewest = known.distance(moment.state)
    while not reached(one, moment):
        for move in known.plan(moment.state, moment.turn).schedule:
            moment = extend(one, moment, move)
    found = solve(one, goal)
    assert found.witness is not None
    assert moment.steps == fewest == len(found.witness)
