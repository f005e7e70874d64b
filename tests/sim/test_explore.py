# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer against published counts, and against a search that only knows Machine.step."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

import sim
from puzzles.levels import Level, build_machine, game_pack
from sim.explore import Limits, Product, Progress, Verdict, explore
from sim.machine.key import state_key
from tests.sim.levels import each_level_up_to
from tests.sim.programs import machine

ENDING = [level for level in game_pack().levels if level.goal.outcome not in sim.CIRCLES]


def philosophers(count: int) -> sim.Machine:
    """`count` philosophers, each for ever: lock fork i, lock fork i+1, eat, unlock both."""
    forks = "".join(f"struct mutex fork{i};\n" for i in range(count))
    bodies = "".join(
        f"void philosopher{i}(void) {{ for (;;) {{ mutex_lock(&fork{i}); mutex_lock(&fork{(i + 1) % count});"
        f" atomic_inc(&eating); atomic_dec(&eating);"
        f" mutex_unlock(&fork{(i + 1) % count}); mutex_unlock(&fork{i}); }} }}\n"
        for i in range(count)
    )
    program = sim.compile(f'#include "oomrace.h"\natomic_t eating;\n{forks}{bodies}')
    threads = tuple(sim.Thread(chr(65 + i), "philosopher", f"philosopher{i}()", cpu=i) for i in range(count))
    return sim.Machine(program, threads)


def naive(machine: sim.Machine) -> tuple[set[Hashable], int, frozenset[sim.Outcome]]:
    """All reachable state keys, the steps taken from them, and the outcomes of ended runs."""
    start = machine.boot()
    keys = {state_key(machine.program, start)}
    outcomes: set[sim.Outcome] = set()
    waiting, steps = [start], 0
    while waiting:
        state = waiting.pop()
        if state.outcome is not sim.Outcome.OPEN:
            outcomes.add(state.outcome)
        for move in machine.moves:
            if machine.enabled(state, move):
                steps += 1
                after = machine.step(state, move).state
                key = state_key(machine.program, after)
                if key not in keys:
                    keys.add(key)
                    waiting.append(after)
    return keys, steps, frozenset(outcomes)


def test_six_philosophers_have_the_states_and_transitions_that_spin_counts() -> None:
    found = explore(philosophers(6), None)
    assert (found.states, found.transitions + 1) == (2969, 11875)
    assert found.outcomes == {sim.Outcome.DEADLOCK}


@each_level_up_to(2500)
def test_every_level_like_the_naive_search(level: Level) -> None:
    machine = build_machine(level)
    keys, steps, outcomes = naive(machine)
    found = explore(machine, None)
    assert (found.states, found.transitions, found.outcomes) == (len(keys), steps, outcomes)


@pytest.mark.parametrize("level", ENDING, ids=lambda level: level.id)
def test_the_witness_reaches_the_goal_unless_the_level_is_safe(level: Level) -> None:
    machine = build_machine(level)
    found = explore(machine, level.goal.outcome)
    if level.goal.safe:
        assert (found.verdict, found.witness) == (Verdict.UNREACHABLE, None)
        return
    assert found.verdict is Verdict.REACHABLE
    assert found.witness is not None
    state = machine.boot()
    for move in found.witness:
        state = machine.step(state, move).state
    assert machine.at_goal(state)


def test_what_no_schedule_reaches_is_unreachable() -> None:
    found = explore(philosophers(3), sim.Outcome.FINISHED)
    assert (found.verdict, found.witness) == (Verdict.UNREACHABLE, None)


def test_a_bound_makes_the_verdict_undecided_and_is_named() -> None:
    found = explore(philosophers(6), sim.Outcome.FINISHED, Limits(states=100))
    assert (found.verdict, found.bound) == (Verdict.UNDECIDED, "more than 100 states")


@pytest.mark.parametrize("count", [4, 6])
def test_the_bound_on_states_is_exact(count: int) -> None:
    states = explore(philosophers(count), None).states
    assert explore(philosophers(count), None, Limits(states=states)).verdict is Verdict.UNREACHABLE
    assert explore(philosophers(count), None, Limits(states=states - 1)).verdict is Verdict.UNDECIDED


def test_a_search_can_be_stopped_and_keeps_what_it_counted() -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> str:
        told.append(progress)
        return "stopped" if progress.depth > 3 else ""

    found = explore(philosophers(8), sim.Outcome.FINISHED, Limits(watch=stop))
    assert (found.verdict, found.bound) == (Verdict.UNDECIDED, "stopped")
    assert found.states == told[-1].states > 1


def test_packing_and_unpacking_keep_the_key() -> None:
    machine = build_machine(game_pack().level("in-place/1"))
    product = Product(machine)
    product.pack(8, 8)
    state = machine.boot()
    for thread in [0] * 6 + [1] * 12:
        state = machine.step(state, thread).state
        assert state_key(machine.program, product.unpacked(product.packed(state))) == state_key(machine.program, state)


def test_a_place_counts_by_whichever_way_a_thread_comes_to_it() -> None:
    """The same read of g, with the same place passed after it: once it was passed before, once just then."""
    text = """
    int f, g, h, x;
    static void mark(void) { }
    void run(void) { int l; if (f) { mark(); l = g; } else { l = h; l = h; l = g; mark(); } l = h; }
    void held(void) { x = 1; }
    void other(void) { f = 1; }
    """
    one = machine(text, "run()", "held()", "other()", limits=(sim.Limit("B", start_after="A mark"),))
    keys, steps, outcomes = naive(one)
    found = explore(one, None)
    assert (found.states, found.transitions, found.outcomes) == (len(keys), steps, outcomes)
