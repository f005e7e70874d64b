# SPDX-License-Identifier: GPL-2.0-or-later
"""How runs end, what limits and goals do, who waits for whom, and that states are values."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.machine.events import Blocked, Ended, Finished
from sim.machine.locks import holders
from tests.sim.programs import finish, interleavings, machine, pending, play, threads, values

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


CROSSED = """
struct mutex a, b;
int x;
void one(void) { mutex_lock(&a); mutex_lock(&b); mutex_unlock(&b); mutex_unlock(&a); }
void two(void) { mutex_lock(&b); mutex_lock(&a); mutex_unlock(&a); mutex_unlock(&b); }
void far(void) { x = 1; x = 2; }
"""


def test_locks_taken_crosswise_are_a_deadlock() -> None:
    one = machine(CROSSED, "one()", "two()")
    ran = play(one, "A B")
    assert ran.outcome == "deadlock"
    assert all(one.blocked(ran.state, thread) for thread in range(2))
    assert finish(one).outcome == "finished"


def test_a_deadlock_waits_until_nobody_else_can_move() -> None:
    one = machine(CROSSED, "one()", "two()", "far()")
    ran = play(one, "A B")
    assert ran.outcome == "open"
    assert play(one, "C C", ran.state).outcome == "deadlock"


def test_a_lock_says_who_holds_it_and_who_waits() -> None:
    one = machine(CROSSED, "one()", "two()")
    ran = play(one, "B A")
    address, _ = one.program.place("b")
    assert holders(one.word(ran.state, address)).owner == 1
    assert ran.steps[-1].events[-1] != Blocked(0, address)  # the run is over: Ended comes last
    assert Blocked(0, address) in ran.steps[-1].events
    assert not one.enabled(ran.state, 0)


def test_a_thread_that_runs_into_a_held_lock_is_blocked_until_the_unlock() -> None:
    text = "struct mutex m; int x; void take(void) { mutex_lock(&m); x++; mutex_unlock(&m); }"
    one = machine(text, "take()", "take()")
    held = play(one, "A")
    address, _ = one.program.place("m")
    assert held.steps[-1].events[-1] == Blocked(1, address)
    assert (one.blocked(held.state, 1), one.enabled(held.state, 1)) == (True, False)
    with pytest.raises(ValueError, match="thread B cannot move"):
        one.step(held.state, 1)
    free = play(one, "A A A", held.state)
    assert (one.blocked(free.state, 1), one.enabled(free.state, 1)) == (False, True)


def test_mutexes_and_spinlocks_let_whoever_comes_first() -> None:
    for kind, lock in (("struct mutex", "mutex"), ("spinlock_t", "spin")):
        text = f"{kind} m; void take(void) {{ {lock}_lock(&m); {lock}_unlock(&m); }}"
        for order in ("AABBCC", "AACCBB", "BBAACC", "CCBBAA"):
            assert play(machine(text, "take()", "take()", "take()"), order).outcome == "finished"


SEMAPHORE = """
struct rw_semaphore s;
int x;
void read(void) { down_read(&s); x = 1; up_read(&s); }
void write(void) { down_write(&s); x = 2; up_write(&s); }
"""


def test_readers_share_a_semaphore() -> None:
    one = machine(SEMAPHORE, "read()", "read()")
    ran = play(one, "A B")
    assert holders(one.word(ran.state, one.program.place("s")[0])).readers == (0, 1)
    assert all(one.enabled(ran.state, thread) for thread in range(2))


def test_a_writer_keeps_everybody_out() -> None:
    one = machine(SEMAPHORE, "write()", "read()", "write()")
    ran = play(one, "A")
    assert one.blocked(ran.state, 1)
    assert one.enabled(ran.state, 2)  # it can always queue
    ran = play(one, "C", ran.state)
    assert one.blocked(ran.state, 2)
    found = holders(one.word(ran.state, one.program.place("s")[0]))
    assert (found.owner, found.readers, found.queued) == (0, (), (2,))


def test_a_queued_writer_blocks_new_readers_and_comes_first() -> None:
    one = machine(SEMAPHORE, "read()", "write()", "read()")
    ran = play(one, "A B")
    assert (pending(one, ran.state, 1), pending(one, ran.state, 2)) == ("down_write queued s", "down_read s")
    assert [one.blocked(ran.state, thread) for thread in range(3)] == [False, True, True]
    ran = play(one, "A A", ran.state)
    assert [one.enabled(ran.state, thread) for thread in (1, 2)] == [True, False]
    ran = play(one, "B B B C C C", ran.state)
    assert (ran.outcome, ran.operations[0]) == ("finished", "down_write queued s")


def test_of_two_queued_writers_either_may_be_next() -> None:
    one = machine(SEMAPHORE, "read()", "write()", "write()")
    for rest in ("BBB CCC", "CCC BBB"):
        assert play(one, "A B C AA" + rest).outcome == "finished"


def test_a_reader_that_waits_for_itself_through_a_queued_writer_is_a_deadlock() -> None:
    text = (
        "struct rw_semaphore s; struct mutex m; void a(void) { down_read(&s); mutex_lock(&m); mutex_unlock(&m); up_read(&s); }"
        "void b(void) { down_write(&s); up_write(&s); }"
        "void c(void) { mutex_lock(&m); down_read(&s); up_read(&s); mutex_unlock(&m); }"
    )
    assert play(machine(text, "a()", "b()", "c()"), "A C B").outcome == "deadlock"
    assert play(machine(text, "a()", "b()", "c()"), "A C C C C A A A BB").outcome == "finished"


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


def test_two_rebinds_of_one_word_are_each_believed_whatever_the_order_of_the_threads() -> None:
    text = MEMORY + (
        "void left(void) { rebind_begin(); allowed = 2; noise = 4; rebind_end(); }"
        "void right(void) { rebind_begin(); allowed = 3; noise = 5; rebind_end(); }"
    )
    program = sim.compile(text)
    found = {}
    for runs in (("left()", "right()"), ("right()", "left()")):
        one = sim.Machine(
            program,
            threads("allocate()", *runs, exhausted="exhausted()"),
            boot_values={"zones[0].free": 0, "zones[1].free": 5, "allowed": 3},
        )
        first, second = "BC" if runs[0] == "left()" else "CB"
        state = play(one, f"{first} {second} A").state
        found[runs] = (state.ghosts[0], one.exhausted(state, 0), play(one, first, state).state.ghosts[0])
    assert len(set(found.values())) == 1


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
        assert not one.won(ran.state)
    except sim.CompileError as problem:
        assert "goal" in str(problem)


def test_a_null_zone_in_the_predicate_of_pages_is_a_fault() -> None:
    text = PAGES + "void run(void) { x = 1; page_allocated(NULL); x = 2; }"
    ran = finish(machine(text, "run()", allowed="zone->id == 1"))
    assert (ran.outcome, ran.operations) == ("fault", ["write x = 1"])


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


def test_a_held_thread_says_why_and_lets_others_move() -> None:
    one = machine(PLACES, "run()", "other()", limits=(sim.Limit("A", hold_at="inner:here"),))
    state = play(one, "AA").state
    assert one.held(state, 0) == "the level holds A once it has passed inner:here"
    assert (one.enabled(state, 0), one.blocked(state, 0), one.enabled(state, 1)) == (False, False, True)
    with pytest.raises(ValueError, match="thread A cannot move"):
        one.step(state, 0)


def test_a_thread_may_not_start_before_another_has_passed_a_place() -> None:
    one = machine(PLACES, "run()", "other()", limits=(sim.Limit("B", start_after="A inner:here#2"),))
    state = one.boot()
    assert one.held(state, 1) == "the level holds B until A has passed inner:here#2"
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
        sim.Limit("A", start_after="C run"),
        sim.Limit("A", start_after="run"),
    ],
)
def test_a_limit_that_means_nothing_is_an_error(limit: sim.Limit) -> None:
    with pytest.raises(sim.CompileError, match="limit 1"):
        machine(PLACES, "run()", "other()", limits=(limit,))


GOAL = "struct zone { int id; }; struct zone z; int x; void run(void) { x = 1; page_allocated(&z); x = 2; x = 3; }"


def test_a_run_ends_when_the_goal_is_reached() -> None:
    one = machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE))
    ran = finish(one)
    assert (ran.outcome, ran.operations) == ("page", ["write x = 1"])
    assert one.won(ran.state)


def test_the_goals_condition_is_asked_of_the_memory_then() -> None:
    one = machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE, "x == 2"))
    ran = finish(one)
    assert (ran.outcome, ran.operations) == ("page", ["write x = 1", "write x = 2"])
    never = machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE, "x == 7"))
    ran = finish(never)
    assert (ran.outcome, len(ran.operations), never.won(ran.state)) == ("page", 3, False)


def test_another_outcome_is_not_the_goal() -> None:
    one = machine(GOAL, goal=sim.Goal(sim.Outcome.ENOMEM))
    ran = finish(one)
    assert (ran.outcome, one.won(ran.state)) == ("page", False)


@pytest.mark.parametrize("condition", ["x = 1", "x++", "nothing == 1", "z", "out_of_memory()", "x ==", "1; 2"])
def test_a_condition_that_means_nothing_is_an_error(condition: str) -> None:
    with pytest.raises(sim.CompileError, match="goal"):
        machine(GOAL, goal=sim.Goal(sim.Outcome.PAGE, condition))


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
        ("x", 2**31), ("x", "y"), ("y", 1), ("m", 1), ("zones[0]", 1), ("zones[2].free", 1), ("zones", "{ 0 }"), ("x", ""),
        ("x; y", 1), ("", 1), ("*p", 1), ("p", "&c"), ("p", "&mask"), ("p", 1), ("run", 1), ("mask", "128"), ("mask", "1-0"),
        ("mask", "all"), ("x", "x"), ("x", "run()"),
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
