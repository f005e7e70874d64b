# SPDX-License-Identifier: GPL-2.0-or-later
"""When an OOM is premature: what counts as an instant with nothing free, and what a rebind hides."""

from __future__ import annotations

import pytest

import sim
from tests.sim.programs import finish, machine, play, threads, values

MEMORY = """
struct zone { int free; };
struct zone zones[2] = { { 5 }, { 5 } };
int allowed = 1;
int noise;
static bool exhausted(void)
{
	return (!(allowed & 1) || !zones[0].free) && (!(allowed & 2) || !zones[1].free);
}
void allocate(void) { allocation_begin(); noise = 1; noise = 2; out_of_memory(); }
void begin_late(void) { noise = 1; allocation_begin(); noise = 2; out_of_memory(); }
void twice(void) { allocation_begin(); noise = 1; noise = 2; allocation_begin(); noise = 3; out_of_memory(); }
void drain(void) { zones[0].free = 0; zones[0].free = 1; }
void move(void) { rebind_begin(); allowed = 3; allowed = 2; rebind_end(); noise = 3; }
void forget(void) { rebind_begin(); allowed = 3; allowed = 2; noise = 3; rebind_end(); }
void bare(void) { allowed = 3; allowed = 2; }
void empty(void) { zones[1].free = 0; }
"""


def memory(*runs: str, **options: int | str) -> sim.Machine:
    """The machine of MEMORY; `options` are boot values."""
    boot = {"zones[0].free": 5, "zones[1].free": 5, **options}
    return sim.Machine(sim.compile(MEMORY), threads(*runs, exhausted="exhausted()"), boot_values=boot)


def test_an_oom_with_free_pages_at_every_instant_is_premature() -> None:
    assert finish(memory("allocate()")).outcome == "oom-premature"


def test_an_oom_with_nothing_free_is_genuine() -> None:
    assert finish(memory("allocate()", **{"zones[0].free": 0})).outcome == "oom-genuine"


def test_one_exhausted_instant_during_the_allocation_makes_it_genuine() -> None:
    one = memory("allocate()", "drain()")
    assert play(one, "A BB AA").outcome == "oom-genuine"
    assert play(one, "BB AAA").outcome == "oom-premature"
    assert play(one, "AA BB A").outcome == "oom-genuine"
    assert play(one, "B A B AA").outcome == "oom-genuine"


def test_the_interval_starts_with_allocation_begin() -> None:
    one = memory("begin_late()", "drain()")
    assert play(one, "BB AAA").outcome == "oom-premature"
    assert play(one, "B A B AA").outcome == "oom-genuine"
    assert play(one, "B B A AA").outcome == "oom-premature"


def test_a_second_allocation_forgets_the_first() -> None:
    one = memory("twice()", "drain()")
    assert play(one, "B A B AAA").outcome == "oom-premature"
    assert play(one, "B AA B AA").outcome == "oom-genuine"
    state = play(one, "A B").state
    assert state.ghosts[0] is True
    assert play(one, "B A", state).state.ghosts[0] is False


def test_words_written_since_rebind_begin_count_as_before_until_rebind_end() -> None:
    options: dict[str, int | str] = {"zones[0].free": 5, "zones[1].free": 0}
    one = memory("allocate()", "move()", **options)
    assert play(one, "A B AA").outcome == "oom-premature"
    assert play(one, "A BB AA").outcome == "oom-genuine"  # the last write and rebind_end are one step
    later = memory("allocate()", "forget()", **options)
    assert play(later, "A BB AA").outcome == "oom-premature"
    assert play(later, "A BBB AA").outcome == "oom-genuine"
    open_ = memory("allocate()", "bare()", **options)
    assert play(open_, "A BB AA").outcome == "oom-genuine"


def test_inside_a_rebind_the_writes_of_others_count_at_once() -> None:
    one = memory("allocate()", "forget()", "drain()")
    state = play(one, "A B C").state
    assert state.ghosts[0] is True  # allowed still counts as 1, and node 0 has nothing
    assert play(one, "A BBB C A").state.ghosts[0] is False  # allowed counts as 2 now


def test_the_first_write_to_a_word_is_what_counts_as_before() -> None:
    one = memory("allocate()", "forget()", **{"zones[0].free": 0})
    state = play(one, "BB A").state
    assert values(one, state)["allowed"] == 2
    assert one.exhausted(state, 0)
    assert state.ghosts[0] is True


@pytest.mark.parametrize("runs", [("left()", "right()"), ("right()", "left()")])
def test_two_rebinds_of_one_word_are_each_believed_whatever_the_order_of_the_threads(runs: tuple[str, str]) -> None:
    text = MEMORY + (
        "void left(void) { rebind_begin(); allowed = 2; noise = 4; rebind_end(); }"
        "void right(void) { rebind_begin(); allowed = 1; noise = 5; rebind_end(); }"
    )
    boot: dict[str, int | str] = {"zones[0].free": 5, "zones[1].free": 0, "allowed": 3}
    one = sim.Machine(sim.compile(text), threads("allocate()", *runs, exhausted="exhausted()"), boot_values=boot)
    left, right = "BC" if runs[0] == "left()" else "CB"
    # left takes allowed for 3, where node 0 has pages; right takes it for 2, where nothing is left
    assert play(one, f"{left} A").state.ghosts[0] is False
    assert play(one, f"{left} {right} A").state.ghosts[0] is True
    assert play(one, f"{left} {right} {right} A").state.ghosts[0] is False


def test_the_own_rebind_is_part_of_the_private_state() -> None:
    one = memory("allocate()", "forget()")
    address, _ = one.program.place("allowed")
    assert play(one, "BB").state.threads[1].window == ((address, 1),)
    assert play(one, "BBB").state.threads[1].window is None


def test_out_of_memory_without_an_allocation_or_a_predicate_is_a_fault() -> None:
    text = "void run(void) { smp_mb(); out_of_memory(); } bool full(void) { return true; }"
    unmarked = finish(sim.Machine(sim.compile(text), threads("run()", exhausted="full()")))
    assert (unmarked.outcome, "no allocation_begin()" in unmarked.state.ending.sentence) == ("fault", True)
    unasked = finish(machine(text))
    assert (unasked.outcome, "no exhausted call" in unasked.state.ending.sentence) == ("fault", True)


@pytest.mark.parametrize(
    "body", ["BUG_ON(x == 2);", "if (x == 2) y = 1;", "if (x == 2) mutex_lock(&m);", "int *p = &t[x - 1]; y += *p;"]
)
def test_a_predicate_that_goes_wrong_later_ends_the_run_as_a_fault(body: str) -> None:
    text = (
        f"int x, y, t[1]; struct mutex m; static bool full(void) {{ if (!x) return false; {body} return false; }}"
        "void run(void) { allocation_begin(); x = 0; x = 2; x = 3; }"
    )
    ran = finish(sim.Machine(sim.compile(text), threads("run()", exhausted="full()")))
    assert ran.outcome == "fault"
    assert ran.state.ending.sentence.startswith("a predicate of the level: ")


@pytest.mark.parametrize("condition", ["4 / x == 2", "write()", "*p == 1"])
def test_a_condition_that_goes_wrong_is_an_outcome_or_an_error_and_not_a_crash(condition: str) -> None:
    text = "int x, *p; static bool write(void) { x = 1; return true; } void run(void) { x = 1; x = 0; }"
    try:
        one = machine(text, goal=sim.Goal(sim.Outcome.FINISHED, condition))
        ran = finish(one)
        told = not one.at_goal(ran.state)
    except sim.CompileError as problem:
        told = "goal" in str(problem)
    assert told
