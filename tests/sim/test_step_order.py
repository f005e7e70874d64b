# SPDX-License-Identifier: GPL-2.0-or-later
"""The fixed order of steps: for each kind of expression and statement, the visible operations it makes, in order."""

from __future__ import annotations

import pytest

import sim
from sim.operations.marks import MarkKind
from tests.sim.operations import CASES, PAIR
from tests.sim.programs import accessed, finish, machine, pending, play, values


@pytest.mark.parametrize("name", CASES)
def test_operations_come_in_the_fixed_order(name: str) -> None:
    declarations, body, expected = CASES[name]
    one = machine(f"{declarations}\nvoid run(void) {{ {body} }}")
    assert finish(one).operations == expected.split(", ")


@pytest.mark.parametrize("name", CASES)
def test_thread_rests_before_the_operation_that_its_next_step_does(name: str) -> None:
    declarations, body, _ = CASES[name]
    one = machine(f"{declarations}\nvoid run(void) {{ {body} }}")
    state = one.boot()
    while state.outcome is sim.Outcome.OPEN:
        waiting = pending(one, state)
        step = one.step(state, 0)
        done = accessed(step)
        cell = one.program.cells[done.address]
        assert waiting == " ".join((str(done.kind), *([cell.lvalue] if cell else [])))
        state = step.state
    assert pending(one, state) == "" or state.outcome is sim.Outcome.FAULT


def test_the_same_line_is_free_for_a_local_and_visible_for_a_global() -> None:
    one = machine(
        "struct mask { int bits; }; struct mask shared = { 6 }; int x;\n"
        "static int first(const struct mask *m) { return m->bits; }\n"
        "void run(void) { struct mask own = { 5 }; x = first(&own); x = first(&shared); }"
    )
    ran = finish(one)
    assert ran.operations == ["write x = 5", "read shared.bits", "write x = 6"]
    assert accessed(ran.steps[1]).function == "first"
    assert accessed(ran.steps[1]).span.line == 2


def test_down_write_on_a_busy_semaphore_is_queueing_and_then_acquiring() -> None:
    one = machine(
        "struct rw_semaphore s; void reader(void) { down_read(&s); up_read(&s); }"
        "void writer(void) { down_write(&s); up_write(&s); }",
        "reader()",
        "writer()",
    )
    ran = play(one, "A B")
    assert pending(one, ran.state, 1) == "down_write queued s"
    assert one.blocked(ran.state, 1)
    ran = play(one, "A B A B B")
    assert ran.operations == ["down_read s", "down_write s", "up_read s", "down_write queued s", "up_write s"]
    assert ran.outcome == "finished"


def test_out_of_memory_is_a_step_and_ends_the_run() -> None:
    text = (
        "int x; static bool none(void) { return true; } void run(void) { allocation_begin(); out_of_memory(); x = 1; }"
    )
    one = sim.Machine(sim.compile(text), (sim.Thread("A", "it", "run()", exhausted="none()"),))
    ran = finish(one)
    assert ran.operations == ["out_of_memory"]
    assert ran.outcome == "oom-genuine"


def test_a_struct_copy_can_be_seen_torn() -> None:
    one = machine(PAIR + "void copy(void) { w = u; } void change(void) { u.a = 10; u.b = 20; }", "copy()", "change()")
    words = values(one, play(one, "AA BB AA").state)
    assert (words["w.a"], words["w.b"]) == (1, 20)


def test_a_value_that_was_read_stays_as_it_was_read() -> None:
    one = machine("int x = 1, y; void sum(void) { y = x + x; } void change(void) { x = 5; }", "sum()", "change()")
    assert values(one, play(one, "A B A A").state)["y"] == 6


def test_a_loop_condition_is_read_each_turn() -> None:
    one = machine(
        "bool go; void wait(void) { while (!go) cpu_relax(); } void set(void) { go = true; }", "wait()", "set()"
    )
    ran = play(one, "AAA B A")
    assert ran.operations == ["read go", "read go", "read go", "write go = 1", "read go"]
    assert ran.outcome == "finished"


def test_at_boot_the_private_work_before_the_first_operation_is_done() -> None:
    one = machine("int x; void run(void) { int l = 2; l *= 3; x = l; }")
    state = one.boot()
    assert pending(one, state) == "write x"
    (operation,) = (state.threads[0].pending,)
    assert operation is not None
    assert operation.operands == (6,)


def test_a_thread_is_finished_in_the_step_after_which_its_function_returns() -> None:
    one = machine("int x; void run(void) { int l; x = 1; l = 3; l++; }")
    ran = play(one, "A")
    assert ran.state.threads[0].finished
    assert ran.outcome == "finished"


def test_a_thread_without_operations_is_finished_at_boot() -> None:
    state = machine("void run(void) { int l = 3; l++; }").boot()
    assert state.threads[0].finished
    assert state.outcome is sim.Outcome.FINISHED


def test_boot_values_change_what_is_visible_not_what_is_const() -> None:
    one = machine("const int c = 1; int x; void run(void) { x = c; }", boot_values={"c": 8, "x": "1 + 1"})
    assert values(one, one.boot())["x"] == 2
    assert finish(one).operations == ["write x = 8"]


def test_current_is_the_threads_own_task() -> None:
    text = (
        "struct task_struct { int mems; const int id; }; struct task_struct one = { 1, 11 }, two = { 2, 22 }; int x, y;"
        "void first(void) { x = current->mems; } void second(void) { y = current->id + numa_node_id(); }"
    )
    threads = (
        sim.Thread("A", "a", "first()", current="one"),
        sim.Thread("B", "b", "second()", cpu=1, node=3, current="two"),
    )
    ran = play(sim.Machine(sim.compile(text), threads), "AAB")
    assert ran.operations == ["read one.mems", "write x = 1", "write y = 25"]


MARKED = """
struct zone { int free; };
struct zone z;
int x, y;
static bool none(void) { return true; }
void before(void) { allocation_begin(); x = 1; x = 2; }
void after(void) { x = 1; allocation_begin(); page_allocated(&z); x = 2; allocation_failed(); }
void between(void) { x = 1; if (x) rebind_begin(); y = 2; rebind_end(); }
"""

MARKS = {
    "before()": [["allocation_begin"], []],
    "after()": [["allocation_begin", "page_allocated"], ["allocation_failed"]],
    "between()": [[], ["rebind_begin"], ["rebind_end"]],
}


@pytest.mark.parametrize("call", MARKS)
def test_marks_take_effect_with_the_operation_before_them(call: str) -> None:
    assert finish(machine(MARKED, call)).marks() == MARKS[call]


def test_a_mark_before_the_first_operation_waits_for_the_first_step() -> None:
    text = "bool full; static bool none(void) { return full; } int x; void run(void) { allocation_begin(); x = 1; }"
    thread = sim.Thread("A", "it", "run()", exhausted="none()")
    one = sim.Machine(sim.compile(text), (thread,))
    state = one.boot()
    assert state.ghosts == (None,)
    assert one.step(state, 0).state.ghosts == (False,)


def test_a_mark_of_page_allocated_names_the_zone() -> None:
    one = machine(MARKED, "after()")
    (step, _) = finish(one).steps
    mark = step.events[2]
    address, _ = one.program.place("z")
    assert (getattr(mark, "kind", None), getattr(mark, "value", None)) == (MarkKind.PAGE_ALLOCATED, address)
