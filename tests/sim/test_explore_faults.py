# SPDX-License-Identifier: GPL-2.0-or-later
"""X4: a fault of the model anywhere leaves undecided what was not reached, with its place, reason and schedule."""

from __future__ import annotations

import pytest
from attrs import evolve

import sim
from sim.explore import Doubted, Limits, Solution, Verdict, advisor, reach, solve
from sim.machine.key import state_key
from tests.sim.programs import machine

TWICE = '#include "oomrace.h"\nint g;\nvoid run(void) { g = 1; g = 5 / (g - 1); BUG_ON(g == 7); }'
LATE = """
int flag, x;
void slow(void) { x = 1; x = 2; x = 3; flag = 1; }
void quick(void) { x = 5 / (2 - x); }
"""


def told(found: Solution) -> tuple[Verdict, str, str, int, str]:
    assert found.fault is not None
    return found.verdict, found.fault.reason, found.fault.function, found.fault.span.line, found.bound


@pytest.mark.parametrize("goal", [sim.Outcome.BUG, sim.Outcome.DEADLOCK, sim.Outcome.LIVELOCK])
def test_x4_what_was_not_reached_is_undecided(goal: sim.Outcome) -> None:
    one = machine(TWICE, "run()", "run()")
    found = solve(one, goal)
    assert told(found) == (Verdict.UNDECIDED, "division by zero", "run", 3, "")
    assert found.fault is not None
    state = one.boot()
    for move in found.fault.schedule or ():
        state = one.step(state, move).state
    assert state.outcome is sim.Outcome.FAULT


def test_x4_a_condition_that_no_run_fulfils_is_undecided_too() -> None:
    one = machine(LATE, "slow()", "quick()", goal=sim.Goal(sim.Outcome.FINISHED, "x == 77"))
    assert told(solve(one, sim.Outcome.FINISHED))[:3] == (Verdict.UNDECIDED, "division by zero", "quick")


def test_x4_what_was_reached_is_reachable() -> None:
    one = machine(LATE, "slow()", "quick()")
    found = solve(one, sim.Outcome.FINISHED)
    assert (found.verdict, found.fault) == (Verdict.REACHABLE, None)
    assert found.best


def test_x4_the_fault_itself_can_be_asked_for() -> None:
    assert solve(machine(TWICE, "run()"), sim.Outcome.FAULT).verdict is Verdict.REACHABLE


def test_x4_a_condition_that_faults_is_a_fault_of_the_model() -> None:
    one = machine("int x; void run(void) { x = 1; x = 0; }", goal=sim.Goal(sim.Outcome.FINISHED, "1 / x == 2"))
    assert told(solve(one, sim.Outcome.FINISHED))[:2] == (
        Verdict.UNDECIDED,
        "a predicate of the level: division by zero",
    )


def test_x4_out_of_reach_is_not_said_where_a_fault_can_still_come() -> None:
    one = machine(LATE, "slow()", "quick()", goal=sim.Goal(sim.Outcome.FINISHED, "flag == 1 && x == 1"))
    known = advisor(one)
    with pytest.raises(Doubted) as doubt:
        known.distance(one.boot())
    assert doubt.value.fault.reason == "division by zero"
    after = one.step(one.step(one.boot(), 1).state, 1).state  # the thread that could fault is through
    assert state_key(one.program, after) in {state_key(one.program, known.graph.state(n)) for n in range(10)}
    assert known.distance(after) is None


def test_x4_a_fault_that_only_a_longer_search_would_find_is_no_reason() -> None:
    """A bound comes first: what was not looked at is not known to be free of faults either."""
    found = reach(machine(TWICE, "run()", "run()"), sim.Outcome.BUG, Limits(states=3))
    assert (found.verdict, found.bound, found.fault) == (Verdict.UNDECIDED, "more than 3 states", None)


def test_x4_a_machine_with_a_goal_of_its_own_asks_for_another_without_its_condition() -> None:
    one = machine(LATE, "slow()", "quick()", goal=sim.Goal(sim.Outcome.FINISHED, "x == 77"))
    assert solve(evolve(one, goal=None), sim.Outcome.FINISHED).verdict is Verdict.REACHABLE
