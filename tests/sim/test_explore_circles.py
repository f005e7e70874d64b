# SPDX-License-Identifier: GPL-2.0-or-later
"""Livelock, spin and deadlock as goals of the explorer."""

from __future__ import annotations

import pytest

import sim
from sim.debugger import extend, first_moment, won
from sim.explore import Verdict, solve

SOURCE = """#include "oomrace.h"
int flag;
int turn;
struct mutex first;
struct mutex second;
void waits(void) { while (!READ_ONCE(flag)) cpu_relax(); }
void raises(void) { WRITE_ONCE(turn, 1); WRITE_ONCE(flag, 1); }
void lowers(void) { WRITE_ONCE(turn, 1); WRITE_ONCE(flag, 0); }
void toggles(void) { for (;;) { WRITE_ONCE(turn, 1); WRITE_ONCE(turn, 0); } }
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
    assert won(one, moment)


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
        assert won(one, moment)
        assert moment.steps == best.steps
        assert moment.preemptions <= best.preemptions
