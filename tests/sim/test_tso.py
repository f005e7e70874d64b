# SPDX-License-Identifier: GPL-2.0-or-later
"""Total store order: litmus tests with the outcomes that x86-TSO allows, and the rules of the store buffers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import sim
from sim.debugger import pending as next_operation
from sim.debugger import store_buffer, why_not
from sim.kernelc.model.types import Lock
from sim.machine.buffers import forwarded
from sim.machine.events import Accessed, Drained, Finished, Marked, Step
from sim.machine.key import state_key
from sim.operations.kinds import OperationKind
from sim.operations.lock_word import holds
from sim.operations.marks import MarkKind
from tests.sim.programs import LETTERS, machine, pending, values

STORE_BUFFERING = """
#include "oomrace.h"
int x, y, r1, r2;
void first(void) { x = 1; %s int seen = y; r1 = seen; }
void second(void) { y = 1; %s int seen = x; r2 = seen; }
"""
MESSAGE_PASSING = """
#include "oomrace.h"
int data, flag, r1, r2;
void first(void) { data = 1; %s flag = 1; }
void second(void) { int seen = flag; %s int found = data; r1 = seen; r2 = found; }
"""
LOAD_BUFFERING = """
#include "oomrace.h"
int x, y, r1, r2;
void first(void) { int seen = x; %s y = 1; r1 = seen; }
void second(void) { int seen = y; %s x = 1; r2 = seen; }
"""
ALL = {(0, 0), (0, 1), (1, 0), (1, 1)}


def two(text: str, *, tso: bool = True) -> sim.Machine:
    return machine(text, "first()", "second()", tso=tso)


def states(one: sim.Machine) -> Iterator[sim.State]:
    """The states of all schedules, by the machine's own steps."""
    start = one.boot()
    seen, waiting = {state_key(one.program, start)}, [start]
    while waiting:
        state = waiting.pop()
        yield state
        for move in one.moves:
            if one.enabled(state, move):
                after = one.step(state, move).state
                key = state_key(one.program, after)
                if key not in seen:
                    seen.add(key)
                    waiting.append(after)


def ends(one: sim.Machine) -> Iterator[sim.State]:
    """The final states of all schedules."""
    return (state for state in states(one) if state.outcome is not sim.Outcome.OPEN)


def results(one: sim.Machine) -> set[tuple[int | str, int | str]]:
    finals = [values(one, state) for state in ends(one)]
    return {(words["r1"], words["r2"]) for words in finals}


def played(one: sim.Machine, moves: str) -> tuple[sim.State, list[Step]]:
    """The run of moves such as "A ~A B"."""
    state, steps = one.boot(), []
    for move in moves.split():
        index = LETTERS.index(move[-1])
        steps.append(one.step(state, ~index if move[0] == "~" else index))
        state = steps[-1].state
    return state, steps


@pytest.mark.parametrize(("barriers", "tso", "expected"), [
    (("", ""), False, ALL - {(0, 0)}),
    (("", ""), True, ALL),
    (("smp_mb();", ""), True, ALL),
    (("smp_mb();", "smp_mb();"), True, ALL - {(0, 0)}),
    (("smp_wmb();", "smp_rmb();"), True, ALL),
])  # fmt: skip
def test_store_buffering(barriers: tuple[str, str], tso: bool, expected: set[tuple[int, int]]) -> None:
    assert results(two(STORE_BUFFERING % barriers, tso=tso)) == expected


@pytest.mark.parametrize("barriers", [("", ""), ("smp_wmb();", "smp_rmb();"), ("smp_mb();", "smp_mb();")])
@pytest.mark.parametrize("tso", [False, True])
def test_message_passing_never_shows_the_flag_before_the_data(barriers: tuple[str, str], tso: bool) -> None:
    assert results(two(MESSAGE_PASSING % barriers, tso=tso)) == ALL - {(1, 0)}


@pytest.mark.parametrize("barriers", [("", ""), ("smp_mb();", "smp_mb();")])
@pytest.mark.parametrize("tso", [False, True])
def test_load_buffering_never_shows_both_stores(barriers: tuple[str, str], tso: bool) -> None:
    assert results(two(LOAD_BUFFERING % barriers, tso=tso)) == ALL - {(1, 1)}


SPINLOCKS = """
#include "oomrace.h"
spinlock_t l, m;
int x, y, s, r1, r2;
void first(void) { spin_lock(&l); x = 1; spin_unlock(&l); s = 1; %s int seen = y; r1 = seen; }
void second(void) { spin_lock(&m); y = 1; spin_unlock(&m); s = 2; %s int seen = x; r2 = seen; }
"""


