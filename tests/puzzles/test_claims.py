# SPDX-License-Identifier: GPL-2.0-or-later
"""Claims that a machine is safe: right, wrong with a shortest schedule, or undecided with the bound named."""

from __future__ import annotations

import random

import pytest
from attrs import evolve

import sim
from puzzles.judging.claims import Answer, Settled, settle
from puzzles.levels import Level, build_machine, game_pack
from sim.explore import Limits, Progress, solve
from sim.machine.witness import objection
from tests.sim.generated import build, kernel
from tests.sim.programs import machine
from tests.sim.test_explore import naive

SAFE = game_pack().level("tour/6")
GIVEN = "int x; void one(void) { x = 1; } void two(void) { x = 2; }"
WAIT = "int x; void wait(void) { while (!x) cpu_relax(); } void give(void) { x = 1; }"
DIVIDE = "int x = 1, y; void one(void) { x = 0; } void two(void) { y = 4 / x; }"


def claimed(text: str, goal: sim.Goal, *runs: str) -> Settled:
    return settle(machine(text, *runs, goal=goal))


@pytest.mark.parametrize("id_", ["tour/6", "in-place/4"])
def test_a_safe_level_is_exhausted(id_: str) -> None:
    one = build_machine(game_pack().level(id_))
    states, transitions, outcomes = naive(one)
    assert one.goal is not None
    assert one.goal.outcome not in outcomes
    assert settle(one) == Settled(Answer.RIGHT, len(states), transitions)


@pytest.mark.parametrize("level", [one for one in game_pack().levels if not one.goal.safe], ids=lambda one: one.id)
def test_a_level_that_can_be_broken_answers_with_a_shortest_schedule(level: Level) -> None:
    one = build_machine(level)
    settled = settle(one)
    assert settled.answer is Answer.WRONG
    assert settled.counterexample is not None
    assert one.goal is not None
    assert objection(one, one.goal.outcome, settled.counterexample) == ""
    assert len(settled.counterexample) == len(solve(one, one.goal.outcome).witness or ())


def test_a_claim_about_a_changed_level_is_about_the_change() -> None:
    settled = settle(build_machine(SAFE, sets=["look_again=0"]))
    assert settled.answer is Answer.WRONG
    assert len(settled.counterexample or ()) == 11


@pytest.mark.parametrize(
    ("condition", "answer"), [("x == 1", Answer.WRONG), ("x == 2", Answer.WRONG), ("x == 3", Answer.RIGHT)]
)
def test_the_condition_of_a_goal_counts(condition: str, answer: Answer) -> None:
    goal = sim.Goal(sim.Outcome.FINISHED, condition, safe=True)
    settled = claimed(GIVEN, goal, "one()", "two()")
    assert settled.answer is answer
    assert len(settled.counterexample or ()) == (2 if answer is Answer.WRONG else 0)


@pytest.mark.parametrize(
    ("goal", "runs", "answer", "steps"),
    [
        (sim.Goal(sim.Outcome.SPIN), ("wait()", "give()"), Answer.WRONG, 1),
        (sim.Goal(sim.Outcome.SPIN, "x == 1"), ("wait()", "give()"), Answer.RIGHT, 0),
        (sim.Goal(sim.Outcome.LIVELOCK), ("wait()", "give()"), Answer.RIGHT, 0),
        (sim.Goal(sim.Outcome.LIVELOCK), ("wait()",), Answer.WRONG, 1),
    ],
)
def test_goals_that_are_circles(goal: sim.Goal, runs: tuple[str, ...], answer: Answer, steps: int) -> None:
    settled = claimed(WAIT, goal, *runs)
    assert settled.answer is answer
    assert len(settled.counterexample or ()) == steps


@pytest.mark.parametrize("goal", [sim.Goal(sim.Outcome.BUG), sim.Goal(sim.Outcome.FINISHED, "y == 1")])
def test_a_model_that_faults_proves_nothing(goal: sim.Goal) -> None:
    settled = claimed(DIVIDE, goal, "one()", "two()")
    assert (settled.answer, settled.bound) == (
        Answer.UNDECIDED,
        "the model faults after A1 B1: kernel.c:1, in two: division by zero",
    )
    assert not settled.right


@pytest.mark.parametrize("condition", ["", "free_pages == 7"])
def test_a_bound_leaves_a_claim_undecided(condition: str) -> None:
    one = build_machine(evolve(SAFE, goal=evolve(SAFE.goal, condition=condition)))
    settled = settle(one, Limits(10))
    assert settled.answer is Answer.UNDECIDED
    assert "10 states" in settled.bound
    assert settled.counterexample is None


def test_who_asks_can_stop_the_search() -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> str:
        told.append(progress)
        return "stopped"

    settled = settle(build_machine(SAFE), Limits(watch=stop))
    assert told
    assert (settled.answer, settled.bound) == (Answer.UNDECIDED, "stopped")


def test_without_a_goal_there_is_nothing_to_claim() -> None:
    with pytest.raises(ValueError, match="there is nothing to claim"):
        settle(machine(GIVEN, "one()"))


@pytest.mark.parametrize("seed", range(40))
def test_claims_about_programs_made_at_random_are_settled_as_a_plain_search_does(seed: int) -> None:
    dice = random.Random(seed)
    outcome = dice.choice([sim.Outcome.OOM_PREMATURE, sim.Outcome.BUG, sim.Outcome.DEADLOCK, sim.Outcome.ENOMEM])
    one = evolve(build(kernel(dice.choice, 1), dice.choice(["AB", "AC", "BC", "ABC"])), goal=sim.Goal(outcome))
    settled = settle(one)
    _, _, outcomes = naive(one)
    if outcome in outcomes:
        assert settled.answer is Answer.WRONG
        assert settled.counterexample is not None
        assert objection(one, outcome, settled.counterexample) == ""
    else:
        assert settled.right is (sim.Outcome.FAULT not in outcomes)
