# SPDX-License-Identifier: GPL-2.0-or-later
"""A schedule on another kernel: it lives on its own, and where it dies is told."""

from __future__ import annotations

from random import Random

import pytest

import sim
from puzzles.levels import Level, build_machine, game_pack
from puzzles.replays import play, solution
from puzzles.replays.transfer import Death, landmarks, transfer
from sim.debugger import Moment, extend, first_moment, over
from sim.explore import Halted, Limits
from tests.sim.generated import build, kernel
from tests.sim.programs import machine

BROKEN = [level for level in game_pack().levels if (found := solution(level.id)) and found.line.items]

FIRST = """
#include "oomrace.h"
int x, y;
void a(void) { x = 1; y = x; }
void b(void) { x = 2; }
"""
RENAMED = FIRST.replace("void a(void) {", "static void deeper(void) {") + "void a(void) { deeper(); }\n"
LOCKED = """
#include "oomrace.h"
int x, y;
struct mutex m;
void a(void) { mutex_lock(&m); x = 1; y = x; mutex_unlock(&m); }
void b(void) { mutex_lock(&m); x = 2; mutex_unlock(&m); }
"""
WAITING = """
#include "oomrace.h"
int x, y;
void a(void) { x = 1; while (y != 3) cpu_relax(); y = x; }
void b(void) { x = 2; }
"""


def two(text: str) -> sim.Machine:
    return machine(text, "a()", "b()")


def run(one: sim.Machine, moves: str) -> Moment:
    now = first_moment(one)
    for move in moves:
        now = extend(one, now, "AB".index(move))
    return now


@pytest.mark.parametrize("level", BROKEN, ids=lambda level: level.id)
def test_a_stored_solution_lives_on_its_own_level(level: Level) -> None:
    one = build_machine(level)
    stored = solution(level.id)
    assert stored is not None
    last = play(one, stored).last
    found = transfer(one, last, build_machine(level))
    assert found.lives
    assert found.last.state == last.state
    assert [moment.move for moment in found.last.line()] == [moment.move for moment in last.line()]


@pytest.mark.parametrize("seed", range(20))
def test_any_run_is_the_same_on_the_same_program(seed: int) -> None:
    dice = Random(seed)
    text = kernel(dice.choice)
    one = build(text)
    now = first_moment(one)
    while not over(one, now) and now.steps < 60:
        now = extend(one, now, dice.choice([move for move in one.moves if one.enabled(now.state, move)]))
    found = transfer(one, now, build(text))
    assert found.died is None or found.death is Death.CIRCLE
    if found.died is None:
        assert found.last.state == now.state


def test_landmarks_are_the_last_operations_of_the_runs() -> None:
    one = two(FIRST)
    assert [str(mark) for mark in landmarks(one, run(one, "ABAA"))] == [
        "write x in a", "write x in b", "write y in a",
    ]  # fmt: skip


def test_operations_are_counted_from_boot() -> None:
    one = two("int x; void a(void) { x = 1; x = 2; x = 3; } void b(void) { x = 4; }")
    assert [str(mark) for mark in landmarks(one, run(one, "AABA"))] == [
        "write x in a for the 2nd time", "write x in b", "write x in a for the 3rd time",
    ]  # fmt: skip


def test_a_lock_kills_the_schedule_and_the_reason_names_it() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "ABAA"), two(LOCKED))
    assert not found.lives
    assert (found.run, str(found.died), found.death) == (2, "write x in b", Death.STUCK)


def test_another_function_is_another_landmark() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "ABAA"), two(RENAMED))
    assert (found.run, found.death) == (1, Death.STUCK)


def test_a_thread_that_goes_round_in_circles_never_comes_to_its_landmark() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "AAAB"), two(WAITING))
    assert (found.run, found.death) == (1, Death.CIRCLE)


COUNTING = FIRST.replace("void a(void) {", "int n; void a(void) { for (;;) n++; ")


def test_a_thread_is_not_waited_for_for_ever() -> None:
    found = transfer(two(FIRST), run(two(FIRST), "AAAB"), two(COUNTING), Limits(states=50))
    assert (found.run, found.death) == (1, Death.LIMIT)


def test_a_schedule_that_is_followed_can_be_stopped() -> None:
    with pytest.raises(Halted, match="more than 10 s"):
        transfer(two(FIRST), run(two(FIRST), "AAAB"), two(COUNTING), Limits(watch=lambda _: "more than 10 s"))


def test_the_same_way_to_another_end_is_told() -> None:
    """The landmark is reached, but the run goes on there."""
    longer = FIRST.replace("void b(void) { x = 2; }", "void b(void) { x = 2; y = 3; }")
    found = transfer(two(FIRST), run(two(FIRST), "AAAB"), two(longer))
    assert (found.died, found.lives) == (None, False)


def test_a_drain_is_a_landmark() -> None:
    text = "int x, y; void a(void) { x = 1; y = 1; } void b(void) { y = x; }"
    one = machine(text, "a()", "b()", tso=True)
    now = first_moment(one)
    for move in (0, 0, ~0, 1):
        now = extend(one, now, move)
    assert [str(mark) for mark in landmarks(one, now)] == ["write y in a", "drain x", "read x in b"]
    other = transfer(one, now, machine(text, "a()", "b()"))
    assert (other.run, other.death) == (2, Death.STUCK)
