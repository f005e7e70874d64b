# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a schedule dies on another kernel, in a sentence for each way of dying."""

from __future__ import annotations

from puzzles.replays.transfer import transfer
from sim.debugger import extend, first_moment
from sim.explore import Limits
from tests.puzzles.test_transfer import COUNTING, FIRST, LOCKED, RENAMED, WAITING, run, two
from tests.sim.programs import machine
from tui.view.transferred import transferred_text


def test_who_holds_the_lock_that_it_waits_for_is_told() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "ABAA"), two(LOCKED))
    assert transferred_text(two(LOCKED), found) == (
        "the schedule dies at step 2, in its 2nd entry, B1: B waits for m: held by A (in b), and never comes to write x"
        " in b"
    )


def test_a_thread_that_has_finished_is_told() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "ABAA"), two(RENAMED))
    assert transferred_text(two(RENAMED), found).endswith(": A has finished, and never comes to write x in a")


def test_the_word_that_keeps_a_circle_going_is_told() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "AAAB"), two(WAITING))
    assert transferred_text(two(WAITING), found) == (
        "the schedule dies at step 2, in its 1st entry, A3: A goes round in circles, in which it read y = 0 (in a), and"
        " never comes to write y in a"
    )


def test_where_a_thread_is_that_is_not_followed_further_is_told() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "AAAB"), two(COUNTING), Limits(states=50))
    assert transferred_text(two(COUNTING), found) == (
        "the schedule dies at step 50, in its 1st entry, A3: A goes on and on, its next operation: read n (= 25) in a,"
        " and never comes to write y in a"
    )


def test_another_end_is_told() -> None:
    longer = FIRST.replace("void b(void) { x = 2; }", "void b(void) { x = 2; y = 3; }")
    found = transfer(two(FIRST), run(two(FIRST), "AAAB"), two(longer))
    assert transferred_text(two(longer), found) == (
        "the schedule dies at its end: it comes to still running with 0 preemptions, 4 steps, not to all threads"
        " finished; B next: write y = 3 (was 1) in b"
    )


def test_of_a_circle_the_word_that_was_written_last_by_another_is_told() -> None:
    there = "int x, y, z; void a(void) { x = 1; z = 1; } void b(void) { y = x; }"
    here = "int x, y, z; void a(void) { x = 1; z = 1; } void b(void) { while (z != 2 || x != 1) ; y = x; }"
    found = transfer(two(there), run(two(there), "AABB"), two(here))
    assert "B goes round in circles, in which it read z = 1 (in b)" in transferred_text(two(here), found)


def test_a_drain_that_cannot_be_is_told() -> None:
    text = "int x, y; void a(void) { x = 1; y = 1; } void b(void) { y = x; }"
    one = machine(text, "a()", "b()", tso=True)
    now = first_moment(one)
    for move in (0, 0, ~0, 1):
        now = extend(one, now, move)
    other = transfer(one, now, machine(text, "a()", "b()"))
    assert transferred_text(machine(text, "a()", "b()"), other) == (
        "the schedule dies at step 2, in its 2nd entry, ~A1: A has no store buffer to drain: on this machine each store"
        " is seen by all at once, and never comes to drain x"
    )


def test_a_read_that_saw_another_value_is_told_with_both() -> None:
    there = "int x, y; void a(void) { x = 1; } void b(void) { if (x) y = 2; y = 3; }"
    here = "int x = 4, y; void a(void) { x = 0; } void b(void) { if (x) y = 2; y = 3; }"
    found = transfer(two(there), run(two(there), "ABBB"), two(here))
    assert found.changed is not None
    assert transferred_text(two(here), found) == (
        "the schedule dies at step 3, in its 2nd entry, B3: B read x = 0 (in b), not 1 as where the schedule was"
        " played; B has finished, and never comes to write y in b for the 2nd time"
    )


def test_a_read_that_was_not_made_there_is_told() -> None:
    there = "int x, y; void a(void) { x = 1; } void b(void) { y = 2; y = 3; }"
    here = "int x, y; void a(void) { x = 1; } void b(void) { y = 2; if (x) return; y = 3; }"
    found = transfer(two(there), run(two(there), "ABB"), two(here))
    assert transferred_text(two(here), found) == (
        "the schedule dies at step 3, in its 2nd entry, B2: B read x = 1 (in b), a read not made where the schedule was"
        " played; B has finished, and never comes to write y in b for the 2nd time"
    )


def test_a_function_or_word_that_is_not_there_is_told() -> None:
    there = "int x, y; void f(void) { y = 1; } void a(void) { x = 1; f(); } void b(void) { x = 2; }"
    for here, absent in ((there.replace("f(", "g("), "f"), (there.replace("y", "z"), "y")):
        found = transfer(two(there), run(two(there), "AAB"), two(here))
        told = f"A has finished, and never comes to write y in f: there is no {absent} in "
        assert told in transferred_text(two(here), found)


def test_a_run_that_ends_before_its_landmark_is_told() -> None:
    there = """
    #include "oomrace.h"
    int x, y; void a(void) { x = 1; BUG_ON(y > 1); x = 3; } void b(void) { y = 1; }
    """
    here = there.replace("y = 1;", "y = 2;")
    found = transfer(two(there), run(two(there), "BAAA"), two(here))
    assert transferred_text(two(here), found).endswith(
        "A is stopped, for the run is over (BUG at kernel.c:3:37: BUG_ON is true), and never comes to write x in a for"
        " the 2nd time"
    )
