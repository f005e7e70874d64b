# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of a level: which step breaks one, and the explorer's game against searches that only step the machine."""

from __future__ import annotations

import random
from collections.abc import Hashable

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sim
from sim.debugger import Moment, extend, first_moment
from sim.explore import explore, pareto, state_graph
from sim.machine.events import Accessed
from sim.machine.key import state_key
from sim.machine.state import RESULTS
from sim.machine.witness import objection
from tests.sim.generated import build, kernel
from tests.sim.programs import machine, play
from tests.sim.test_explore_best import naive_costs
from tests.sim.test_explore_generated import compare

LOCKS = """#include "oomrace.h"
struct mutex m;
int x;
static void inner(void) { x = 1; again: x = 2; }
void run(void) { mutex_lock(&m); inner(); mutex_unlock(&m); inner(); }
void other(void) { mutex_lock(&m); x = 9; mutex_unlock(&m); }
void late(void) { x = 1; mutex_lock(&m); mutex_unlock(&m); }
void once(void) { inner(); }
"""
BROKEN, OPEN, FINISHED = "rule-broken", "open", "finished"
ENDED_BY_MARKS = tuple(RESULTS.values())
"""A run ends with these at once where they are the goal."""


def ruled(*runs: str, limits: tuple[sim.Limit, ...] = (), **rules: object) -> sim.Machine:
    return machine(LOCKS, *runs, limits=limits, rules=sim.Rules(**rules))  # type: ignore[arg-type]


def broken_by(one: sim.Machine, moves: str) -> str:
    """What the last of some moves is said to break; the others break nothing."""
    assert play(one, moves[:-1]).outcome == OPEN
    ran = play(one, moves)
    assert ran.outcome == BROKEN
    assert not any(one.enabled(ran.state, move) for move in one.moves)
    return ran.state.ending.sentence


@pytest.mark.parametrize(("runs", "moves"), [("run() other()", "A"), ("run() late()", "AB"), ("run() late()", "BA")])
def test_a_thread_that_may_not_wait_ends_the_run_with_the_step_after_which_it_does(runs: str, moves: str) -> None:
    said = broken_by(ruled(*runs.split(), never_waits=("B",)), moves)
    assert said == "B waits for m: this level asks for a run in which B never waits"


def test_others_may_wait_and_so_may_whom_the_level_holds() -> None:
    one = ruled("run()", "other()", never_waits=("B",))
    assert play(one, "BBB AAAAAA").outcome == FINISHED
    assert one.blocked(play(one, "B").state, 0)
    held = ruled("run()", "other()", never_waits=("B",), limits=(sim.Limit("B", start_after="A inner:again#2"),))
    assert play(held, "AAAAAA BBB").outcome == FINISHED
    early = ruled("run()", "other()", never_waits=("B",), limits=(sim.Limit("B", start_after="A inner:again"),))
    assert broken_by(early, "AA").startswith("B waits for m:")


def test_a_preemption_too_many_ends_the_run() -> None:
    one = ruled("late()", "late()", preemptions=1)
    assert broken_by(one, "ABA") == "preemption 2: this level asks for a run with at most 1 preemption"
    assert play(one, "ABBB AA").outcome == FINISHED
    assert play(one, "AAA BBB").outcome == FINISHED
    assert broken_by(ruled("late()", "late()", preemptions=0), "AB") == (
        "a preemption: this level asks for a run with no preemption"
    )


def test_who_is_blocked_held_or_finished_is_not_preempted() -> None:
    one = ruled("late()", "late()", "once()", preemptions=0)
    assert play(one, "AAA BBB CC").outcome == FINISHED
    blocked = ruled("run()", "late()", preemptions=1)
    assert play(blocked, "AB AAAAA BB").outcome == FINISHED
    held = ruled("run()", "once()", preemptions=0, limits=(sim.Limit("A", hold_at="inner"),))
    assert play(held, "A BB").outcome == FINISHED


@pytest.mark.parametrize(
    ("place", "moves", "said"),
    [
        ("inner", "A", "A entered inner"),
        ("inner#2", "AAAA", "A entered inner for the 2nd time"),
        ("inner:again", "AA", "A passed inner:again"),
        ("inner:again#2", "AAAAA", "A passed inner:again for the 2nd time"),
    ],
)
def test_a_place_that_a_thread_may_not_come_by(place: str, moves: str, said: str) -> None:
    one = ruled("run()", "late()", never_enters=(f"A {place}",))
    assert broken_by(one, moves) == f"{said}: this level asks for a run in which A does not"
    other = ruled("run()", "late()", never_enters=(f"B {place}",))
    assert play(other, "AAAAAA BBB").outcome == FINISHED