@pytest.mark.parametrize(("locks", "expected"), [("spin", ALL), ("mutex", ALL - {(0, 0)})])
def test_x1_the_release_of_a_spinlock_goes_through_the_buffer_that_of_a_mutex_does_not(
    locks: str, expected: set[tuple[int, int]]
) -> None:
    """X1: on x86 spin_unlock is a plain store, so the read behind it does not wait for the store before it."""
    text = SPINLOCKS.replace("spin", locks).replace("mutexlock_t", "struct mutex") % ("", "")
    assert results(two(text)) == expected
    assert results(two(text, tso=False)) == ALL - {(0, 0)}


def test_x1_a_lost_wake_up_needs_a_barrier_behind_spin_unlock() -> None:
    """X1: `spin_unlock(); if (waitqueue_active())` without a barrier is the classic of that kind."""
    assert results(two(SPINLOCKS % ("smp_mb();", ""))) == ALL
    assert results(two(SPINLOCKS % ("smp_mb();", "smp_mb();"))) == ALL - {(0, 0)}


ONE_LOCK = """
#include "oomrace.h"
spinlock_t l;
int x;
void first(void) { spin_lock(&l); spin_unlock(&l); x = 1; %s }
void second(void) { spin_lock(&l); spin_unlock(&l); }
"""


def test_x1_who_waits_for_a_spinlock_gets_it_when_the_release_has_drained() -> None:
    one = two(ONE_LOCK % "")
    state, steps = played(one, "A A")
    (accessed,) = (event for event in steps[1].events if isinstance(event, Accessed))
    assert (accessed.kind, accessed.old, accessed.new, accessed.buffered) == (OperationKind.SPIN_UNLOCK, 1, 0, True)
    assert not one.enabled(state, 1)
    assert why_not(one, state, 1) == "B waits for l: held by A, whose unlock is in its store buffer"
    assert store_buffer(one, state, 0) == ("l = free",)
    assert one.enabled(one.step(state, ~0).state, 1)


def test_x1_what_is_about_to_be_released_says_where_it_goes() -> None:
    one = two(ONE_LOCK % "")
    state, _ = played(one, "A")
    assert pending(one, state) == "spin_unlock l"
    found = next_operation(one, state, 0)
    assert found is not None
    assert found.sentence == "spin_unlock l into its buffer (held by A)"


@pytest.mark.parametrize(("misuse", "message"), [
    ("spin_unlock(&l);", "l is not held by this thread"),
    ("spin_lock(&l);", "first returned and still holds l"),
])  # fmt: skip
def test_x1_faults_go_by_what_the_thread_itself_sees(misuse: str, message: str) -> None:
    """X1: with its release still in the buffer, a thread does not hold the lock any more, and takes it when empty."""
    one = two(ONE_LOCK % misuse)
    state, steps = played(one, "A A A")
    while state.outcome is sim.Outcome.OPEN:
        steps.append(one.step(state, next(move for move in (0, ~0) if one.enabled(state, move))))
        state = steps[-1].state
    assert (state.outcome, state.ending.sentence) == (sim.Outcome.FAULT, message)


def test_x1_a_thread_may_end_with_its_release_in_the_buffer() -> None:
    one = machine('#include "oomrace.h"\nspinlock_t l; void run(void) { spin_lock(&l); spin_unlock(&l); }', tso=True)
    state, steps = played(one, "A A")
    assert any(isinstance(event, Finished) for event in steps[1].events)
    assert played(one, "A A ~A")[0].outcome is sim.Outcome.FINISHED
    assert state.outcome is sim.Outcome.OPEN


def test_x1_a_full_buffer_holds_a_release_too() -> None:
    text = '#include "oomrace.h"\nspinlock_t l; int x; void run(void) { spin_lock(&l); %s spin_unlock(&l); }'
    one = machine(text % ("x = 1; " * 8), tso=True)
    state, _ = played(one, "A " * 9)
    assert pending(one, state) == "spin_unlock l"
    assert not one.enabled(state, 0)
    assert one.enabled(one.step(state, ~0).state, 0)


@pytest.mark.parametrize("locked", ["atomic_inc(&n);", "cmpxchg(&c, 0, 1);", "mutex_lock(&m); mutex_unlock(&m);"])
def test_atomics_and_locks_order_like_smp_mb(locked: str) -> None:
    text = STORE_BUFFERING.replace("int x", "atomic_t n; int c; struct mutex m; int x") % (locked, locked)
    assert results(two(text)) == ALL - {(0, 0)}


def test_a_store_waits_in_its_buffer_and_a_drain_brings_it_to_memory() -> None:
    one = two(STORE_BUFFERING % ("", ""))
    state, steps = played(one, "A")
    assert values(one, state)["x"] == 0
    (accessed,) = (event for event in steps[0].events if isinstance(event, Accessed))
    assert (accessed.old, accessed.new, accessed.buffered) == (0, 1, True)
    state, steps = played(one, "A ~A")
    assert values(one, state)["x"] == 1
    assert [(event.old, event.new) for event in steps[1].events if isinstance(event, Drained)] == [(0, 1)]


