# SPDX-License-Identifier: GPL-2.0-or-later
"""How runs end, what goals do, and that states are values."""

from __future__ import annotations

import pytest

import sim
from sim.machine.events import Ended, Finished
from tests.sim.programs import finish, interleavings, machine, play, values

PAGES = """
struct zone { int id; };
struct zone low = { 1 }, high = { 2 };
int x;
void nothing(void) { x = 1; }
void page(void) { page_allocated(&low); x = 2; }
void other(void) { x = 1; page_allocated(&high); }
void failed(void) { x = 1; allocation_failed(); }
void both(void) { x = 1; allocation_failed(); x = 2; page_allocated(&low); }
void all(void) { x = 1; allocation_failed(); x = 2; page_allocated(&high); x = 3; page_allocated(&low); }
"""


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("nothing()", "finished"),
        ("page()", "page"),
        ("other()", "page-forbidden"),
        ("failed()", "enomem"),
        ("both()", "enomem"),
        ("all()", "page-forbidden"),
    ],
)
def test_a_run_that_comes_to_its_end_is_named_by_the_worst_that_happened(call: str, outcome: str) -> None:
    assert finish(machine(PAGES, call, allowed="zone->id == 1")).outcome == outcome


def test_without_the_predicate_every_page_is_allowed() -> None:
    assert finish(machine(PAGES, "all()")).outcome == "enomem"
    assert finish(machine(PAGES, "other()")).outcome == "page"


def test_a_page_is_judged_by_the_memory_of_its_instant() -> None:
    text = PAGES + "void late(void) { x = 5; page_allocated(&low); x = 0; }"
    assert finish(machine(text, "late()", allowed="x == 0")).outcome == "page-forbidden"
    assert finish(machine(text, "late()", allowed="x == 5")).outcome == "page"


def test_one_thread_that_finishes_does_not_end_the_run() -> None:
    one = machine(PAGES, "page()", "nothing()")
    ran = play(one, "A")
    assert ran.outcome == "open"
    assert ran.steps[-1].events[-1] == Finished(0)
    last = play(one, "B", ran.state)
    assert last.outcome == "page"
    assert last.steps[-1].events[-2:] == (Finished(1), Ended(last.state.ending))


def test_a_null_zone_in_the_predicate_of_pages_is_a_fault() -> None:
    text = PAGES + "void run(void) { x = 1; page_allocated(NULL); x = 2; }"
    ran = finish(machine(text, "run()", allowed="zone->id == 1"))
    assert (ran.outcome, ran.operations) == ("fault", ["write x = 1"])


GOAL = "struct zone { int id; }; struct zone z; int x; void run(void) { x = 1; page_allocated(&z); x = 2; x = 3; }"


def test_a_run_ends_when_the_goal_is_reached() -> None:
    one = machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE))
    ran = finish(one)
    assert (ran.outcome, ran.operations) == ("page", ["write x = 1"])
    assert one.at_goal(ran.state)


def test_the_goals_condition_is_asked_of_the_memory_then() -> None:
    one = machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE, "x == 2"))
    ran = finish(one)
    assert (ran.outcome, ran.operations) == ("page", ["write x = 1", "write x = 2"])
    never = machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE, "x == 7"))
    ran = finish(never)
    assert (ran.outcome, len(ran.operations), never.at_goal(ran.state)) == ("page", 3, False)


def test_another_outcome_is_not_the_goal() -> None:
    one = machine(GOAL, goal=sim.Goal(sim.Outcome.ENOMEM))
    ran = finish(one)
    assert (ran.outcome, one.at_goal(ran.state)) == ("page", False)


@pytest.mark.parametrize("condition", ["x = 1", "x++", "nothing == 1", "z", "out_of_memory()", "x ==", "1; 2"])
def test_a_condition_that_means_nothing_is_an_error(condition: str) -> None:
    with pytest.raises(sim.CompileError, match="goal"):
        machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE, condition))


def test_states_are_values() -> None:
    text = "int x, y; void a(void) { x = 1; } void b(void) { y = 1; } void c(void) { int l = 4; x = 1; l = x; y = l; }"
    one, same = machine(text, "a()", "b()"), machine(text, "a()", "b()")
    assert one.boot() == same.boot()
    assert hash(one.boot()) == hash(same.boot())
    there, back = play(one, "A B").state, play(same, "B A").state
    assert there == back
    assert len({one.boot(), same.boot(), there, back}) == 2
    assert play(one, "A").state != play(one, "B").state
    locals_ = play(machine(text, "c()"), "A").state
    assert locals_ != machine(text, "c()").boot()


def test_memory_holds_the_words_that_can_change_in_order_of_declaration() -> None:
    text = (
        "const int c = 9; struct s { const int k; int n; } v[2] = { { 1, 2 }, { 3, 4 } }; int x = 5; void run(void) { }"
    )
    assert machine(text).boot().memory == (2, 4, 5)


def test_states_cannot_be_changed() -> None:
    state = machine("int x; void run(void) { x = 1; }").boot()
    for name in ("memory", "threads", "ghosts", "flags", "ending"):
        with pytest.raises(AttributeError):
            setattr(state, name, None)


def test_a_machine_can_go_on_from_any_state_of_any_run() -> None:
    text = "int x; void add(void) { int l = x; x = l + 1; }"
    one = machine(text, "add()", "add()")
    found = {values(one, play(one, moves).state)["x"] for moves in interleavings((2, 2))}
    assert found == {1, 2}
    middle = play(one, "A B").state
    assert values(one, play(one, "A B", middle).state)["x"] == 1
    assert values(one, play(one, "B A", middle).state)["x"] == 1