def test_rules_and_limits_watch_the_same_place() -> None:
    limit = sim.Limit("A", hold_at="inner:again")
    one = ruled("run()", "late()", limits=(limit,), never_enters=("A inner#2",))
    assert play(one, "AA B").outcome == "deadlock"
    assert broken_by(ruled("run()", "late()", limits=(limit,), never_enters=("A inner",)), "A").startswith("A entered")


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"never_waits": ("C",)}, "no thread 'C'"),
        ({"never_enters": ("A nowhere",)}, "'nowhere' is no place"),
        ({"never_enters": ("inner",)}, "no thread 'inner'"),
        ({"never_enters": ("A inner:there",)}, "inner has no label there"),
        ({"preemptions": -1}, "-1 preemptions"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(rules: dict[str, object], message: str) -> None:
    with pytest.raises(sim.CompileError, match=message):
        machine(LOCKS, "run()", "late()", rules=sim.Rules(**rules))  # type: ignore[arg-type]


def test_a_bound_on_preemptions_needs_a_machine_without_store_buffers() -> None:
    with pytest.raises(sim.CompileError, match="a bound with store buffers"):
        machine(LOCKS, "run()", tso=True, rules=sim.Rules(preemptions=1))


def test_what_is_broken_before_the_first_step_is_refused() -> None:
    with pytest.raises(sim.CompileError, match="broken before the first step: A entered inner"):
        ruled("once()", never_enters=("A inner",)).boot()


def breaks(one: sim.Machine, rules: sim.Rules, moment: Moment) -> bool:
    """Whether a moment of a machine without rules breaks these, by what the machine says of it."""
    threads = {thread.letter: index for index, thread in enumerate(one.threads)}
    for letter in rules.never_waits:
        state, thread = evolve(moment.state, ending=one.boot().ending), threads[letter]
        if one.blocked(state, thread) and not one.held(state, thread):
            return True
    entered = {
        (event.thread, one.program.functions[call.function].name)
        for event in moment.events
        if isinstance(event, Accessed)
        for call in event.calls
    }
    banned = {(threads[rule.split()[0]], rule.split()[1]) for rule in rules.never_enters}
    most = rules.preemptions
    return bool(entered & banned) or (most is not None and moment.preemptions > most)


def kept(one: sim.Machine, rules: sim.Rules) -> dict[sim.Outcome, int]:
    """The outcomes of all runs of a machine that keep some rules, each with the fewest steps to it."""
    steps: dict[sim.Outcome, int] = {}
    seen: set[Hashable] = set()
    waiting = [first_moment(one)]
    while waiting:
        following = []
        for moment in waiting:
            if moment.outcome is not sim.Outcome.OPEN:
                steps.setdefault(moment.outcome, moment.steps)
            for move in one.moves:
                if not one.enabled(moment.state, move):
                    continue
                after = extend(one, moment, move)
                moment.children.clear()
                key = state_key(one.program, after.state), after.turn, after.preemptions
                if key not in seen and not breaks(one, rules, after):
                    seen.add(key)
                    following.append(after)
        waiting = following
    return steps


def test_preemptions_are_those_of_the_debugger() -> None:
    one = ruled("run()", "late()", "other()", preemptions=3)
    dice = random.Random(0)
    for _ in range(30):
        moment = first_moment(one)
        while moment.outcome is sim.Outcome.OPEN:
            moment = extend(one, moment, dice.choice([move for move in one.moves if one.enabled(moment.state, move)]))
            assert moment.state.turns is not None
            assert moment.state.turns.preemptions == moment.preemptions


def some_rules(dice: random.Random, order: str) -> sim.Rules:
    """Rules that often leave some runs and rule some out."""
    most = dice.choice((None, None, 0, 1, 2))
    waits = tuple(letter for letter in order if dice.random() < 0.4)
    enters = (f"{dice.choice(order)} next",) if dice.random() < 0.3 else ()
    return sim.Rules(most, waits, enters)


def hold(dice: random.Random, order: str) -> None:
    """All that the explorer finds of a machine with rules is what searches find that only step it."""
    plain = build(kernel(dice.choice, statements=1), order)
    rules = some_rules(dice, order)
    one = evolve(plain, rules=rules, goal=sim.Goal(dice.choice((sim.Outcome.FINISHED, sim.Outcome.DEADLOCK))))
    try:
        one.boot()
    except sim.CompileError:
        return
    assume(compare(one))
    steps = kept(plain, rules)
    for outcome in sim.Outcome:
        if outcome in (sim.Outcome.RULE_BROKEN, *sim.CIRCLES):
            continue
        search = explore(one, outcome)
        assert (search.witness is not None) == (outcome in steps)
        if search.witness is not None:
            assert len(search.witness) == steps[outcome]
            assert outcome in ENDED_BY_MARKS or objection(one, outcome, search.witness) == ""
    graph = state_graph(one)
    assert {(best.preemptions, best.steps) for best in pareto(graph, graph.ended_at_goal())} == naive_costs(one)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.sampled_from(["AB", "AC", "BC", "ABC"]))
def test_programs_that_hypothesis_makes_with_rules(dice: random.Random, order: str) -> None:
    hold(dice, order)
