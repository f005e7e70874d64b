# SPDX-License-Identifier: GPL-2.0-or-later
"""Odds: counted by brute force, and thrown with dice."""

from __future__ import annotations

import random

import pytest

import sim
from puzzles.levels import Level, build_machine
from sim.explore import odds, state_graph
from tests.sim.levels import each_level_up_to

TWO = """#include "oomrace.h"
int x;
int y;
void first(void) { WRITE_ONCE(x, 1); WRITE_ONCE(y, READ_ONCE(x)); }
void second(void) { WRITE_ONCE(x, 2); }
void waits(void) { while (!READ_ONCE(x)) cpu_relax(); WRITE_ONCE(y, 7); }
void turns(void) { while (!READ_ONCE(y)) { WRITE_ONCE(x, 0); WRITE_ONCE(x, 1); } }
void last(void) { WRITE_ONCE(y, READ_ONCE(x) + 1); }
"""


def machine(first: str, second: str, condition: str) -> sim.Machine:
    threads = (sim.Thread("A", "one", first), sim.Thread("B", "other", second, cpu=1))
    return sim.Machine(sim.compile(TWO), threads, goal=sim.Goal(sim.Outcome.FINISHED, condition))


def count(one: sim.Machine, state: sim.State) -> tuple[int, int]:
    """Complete schedules from a state and winning ones, by taking every one of them."""
    moves = [thread for thread in range(len(one.threads)) if one.enabled(state, thread)]
    if not moves:
        return 1, int(one.at_goal(state))
    counted = [count(one, one.step(state, thread).state) for thread in moves]
    return sum(total for total, _ in counted), sum(wins for _, wins in counted)


def test_small_schedules_are_counted_one_by_one() -> None:
    one = machine("first()", "second()", "y == 2")
    graph = state_graph(one)
    found = odds(graph, graph.ended_at_goal())
    assert (found.schedules, found.wins) == count(one, one.boot()) == (4, 1)
    assert found.low == found.high == pytest.approx(1 / 4)


def test_a_read_that_changes_nothing_is_not_counted() -> None:
    graph = state_graph(machine("waits()", "second()", "y == 7"))
    found = odds(graph, graph.ended_at_goal())
    assert (found.schedules, found.wins, found.low) == (1, 1, 1.0)


def test_schedules_that_go_round_in_circles_are_unbounded_and_the_chance_is_enclosed() -> None:
    graph = state_graph(machine("turns()", "last()", "y == 2"))
    found = odds(graph, graph.ended_at_goal())
    assert (found.schedules, found.wins) == (None, None)
    assert 0 < found.low <= found.high < 1
    assert found.high - found.low <= 0.001 * found.low
    assert thrown(machine("turns()", "last()", "y == 2"), 2000) == pytest.approx(found.low, abs=0.05)


def thrown(one: sim.Machine, runs: int) -> float:
    """The share of runs that win when each move is picked with dice."""
    dice = random.Random(1)
    start, wins = one.boot(), 0
    for _ in range(runs):
        state = start
        while moves := [thread for thread in range(len(one.threads)) if one.enabled(state, thread)]:
            state = one.step(state, dice.choice(moves)).state
        wins += one.at_goal(state)
    return wins / runs


@each_level_up_to(350)
def test_dice_win_as_often_as_computed(level: Level) -> None:
    one = build_machine(level)
    graph = state_graph(one)
    found = odds(graph, graph.ended_at_goal())
    if found.schedules is None:
        pytest.skip("dice may go round in circles for ever")
    assert found.low == found.high
    assert thrown(one, 250) == pytest.approx(found.low, abs=0.08)


def test_a_goal_out_of_reach_has_no_chance() -> None:
    graph = state_graph(machine("first()", "second()", "y == 9"))
    found = odds(graph, graph.ended_at_goal())
    assert (found.wins, found.low, found.high, found.one_in) == (0, 0.0, 0.0, float("inf"))
