# SPDX-License-Identifier: GPL-2.0-or-later
"""A debugging session: running on, going back, points, looking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from puzzles.levels import build_machine, game_pack
from sim.debugger import (
    EvaluationError,
    PointError,
    Session,
    StopReason,
    backtrace,
    evaluate,
    frame_locals,
    parse_breakpoint,
    parse_watchpoint,
    pending,
    why_not,
)
from sim.machine.key import state_key
from sim.operations.kinds import OperationKind

RACE = build_machine(game_pack().level("in-place/1"))
A, R = 0, 1

SPINNING = """#include "oomrace.h"
int flag;
int go;
void wait(void)
{
\twhile (!READ_ONCE(flag))
\t\tcpu_relax();
}
void raise(void)
{
\tWRITE_ONCE(go, 1);
\tWRITE_ONCE(flag, 1);
}
void forever(void)
{
\tfor (;;)
\t\tWRITE_ONCE(go, 1);
}
"""


def spinning(second: str = "raise()", goal: sim.Outcome | None = None) -> Session:
    threads = (sim.Thread("A", "waiter", "wait()"), sim.Thread("B", "other", second, cpu=1))
    return Session(sim.Machine(sim.compile(SPINNING), threads, goal=sim.Goal(goal) if goal else None))


def test_a_step_moves_one_thread_by_one_operation() -> None:
    session = Session(RACE)
    stop = session.step(A, 3)
    assert (stop.reason, stop.steps, session.now.steps, session.now.thread) == (StopReason.DONE, 3, 3, A)


def test_steps_end_early_at_a_block_and_say_who_has_the_lock() -> None:
    session = Session(RACE)
    session.step(A, 6)
    stop = session.step(R, 50)
    assert (stop.reason, stop.steps) == (StopReason.BLOCKED, 22)
    assert stop.sentence == "R waits for mm.mmap_sem: read by A"


def test_next_leaves_the_source_line() -> None:
    session = Session(RACE)
    session.step(A)
    lines = []
    for _ in range(4):
        frame = backtrace(RACE, session.now.state, A)[session.shown_depth(A)]
        lines.append((frame.function, frame.span.line))
        session.next(A)
    assert len(set(lines)) == len(lines)


def test_next_treats_skipped_headers_as_part_of_the_line() -> None:
    session = Session(RACE)
    session.step(A, 5)
    assert backtrace(RACE, session.now.state, A)[-1].function == "node_isset"
    shown = backtrace(RACE, session.now.state, A)[session.shown_depth(A)]
    assert shown.function == "next_zones_zonelist"


def test_finish_returns_from_the_function_shown() -> None:
    session = Session(RACE)
    session.step(A, 5)
    before = [frame.function for frame in backtrace(RACE, session.now.state, A)]
    session.finish(A)
    after = [frame.function for frame in backtrace(RACE, session.now.state, A)]
    assert before[4:6] == ["first_zones_zonelist", "next_zones_zonelist"]
    assert (after[3], after[4]) == ("__alloc_pages_nodemask", "get_page_from_freelist")


CALLS = """#include "oomrace.h"
int x;
int total;
void add(int by)
{
\tx += by;
}
void twice(int by)
{
\tint i;

\tfor (i = 0; i < 2; i++)
\t\tadd(by);
}
int nothing(int by)
{
\treturn by;
}
void count(void)
{
\ttwice(1);
\ttotal = nothing(3);
\ttotal = nothing(4);
}
"""


def calling() -> Session:
    return Session(sim.Machine(sim.compile(CALLS), (sim.Thread("A", "caller", "count()"),)))


def names(session: Session) -> list[str]:
    return [frame.function for frame in backtrace(session.machine, session.now.state, A)]


def test_finish_stops_though_the_same_function_is_called_again_at_once() -> None:
    session = calling()
    assert names(session) == ["count", "twice", "add"]
    session.finish(A)
    assert (session.now.steps, names(session)) == (2, ["count", "twice", "add"])
    session.finish(A)
    assert (session.now.steps, names(session)) == (4, ["count"])


def test_next_stops_where_a_loop_comes_back_to_the_line() -> None:
    session = calling()
    session.next(A)
    assert (session.now.steps, names(session)) == (2, ["count", "twice", "add"])


def test_a_breakpoint_on_a_function_is_met_each_time_it_is_called() -> None:
    session = calling()
    session.breakpoints.append(parse_breakpoint(session.machine.program, "add"))
    assert session.continue_(A).sentence == "breakpoint: add (kernel.c:4)"
    assert session.now.steps == 2
    assert session.continue_(A).reason is StopReason.OVER


def test_a_function_without_a_step_is_met_as_it_is_passed() -> None:
    session = calling()
    place = parse_breakpoint(session.machine.program, "nothing")
    stop = session.until(A, place)
    assert (session.now.steps, names(session)) == (4, ["count"])
    assert stop.sentence == "A came to nothing (kernel.c:15), and out of it again: nothing in it is a step here"
    session.breakpoints.append(place)
    assert session.continue_(A).sentence == f"breakpoint: {stop.sentence.removeprefix('A came to ')}"
    assert session.now.steps == 5


def test_until_comes_to_a_function_and_to_a_line() -> None:
    session = Session(RACE)
    place = parse_breakpoint(RACE.program, "get_page_from_freelist")
    assert session.until(A, place).reason is StopReason.DONE
    assert "get_page_from_freelist" in [frame.function for frame in backtrace(RACE, session.now.state, A)]
    session.jump(0)
    line = backtrace(RACE, session.now.state, R)[0].span.line
    assert parse_breakpoint(RACE.program, str(line)).line == line


def test_continue_stops_at_a_breakpoint_and_a_watchpoint() -> None:
    session = Session(RACE)
    session.breakpoints.append(parse_breakpoint(RACE.program, "mpol_rebind_task"))
    assert session.continue_(R).sentence == "breakpoint: mpol_rebind_task (linux-2.6.31.c:273)"
    session.breakpoints.clear()
    session.watchpoints.append(parse_watchpoint(RACE.program, "task_policy.nodes"))
    assert session.continue_(R).sentence == "watchpoint: task_policy.nodes {0} -> {1}"


@pytest.mark.parametrize("place", ["no_such_function", "linux-2.6.31.c:99999", "no.h:3", "12x"])
def test_a_breakpoint_that_is_nowhere(place: str) -> None:
    with pytest.raises(PointError):
        parse_breakpoint(RACE.program, place)


@pytest.mark.parametrize("lvalue", ["nothing", "new_mems", "zones[9]", "1 + 1", "task.mems_allowed ="])
def test_a_watchpoint_on_what_cannot_change(lvalue: str) -> None:
    with pytest.raises(PointError):
        parse_watchpoint(RACE.program, lvalue)


def test_a_spinning_thread_is_told_to_go_round_in_circles() -> None:
    session = spinning()
    stop = session.continue_(A)
    assert (stop.reason, stop.steps) == (StopReason.CIRCLE, 1)
    assert stop.sentence == "A goes round in circles: nothing changes until B moves"
    assert session.now.circle is sim.Outcome.SPIN


def test_a_step_that_leads_nowhere_new_says_so() -> None:
    session = spinning()
    assert session.circle == ""
    session.step(A)
    assert session.circle == "A goes round in circles: nothing changes until B moves"
    session.step(1)
    assert session.circle == ""


def test_a_spin_can_be_the_goal() -> None:
    session = spinning(goal=sim.Outcome.SPIN)
    session.step(A)
    assert session.won
    assert session.over
    assert not session.can_move(R)
    assert session.step(R).reason is StopReason.OVER


def test_alone_it_is_a_livelock() -> None:
    session = spinning("raise()")
    session.step(1, 1)
    session.step(A)
    assert session.now.circle is sim.Outcome.SPIN
    machine = sim.Machine(sim.compile(SPINNING), (sim.Thread("A", "waiter", "wait()"),))
    alone = Session(machine)
    alone.continue_(A)
    assert alone.now.circle is sim.Outcome.LIVELOCK


def test_a_write_of_the_same_value_goes_round_in_circles_from_the_second_turn() -> None:
    session = spinning("forever()")
    assert session.continue_(1).steps == 2


def test_going_back_keeps_the_future_and_a_different_move_makes_a_branch() -> None:
    session = Session(RACE)
    session.step(A, 6)
    session.step(R, 3)
    session.back(3)
    assert session.now.steps == 6
    assert len(list(session.now.future())) == 3
    session.step(A)
    assert [child.thread for child in session.now.parent.children] == [R, A] if session.now.parent else False
    session.back()
    session.step(R)
    assert session.now.parent is not None
    assert len(session.now.parent.children) == 2
    assert len(list(session.now.future())) == 2


def test_jump_goes_to_any_step() -> None:
    session = Session(RACE)
    session.step(A, 6)
    session.step(R, 22)
    assert [session.jump(step) for step in (0, 28, 7, 999)] == [0, 28, 7, 28]


def test_preemptions_are_moves_of_another_thread_while_the_last_one_could_go_on() -> None:
    session = Session(RACE)
    session.step(A, 6)
    assert session.now.preemptions == 0
    session.step(R, 22)
    assert session.now.preemptions == 1
    session.step(A)
    assert session.now.preemptions == 1


def test_pending_tells_kind_lvalue_value_and_place() -> None:
    session = Session(RACE)
    session.step(A, 5)
    found = pending(RACE, session.now.state, A)
    assert found is not None
    assert (found.kind, found.name, found.value) == (OperationKind.READ, "task_policy.nodes", "{0}")
    assert found.written == "mask->bits[node / BITS_PER_LONG]"
    assert found.span.file == "nodemask.h"
    session.step(R, 8)
    write = pending(RACE, session.now.state, R)
    assert write is not None
    assert write.sentence == "write task.mems_allowed = {0,1} (was {0})"
    assert write.written == "tsk->mems_allowed"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("task.mems_allowed", "{0}"),
        ("current->mempolicy->mode", "MPOL_BIND"),
        ("numa_node_id()", "1"),
        ("zones[1].free > zones[1].watermark[WMARK_HIGH]", "1"),
        ("mm.mmap_sem", "read by A"),
        ("nodes", "&task_policy.nodes"),
        ("z->zone->node", "1"),
        ("node_isset(0, nodes)", "true"),
        ("task.mempolicy == &task_policy && task.mm", "1"),
    ],
)
def test_expressions_are_evaluated_in_a_frame(source: str, value: str) -> None:
    session = Session(RACE)
    session.step(A, 5)
    assert evaluate(RACE, session.now.state, source, A, session.shown_depth(A)) == value


@pytest.mark.parametrize(
    "source", ["z++", "task.mm = NULL", "unknown", "1 +", "mutex_lock(&cgroup_mutex)", "1 / 0", ""]
)
def test_what_cannot_be_evaluated_says_why(source: str) -> None:
    session = Session(RACE)
    session.step(A, 5)
    with pytest.raises(EvaluationError, match=r"\w"):
        evaluate(RACE, session.now.state, source, A, session.shown_depth(A))


def test_a_function_that_writes_is_not_evaluated() -> None:
    session = Session(RACE)
    with pytest.raises(EvaluationError, match="side effect"):
        evaluate(RACE, session.now.state, "cpuset_write_mems(&cpuset, &new_mems)", R)


def test_locals_of_a_frame() -> None:
    session = Session(RACE)
    session.step(A, 5)
    found = {one.name: one.value for one in frame_locals(RACE, session.now.state, A, session.shown_depth(A))}
    assert found == {"z": "&node_zonelists[1].zoneref[0]", "nodes": "&task_policy.nodes"}


def test_why_not_names_what_stops_a_thread() -> None:
    session = Session(build_machine(game_pack().level("in-place/2")))
    machine = session.machine
    session.step(A, 6)
    session.step(R, 30)
    assert why_not(machine, session.now.state, R) == "the level holds R here: mpol_rebind_task for the 2nd time"
    session.step(A, 30)
    assert why_not(machine, session.now.state, A) == "the run is over: premature OOM"


schedules = st.lists(st.tuples(st.sampled_from((A, R)), st.integers(1, 12)), max_size=12)


@given(schedules, schedules)
def test_undo_is_as_if_never_done(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    session = Session(RACE)
    for thread, count in first:
        session.step(thread, count)
    here = session.now
    for thread, count in second:
        session.step(thread, count)
    session.back(session.now.steps - here.steps)
    assert session.now is here
    again = Session(RACE)
    for moment in list(here.line())[1:]:
        assert moment.thread is not None
        again.step(moment.thread)
    assert again.now.state == here.state
    assert (again.now.steps, again.now.preemptions) == (here.steps, here.preemptions)


@given(schedules)
def test_a_step_that_was_undone_gives_the_same_state_again(first: list[tuple[int, int]]) -> None:
    session = Session(RACE)
    for thread, count in first:
        session.step(thread, count)
    states = [moment.state for moment in session.now.line()]
    session.jump(0)
    assert [moment.state for moment in (session.now, *session.now.future())] == states


@given(schedules)
def test_a_circle_is_a_state_of_the_same_thread_alone(first: list[tuple[int, int]]) -> None:
    session = spinning("forever()")
    for thread, count in first:
        session.step(thread, count)
    program = session.machine.program
    keys = [state_key(program, moment.state) for moment in session.now.line()]
    movers = [moment.thread for moment in session.now.line()]
    for number, moment in enumerate(session.now.line()):
        alone = number
        while alone > 0 and movers[alone] == movers[number]:
            alone -= 1
        assert (moment.circle is not None) == (number > 0 and keys[number] in keys[alone:number])