def test_a_thread_reads_its_own_newest_store_and_others_do_not() -> None:
    text = "int x, r1, r2; void first(void) { x = 1; x = 2; r1 = x; } void second(void) { r2 = x; }"
    one = two(text)
    assert results(one) == {(2, 0), (2, 1), (2, 2)}


def test_a_barrier_waits_for_its_own_buffer_only() -> None:
    one = two(STORE_BUFFERING % ("smp_mb();", ""))
    state, _ = played(one, "A B")
    assert pending(one, state) == "smp_mb"
    assert not one.enabled(state, 0)
    state, _ = played(one, "A B ~A")
    assert one.enabled(state, 0)


def test_a_full_buffer_holds_the_next_store() -> None:
    one = machine("int x; void run(void) { for (;;) x = 1; }", tso=True)
    state, _ = played(one, "A " * 8)
    assert not one.enabled(state, 0)
    assert one.enabled(state, ~0)
    assert one.enabled(one.step(state, ~0).state, 0)


def test_a_run_ends_with_empty_buffers() -> None:
    one = machine("int x; void run(void) { x = 1; }", tso=True)
    state, steps = played(one, "A")
    assert any(isinstance(event, Finished) for event in steps[0].events)
    assert state.outcome is sim.Outcome.OPEN
    state, steps = played(one, "A ~A")
    assert state.outcome is sim.Outcome.FINISHED
    assert not any(isinstance(event, Finished) for event in steps[1].events)


def test_drains_are_no_moves_without_store_buffers() -> None:
    one = machine("int x; void run(void) { x = 1; }")
    assert one.moves == (0,)
    assert not one.enabled(one.boot(), ~0)


def test_a_drain_that_is_not_possible_is_refused() -> None:
    one = machine("int x; void run(void) { x = 1; }", tso=True)
    with pytest.raises(ValueError, match="thread A cannot move"):
        one.step(one.boot(), ~0)


REBIND = """
#include "oomrace.h"
struct zone { int free; } zones[1] = { { 5 } };
int mask = 1, done;
static bool exhausted(void) { return mask != 1; }
void first(void) { allocation_begin(); int seen = mask; if (done) out_of_memory(); seen = mask; }
void second(void) { rebind_begin(); mask = 0; mask = 1; rebind_end(); done = 1; }
"""


def test_a_rebind_lasts_until_its_last_store_is_seen() -> None:
    """The words written inside count as before until they have all drained, so memory never looks half rebound."""
    made = sim.Machine(
        sim.compile(REBIND),
        (
            sim.Thread("A", "allocator", "first()", cpu=0, exhausted="exhausted()"),
            sim.Thread("B", "rebind", "second()", cpu=1),
        ),
        tso=True,
    )
    state, steps = played(made, "A B B B")
    assert not any(isinstance(event, Marked) and event.kind is MarkKind.REBIND_END for event in steps[2].events)
    mask = made.program.place("mask", "test")[0]
    state, steps = played(made, "A B B B ~B")
    assert (values(made, state)["mask"], state.threads[1].window, state.ghosts[0]) == (0, ((mask, 1),), False)
    state, steps = played(made, "A B B B ~B ~B")
    assert [event.kind for event in steps[5].events if isinstance(event, Marked)] == [MarkKind.REBIND_END]
    assert (values(made, state)["mask"], state.threads[1].window, state.ghosts[0]) == (1, None, False)
    outcomes = {state.outcome for state in ends(made)}
    assert sim.Outcome.OOM_GENUINE not in outcomes
    assert sim.Outcome.OOM_PREMATURE in outcomes


SEMAPHORE = """
struct rw_semaphore s;
struct mutex m;
int x;
void first(void) { down_read(&s); mutex_lock(&m); x = 1; mutex_unlock(&m); up_read(&s); }
void second(void) { mutex_lock(&m); x = 2; mutex_unlock(&m); down_write(&s); up_write(&s); }
"""


@pytest.mark.parametrize("text", [SPINLOCKS % ("", ""), ONE_LOCK % "", SEMAPHORE])
@pytest.mark.parametrize("tso", [True, False])
def test_what_a_thread_has_taken_is_what_the_lock_words_say_as_its_cpu_sees_them(text: str, tso: bool) -> None:
    """A released spinlock is its owner's, for all others, until the release has drained."""
    one = two(text, tso=tso)
    cells = {address: one.program.cells[address] for address in one.image.addresses}
    locks = [address for address, cell in cells.items() if cell is not None and isinstance(cell.type, Lock)]
    for state in states(one):
        for thread, private in enumerate(state.threads):
            seen = {
                address: forwarded(private.buffer, one.image.index[address], one.word(state, address))
                for address in locks
            }
            assert private.taken == tuple(address for address, word in seen.items() if holds(word, thread))
