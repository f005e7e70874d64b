# SPDX-License-Identifier: GPL-2.0-or-later
"""The replayer of witnesses: what it lets pass, and what it must refuse."""

from __future__ import annotations

import ast
import random
from importlib import import_module
from pathlib import Path

import pytest

import sim
import sim.machine.witness
from puzzles.levels import Level, build_machine, game_pack
from sim.explore import Limits, Verdict, solve
from sim.machine.witness import objection
from tests.sim.generated import build, kernel
from tests.sim.levels import each_level_up_to
from tests.sim.programs import machine
from tests.sim.test_explore_circles import machine as racing

LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)
TEXT = """#include "oomrace.h"
int x, y;
struct mutex m;
struct mutex n;
void two(void) { x = 1; x = 2; }
void three(void) { y = 1; y = 2; y = 3; }
void locks(void) { mutex_lock(&m); mutex_lock(&n); mutex_unlock(&n); mutex_unlock(&m); }
void turns(void) { mutex_lock(&n); mutex_lock(&m); mutex_unlock(&m); mutex_unlock(&n); }
void toggles(void) { for (;;) { mutex_lock(&m); mutex_unlock(&m); } }
void waits(void) { while (!READ_ONCE(y)) cpu_relax(); }
"""
FINISHED, DEADLOCK, SPIN, LIVELOCK = (
    sim.Outcome.FINISHED,
    sim.Outcome.DEADLOCK,
    sim.Outcome.SPIN,
    sim.Outcome.LIVELOCK,
)
ENDS = [outcome for outcome in sim.Outcome if outcome not in (sim.Outcome.OPEN, SPIN, LIVELOCK)]
A, B = 0, 1


@LEVELS
def test_what_the_explorer_found_holds_when_it_is_played(level: Level) -> None:
    one = build_machine(level)
    found = solve(one, level.goal.outcome)
    for best in found.best:
        assert objection(one, level.goal.outcome, best.schedule, best.preemptions) == ""
    if found.witness is not None:
        assert objection(one, level.goal.outcome, found.witness, turn=found.turn or None) == ""


@each_level_up_to(1000)
def test_a_witness_that_lost_a_step_is_refused(level: Level) -> None:
    one = build_machine(level)
    witness = solve(one, level.goal.outcome).witness or ()
    for missing in range(len(witness)):
        shorter = (*witness[:missing], *witness[missing + 1 :])
        assert objection(one, level.goal.outcome, shorter)


@pytest.mark.parametrize("seed", range(8))
def test_witnesses_of_every_outcome_of_generated_programs(seed: int) -> None:
    one = build(kernel(random.Random(seed).choice, statements=1))
    for outcome in (*ENDS, SPIN, LIVELOCK):
        found = solve(one, outcome, Limits(states=5000))
        if found.verdict is Verdict.REACHABLE and found.witness is not None:
            assert objection(one, outcome, found.witness, turn=found.turn or None) == ""
            assert not any(objection(one, outcome, best.schedule, best.preemptions) for best in found.best)
            assert found.turn or all(objection(one, other, found.witness) for other in ENDS if other is not outcome)


