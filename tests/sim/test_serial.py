# SPDX-License-Identifier: GPL-2.0-or-later
"""Serial orders: every thread goes as far as it can in its turn."""

from __future__ import annotations

import pytest
from attrs import evolve

import sim
from sim.debugger import SerialRun, serial_runs, serial_wins
from sim.debugger.serial import MAX_SERIAL_STEPS
from tests.sim.programs import machine

ADDS = """#include "oomrace.h"
int counter;
int go;
unsigned int forever;
struct mutex lock;
void add(void) { counter++; }
void put(void) { WRITE_ONCE(counter, 1); done: return; }
void safely(void) { mutex_lock(&lock); counter++; mutex_unlock(&lock); }
void waits(void) { while (!READ_ONCE(go)) cpu_relax(); counter++; }
void wakes(void) { mutex_lock(&lock); WRITE_ONCE(go, 1); mutex_unlock(&lock); }
void takes(void) { mutex_lock(&lock); while (!READ_ONCE(go)) cpu_relax(); mutex_unlock(&lock); }
void runs(void) { for (;;) forever++; }
"""


def finished(condition: str) -> sim.Goal:
    return sim.Goal(sim.Outcome.FINISHED, condition)


def told(run: SerialRun) -> tuple[str, str]:
    names = ["ABCD"[move] if move >= 0 else f"~{'ABCD'[~move]}" for move in run.schedule]
    return " ".join(names), run.end.outcome.value


def test_two_threads_that_add_one_lose_none_in_any_serial_order() -> None:
    lost, both = (machine(ADDS, "add()", "add()", goal=finished(f"counter == {count}")) for count in (1, 2))
    assert [told(run) for run in serial_runs(lost)] == [("A A B B", "finished"), ("B B A A", "finished")]
    assert list(serial_wins(lost)) == []
    assert [run.order for run in serial_wins(both)] == [(0, 1), (1, 0)]


def test_every_order_of_three_threads_is_tried() -> None:
    runs = list(serial_runs(machine(ADDS, "put()", "add()", "put()")))
    assert [run.order for run in runs] == [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    assert told(runs[0]) == ("A B B C", "finished")


def test_a_thread_that_waits_goes_on_after_the_others() -> None:
    runs = [told(run) for run in serial_runs(machine(ADDS, "waits()", "wakes()"))]
    assert runs == [("A B B B A A A", "finished"), ("B B B A A A", "finished")]


def test_a_run_in_which_nobody_comes_further_is_left() -> None:
    """A spins with the lock that B needs."""
    runs = [told(run) for run in serial_runs(machine(ADDS, "takes()", "wakes()"))]
    assert runs == [("A A A", "open"), ("B B B A A A", "finished")]


def test_a_thread_that_the_level_holds_lets_the_next_one_run() -> None:
    held = machine(ADDS, "add()", "put()", limits=(sim.Limit("A", start_after="B put:done"),))
    assert {told(run) for run in serial_runs(held)} == {("B A A", "finished")}


def test_a_run_without_an_end_is_bounded() -> None:
    (run,) = serial_runs(machine(ADDS, "runs()"))
    assert (run.end.steps, run.end.outcome) == (MAX_SERIAL_STEPS, sim.Outcome.OPEN)


@pytest.mark.parametrize(("goal", "wins"), [(sim.Outcome.SPIN, 1), (sim.Outcome.LIVELOCK, 0)])
def test_a_circle_is_reached_where_it_is_the_goal(goal: sim.Outcome, wins: int) -> None:
    assert len(list(serial_wins(machine(ADDS, "waits()", "wakes()", goal=sim.Goal(goal))))) == wins


def test_stores_reach_memory_before_the_next_turn() -> None:
    buffered = evolve(machine(ADDS, "add()", "add()", goal=finished("counter == 1")), tso=True)
    assert [told(run)[0] for run in serial_runs(buffered)] == ["A A ~A B B ~B", "B B ~B A A ~A"]
    assert list(serial_wins(buffered)) == []
