# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks of the machine: limits, boot values, threads, predicates."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from tests.sim.programs import finish, machine, play, values

PLACES = """
int x;
void inner(void) { x = 1; here: x = 2; x = 3; }
void run(void) { x = 0; inner(); x = 4; inner(); x = 5; }
void other(void) { x = 9; }
"""


@pytest.mark.parametrize(
    ("place", "steps"),
    [
        ("inner", 1),
        ("inner#1", 1),
        ("inner#2", 5),
        ("inner:here", 2),
        ("inner:here#2", 6),
        ("inner#3", 9),
        ("run", 0),
    ],
)
def test_a_thread_is_held_once_it_has_passed_a_place(place: str, steps: int) -> None:
    one = machine(PLACES, limits=(sim.Limit("A", hold_at=place),))
    ran = finish(one)
    assert len(ran.steps) == steps
    assert ran.outcome == "finished"
    assert bool(one.held(ran.state, 0)) == (steps < 9)
    assert ran.state.ending.sentence == ("no other thread may move" if steps < 9 else "")


def test_a_held_thread_says_why_and_lets_others_move() -> None:
    one = machine(PLACES, "run()", "other()", limits=(sim.Limit("A", hold_at="inner:here"),))
    state = play(one, "AA").state
    assert one.held(state, 0) == "the level holds A here: inner:here"
    assert (one.enabled(state, 0), one.blocked(state, 0), one.enabled(state, 1)) == (False, False, True)
    with pytest.raises(ValueError, match="thread A cannot move"):
        one.step(state, 0)


def test_a_thread_that_waits_for_a_function_may_start_once_that_is_entered() -> None:
    one = machine(PLACES, "run()", "other()", limits=(sim.Limit("B", start_after="A inner"),))
    assert one.held(one.boot(), 1) == "the level holds B until A has entered inner"


def test_a_thread_may_not_start_before_another_has_passed_a_place() -> None:
    one = machine(PLACES, "run()", "other()", limits=(sim.Limit("B", start_after="A inner:here#2"),))
    state = one.boot()
    assert one.held(state, 1) == "the level holds B until A has passed inner:here for the 2nd time"
    state = play(one, "AAAAA").state
    assert not one.enabled(state, 1)
    state = play(one, "A", state).state
    assert one.enabled(state, 1)
    assert play(one, "B AAA", state).outcome == "finished"


def test_a_held_thread_that_keeps_a_lock_is_no_fault_and_those_behind_it_are_a_deadlock() -> None:
    text = "struct mutex m; int x; void run(void) { mutex_lock(&m); in: x = 1; mutex_unlock(&m); }"
    limits = (sim.Limit("A", hold_at="run:in"),)
    assert play(machine(text, "run()", limits=limits), "A").outcome == "finished"
    assert play(machine(text, "run()", "run()", limits=limits), "A").outcome == "deadlock"


@pytest.mark.parametrize(
    "limit",
    [
        sim.Limit("C", hold_at="run"),
        sim.Limit("A"),
        sim.Limit("A", hold_at="run", start_after="B run"),
        sim.Limit("A", hold_at="nowhere"),
        sim.Limit("A", hold_at="inner:nowhere"),
        sim.Limit("A", hold_at="inner here"),
        sim.Limit("A", hold_at="inner#0"),
        sim.Limit("A", start_after="C run"),
        sim.Limit("A", start_after="run"),
    ],
)
def test_a_limit_that_means_nothing_is_an_error(limit: sim.Limit) -> None:
    with pytest.raises(sim.CompileError, match="limit 1"):
        machine(PLACES, "run()", "other()", limits=(limit,))


BOOT = """
typedef struct { unsigned long bits[2]; } nodemask_t;
struct zone { const int node; int free; } zones[2];
nodemask_t mask;
int x;
int *p;
const int c;
struct mutex m;
enum mode { IDLE, BUSY } mode;
void run(void) { x = x; }
"""


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("x", 5, {"x": 5}),
        ("x", "2 * 3", {"x": 6}),
        ("x", "-BUSY", {"x": -1}),
        ("mode", "BUSY", {"mode": 1}),
        ("c", 7, {"c": 7}),
        ("zones[1].free", 9, {"zones[1].free": 9}),
        ("zones[1].node", 1, {"zones[1].node": 1}),
        ("p", "&zones[1].free", {"p": "&zones[1].free"}),
        ("p", "NULL", {"p": "NULL"}),
        ("mask", "0-1,65", {"mask.bits[0]": 3, "mask.bits[1]": 2}),
        ("mask", "", {"mask.bits[0]": 0}),
        ("mask.bits[1]", 8, {"mask.bits[1]": 8}),
    ],
)
def test_boot_values_are_typed_lvalues(key: str, value: int | str, expected: dict[str, int | str]) -> None:
    one = machine(BOOT, boot_values={key: value})
    assert expected.items() <= values(one, one.boot()).items()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("x", 2**31), ("x", "y"), ("y", 1), ("m", 1), ("zones[0]", 1), ("zones[2].free", 1),
        ("zones", "{ 0 }"), ("x", ""), ("x; y", 1), ("", 1), ("*p", 1), ("p", "&c"), ("p", "&mask"), ("p", 1),
        ("run", 1), ("mask", "128"), ("mask", "1-0"), ("mask", "all"), ("x", "x"), ("x", "run()"),
    ],
)  # fmt: skip
def test_a_boot_value_that_does_not_fit_is_an_error_that_names_its_key(key: str, value: int | str) -> None:
    with pytest.raises(sim.CompileError) as problem:
        machine(BOOT, boot_values={key: value})
    assert problem.value.diagnostics[0].span.file == f'boot "{key}"'


@pytest.mark.parametrize(
    "options",
    [
        {"threads": ()},
        {"threads": (sim.Thread("A", "a", "run()"), sim.Thread("A", "b", "run()", cpu=1))},
        {"threads": (sim.Thread("A", "a", "run()"), sim.Thread("B", "b", "run()"))},
        {"threads": (sim.Thread("A", "a", "nothing()"),)},
        {"threads": (sim.Thread("A", "a", "run"),)},
        {"threads": (sim.Thread("A", "a", "run(1)"),)},
        {"threads": (sim.Thread("A", "a", "run(); run()"),)},
        {"threads": (sim.Thread("A", "a", "run()", exhausted="nothing()"),)},
        {"threads": (sim.Thread("A", "a", "run()", current="nobody"),)},
        {"threads": (sim.Thread("A", "a", "run()"),), "allowed": "zone->nothing"},
    ],
)
def test_a_thread_or_predicate_that_means_nothing_is_an_error(options: dict[str, Any]) -> None:
    with pytest.raises(sim.CompileError):
        sim.Machine(sim.compile(BOOT), **options)