@pytest.mark.parametrize(
    ("runs", "outcome", "schedule", "said"),
    [
        (("two()", "three()"), FINISHED, (A, A, B, B, B), ""),
        (("two()", "three()"), FINISHED, (A, A, B, B), "it ends as: still running, not as: all threads finished"),
        (("two()", "three()"), FINISHED, (A, A, A), "step 3 of it, move 0, is not possible"),
        (("two()", "three()"), FINISHED, (A, A, B, B, B, B), "step 6 of it, move 1, is not possible"),
        (("two()", "three()"), FINISHED, (2,), "step 1 of it, move 2, is not possible"),
        (("two()", "three()"), FINISHED, (~A,), "step 1 of it, move -1, is not possible"),
        (("two()", "three()"), DEADLOCK, (A, A, B, B, B), "it ends as: all threads finished, not as: deadlock"),
        (("locks()", "turns()"), DEADLOCK, (A, B), ""),
        (("locks()", "turns()"), DEADLOCK, (A, A), "it ends as: still running, not as: deadlock"),
        (("locks()", "turns()"), DEADLOCK, (A, B, A), "step 3 of it, move 0, is not possible"),
        (("waits()", "two()"), SPIN, (A,), ""),
        (("waits()", "two()"), SPIN, (B, A), ""),
        (("waits()", "two()"), LIVELOCK, (B, B, A), ""),
        (("waits()", "two()"), LIVELOCK, (B, A), "another thread could move on that circle"),
        (("waits()", "two()"), SPIN, (B,), "its last steps, of one thread, do not lead back"),
        (("waits()", "two()"), SPIN, (), "its last steps, of one thread, do not lead back"),
        (("waits()", "two()"), SPIN, (A, B, A), ""),
        (("toggles()", "two()"), SPIN, (A, B, A), "its last steps, of one thread, do not lead back"),
        (("toggles()", "two()"), SPIN, (A, A), ""),
        (("toggles()", "locks()"), LIVELOCK, (A, A), "another thread could move on that circle"),
    ],
)
def test_a_schedule_is_judged_by_what_it_comes_to(
    runs: tuple[str, ...], outcome: sim.Outcome, schedule: tuple[int, ...], said: str
) -> None:
    assert objection(machine(TEXT, *runs), outcome, schedule) == said


@pytest.mark.parametrize(
    ("schedule", "preemptions"), [((A, A, B, B, B), 0), ((A, B, A, B, B), 2), ((A, B, B, B, A), 1)]
)
def test_preemptions_are_counted_anew(schedule: tuple[int, ...], preemptions: int) -> None:
    one = machine(TEXT, "two()", "three()")
    assert objection(one, FINISHED, schedule, preemptions) == ""
    wrong = f"it preempts {preemptions} times, not {preemptions + 1}"
    assert objection(one, FINISHED, schedule, preemptions + 1) == wrong


def test_the_turn_must_be_as_long_as_it_is_said_to_be() -> None:
    one = machine(TEXT, "toggles()", "two()")
    assert objection(one, SPIN, (A, A), turn=2) == ""
    assert objection(one, SPIN, (A, A), turn=1) == "its last steps, of one thread, do not lead back after 1"


def test_the_condition_counts_for_the_goal_of_the_machine_alone() -> None:
    one = machine(TEXT, "two()", "three()", goal=sim.Goal(FINISHED, "x == 1"))
    assert objection(one, FINISHED, (A, A, B, B, B)) == "the condition of the goal is not true at its end"
    other = machine(TEXT, "locks()", "turns()", goal=sim.Goal(FINISHED, "x == 1"))
    assert objection(other, DEADLOCK, (A, B)) == ""


@pytest.mark.parametrize("outcome", [SPIN, LIVELOCK])
@pytest.mark.parametrize(("first", "second"), [("waits()", "lowers()"), ("toggles()", "raises()")])
def test_every_best_circle_holds_at_its_cost(first: str, second: str, outcome: sim.Outcome) -> None:
    one = racing(first, second, outcome)
    found = solve(one, outcome)
    assert found.best
    for best in found.best:
        assert objection(one, outcome, best.schedule, best.preemptions) == ""


def test_it_is_short_and_knows_nothing_of_the_explorer() -> None:
    """Neither it nor anything that it imports, directly or not, is part of sim.explore."""
    path = Path(sim.machine.witness.__file__)
    assert len(path.read_text("utf-8").splitlines()) < 80
    seen, waiting = set(), ["sim.machine.witness"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        tree = ast.parse(Path(import_module(name).__file__ or "").read_text("utf-8"))
        imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
        waiting += [one for one in imported if one.startswith("sim.")]
    assert "sim.machine.machine" in seen
    assert not [name for name in seen if name.startswith("sim.explore")]
