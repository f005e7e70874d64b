# SPDX-License-Identifier: GPL-2.0-or-later
"""Who holds a lock, who waits for it, and when everybody does."""

from __future__ import annotations

import pytest

from sim.machine.events import Blocked
from sim.operations.lock_word import holders
from tests.sim.programs import finish, machine, pending, play, values

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
    assert Blocked(1, address) not in one.step(held.state, 0).events  # told once
    with pytest.raises(ValueError, match="thread B cannot move"):
        one.step(held.state, 1)
    free = play(one, "A A A", held.state)
    assert (one.blocked(free.state, 1), one.enabled(free.state, 1)) == (False, True)


def test_a_thread_that_steps_up_to_a_held_lock_is_told_as_blocked() -> None:
    text = "struct mutex m; int x; void take(void) { x++; mutex_lock(&m); mutex_unlock(&m); }"
    one = machine(text, "take()", "take()", "take()")
    ran = play(one, "AAA B BC C")
    address, _ = one.program.place("m")
    told = [[event.thread for event in step.events if isinstance(event, Blocked)] for step in ran.steps]
    assert told == [[], [], [], [], [1], [], [2]]
    assert ran.steps[4].events[-1] == Blocked(1, address)


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
        "struct rw_semaphore s; struct mutex m;"
        "void a(void) { down_read(&s); mutex_lock(&m); mutex_unlock(&m); up_read(&s); }"
        "void b(void) { down_write(&s); up_write(&s); }"
        "void c(void) { mutex_lock(&m); down_read(&s); up_read(&s); mutex_unlock(&m); }"
    )
    assert play(machine(text, "a()", "b()", "c()"), "A C B").outcome == "deadlock"
    assert play(machine(text, "a()", "b()", "c()"), "A C C C C A A A BB").outcome == "finished"


@pytest.mark.parametrize(
    "initialiser",
    ["{ 1, { 0 } }", "{ 1, 0 }", "{ 1, { FREE } }", "{ .lock = { 0 }, .free = 1 }", "{ .free = 1 }", "{ 1, { } }"],
)
def test_a_lock_in_an_initialiser_starts_free(initialiser: str) -> None:
    """C3: a lock has no value but 0, which an initialiser may write."""
    text = (
        "enum { FREE }; struct zone { int free; spinlock_t lock; }; "
        f"struct zone z = {initialiser}; int x; void run(void) {{ spin_lock(&z.lock); x = z.free; }}"
    )
    one = machine(text)
    assert values(one, one.boot())["z.lock"] == 0
    assert play(one, "AAA").operations == ["spin_lock z.lock", "read z.free", "write x = 1"]


def test_locks_that_stand_anywhere_in_an_object_start_free() -> None:
    """C3: `{ 0 }` is zero for all of an object, as in C, whatever its first word is."""
    text = (
        "struct s { spinlock_t l; struct mutex m[2]; }; "
        "struct s a = { 0 }, b = { { 0 }, { { 0 }, { 0 } } }, c[2] = { 0 }; "
        "void run(void) { mutex_lock(&b.m[1]); mutex_unlock(&b.m[1]); }"
    )
    one = machine(text)
    assert set(values(one, one.boot()).values()) == {0}
