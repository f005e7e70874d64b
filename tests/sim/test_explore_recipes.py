# SPDX-License-Identifier: GPL-2.0-or-later
"""Recipes, against a loop through the debugger that tries one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations

import pytest
from attrs import evolve

import sim
from sim.debugger import Session
from sim.explore import Halted, Limits, recipes, state_graph
from sim.machine.key import state_key
from sim.machine.witness import objection
from tests.long import sample
from tests.sim.generated import build, kernel
from tests.sim.programs import machine

MOST_STATES = 2500
STORE_BUFFERING = """
#include "oomrace.h"
int x, y, saw_y, saw_x;
void first(void) { x = 1; saw_y = y; }
void second(void) { y = 1; saw_x = x; }
"""
CIRCLES = """
#include "oomrace.h"
int flag, turn;
struct mutex m;
void waits(void) { while (!READ_ONCE(flag)) cpu_relax(); }
void toggles(void) { WRITE_ONCE(flag, 1); WRITE_ONCE(flag, 0); }
void locks(void) { mutex_lock(&m); while (READ_ONCE(turn)) cpu_relax(); mutex_unlock(&m); }
void turns(void) { WRITE_ONCE(turn, 1); mutex_lock(&m); WRITE_ONCE(turn, 0); mutex_unlock(&m); }
"""


def naive(one: sim.Machine, *, two: bool) -> Iterator[tuple[int, ...]]:
    """The winning schedules of all recipes with one free number or, `two`, with just two, typed one by one."""
    session = Session(one)
    for late in (False, True) if one.tso else (False,):
        for first in range(len(one.threads)) if two else [None]:
            for before in range(1, moves_alone(session, first, [], late=late) + 1) if first is not None else [0]:
                head = [] if first is None else [(first, before)]
                for thread in range(len(one.threads)):
                    if thread != first:
                        yield from stopped(session, head, thread, late=late)


def stopped(session: Session, head: Sequence[tuple[int, int]], thread: int, *, late: bool) -> Iterator[tuple[int, ...]]:
    """The winning schedules in which a thread stops after k moves, for each k, and others go on."""
    others = [other for other in range(len(session.machine.threads)) if other != thread]
    for count in range(moves_alone(session, thread, head, late=late) + 1):
        for order in (order for size in range(1, len(others) + 1) for order in permutations(others, size)):
            play(session, [*head, (thread, count)], late=late)
            for other in (*order, thread):
                turn(session, other, late=late)
            rounds(session)
            if session.won:
                yield tuple(moment.move for moment in session.now.line() if moment.move is not None)


def moves_alone(session: Session, thread: int, head: Sequence[tuple[int, int]], *, late: bool) -> int:
    play(session, head, late=late)
    before = session.now.steps
    turn(session, thread, late=late)
    return session.now.steps - before


def play(session: Session, parts: Sequence[tuple[int, int]], *, late: bool) -> None:
    session.jump(0)
    for thread, count in parts:
        turn(session, thread, late=late, most=count)


def turn(session: Session, thread: int, *, late: bool, most: int = 1000) -> None:
    """A thread goes on until it cannot, or comes back to a state of this turn."""
    seen = {state_key(session.machine.program, session.now.state)}
    for _ in range(most):
        order = [thread, ~thread] if late else [~thread, thread]
        if late and session.now.state.threads[thread].finished:
            order = [thread]
        move = next((move for move in order if move in session.machine.moves and session.can_move(move)), None)
        if move is None:
            return
        session.step(move)
        key = state_key(session.machine.program, session.now.state)
        if key in seen:
            return
        seen.add(key)


def rounds(session: Session) -> None:
    seen = set()
    while (key := state_key(session.machine.program, session.now.state)) not in seen:
        seen.add(key)
        for thread in range(len(session.machine.threads)):
            turn(session, thread, late=False)


def compare(one: sim.Machine) -> tuple[bool, bool]:
    """Hold the recipes that are found against the naive loop; whether there is one with one free number, with two."""
    assert one.goal is not None
    ours = recipes(one)
    single = next(naive(one, two=False), None)
    double = single or next(naive(one, two=True), None)
    assert (ours.one_number is None, ours.two_numbers is None) == (single is None, double is None)
    for schedule in (ours.one_number, ours.two_numbers):
        assert schedule is None or not objection(one, one.goal.outcome, schedule)
    return ours.one_number is not None, ours.two_numbers is not None


def ends(one: sim.Machine) -> set[tuple[sim.Outcome, str]]:
    """How the runs of a machine end: the outcome, and a condition that tells what memory holds then."""
    graph = state_graph(one, Limits(MOST_STATES))
    addresses = {word: one.program.place(word)[0] for word in ("x", "y", "z", "table[0]", "pair.a")}
    conditions = set()
    for number, outcome in graph.outcomes.items():
        words = {word: one.word(graph.state(number), address) for word, address in addresses.items()}
        conditions.add((outcome, " && ".join(f"{word} == {value}" for word, value in words.items())))
    return {(outcome, condition) for outcome, condition in conditions if outcome is not sim.Outcome.FAULT}


@pytest.mark.parametrize("seed", sample(range(60), 10))
def test_the_same_recipes_win_as_in_the_debugger(seed: int) -> None:
    dice = random.Random(seed)
    for order, statements, tso in (("AB", 6, False), ("BC", 4, True), ("ABC", 2, False)):
        one = evolve(build(kernel(dice.choice, statements), order), tso=tso)
        try:
            goals = sorted(ends(one), key=str)
        except Halted:
            continue
        for outcome, condition in dice.sample(goals, min(len(goals), 4)):
            compare(evolve(one, goal=sim.Goal(outcome, condition)))


@pytest.mark.parametrize(
    ("threads", "goal", "wins"),
    [
        (("waits()", "toggles()"), sim.Outcome.SPIN, (True, True)),
        (("waits()", "toggles()"), sim.Outcome.LIVELOCK, (True, True)),
        (("locks()", "turns()"), sim.Outcome.LIVELOCK, (True, True)),
        (("waits()", "toggles()"), sim.Outcome.FINISHED, (True, True)),
        (("waits()", "toggles()", "toggles()"), sim.Outcome.FINISHED, (True, True)),
    ],
)
def test_circles_end_a_turn(threads: tuple[str, ...], goal: sim.Outcome, wins: tuple[bool, bool]) -> None:
    assert compare(machine(CIRCLES, *threads, goal=sim.Goal(goal))) == wins


def test_a_rhythm_resists_and_a_second_stop_is_a_second_number() -> None:
    text = """
    #include "oomrace.h"
    int x, score;
    void reads(void) { for (int i = 0; i < %d; i++) if (x == i) score++; }
    void writes(void) { x = 1; x = 2; x = 3; x = 4; }
    """
    goal = sim.Goal(sim.Outcome.FINISHED, "score == 3")
    assert compare(machine(text % 3, "reads()", "writes()", goal=goal)) == (False, False)
    goal = sim.Goal(sim.Outcome.FINISHED, "score == 2")
    assert compare(machine(text % 2, "reads()", "writes()", goal=goal)) == (False, True)


def test_both_stores_wait_only_with_late_drains() -> None:
    goal = sim.Goal(sim.Outcome.FINISHED, "saw_x == 0 && saw_y == 0")
    assert compare(machine(STORE_BUFFERING, "first()", "second()", goal=goal)) == (False, False)
    assert compare(machine(STORE_BUFFERING, "first()", "second()", goal=goal, tso=True)) == (True, True)
