# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer on programs made at random, against a search that only knows Machine.step."""

from __future__ import annotations

import random
from collections.abc import Hashable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sim
from sim.explore import Halted, Limits, Verdict, explore, state_graph
from sim.machine.key import state_key
from tests.long import sample
from tests.sim.generated import build, kernel
from tests.sim.test_explore import naive

MOST_STATES = 1500


def reached(machine: sim.Machine) -> set[Hashable]:
    """The keys of all states that the explorer knows, with how the run ended where it did."""
    graph = state_graph(machine, Limits(MOST_STATES))
    keys: set[Hashable] = set()
    for number in range(len(graph.packed)):
        key = state_key(machine.program, graph.state(number))
        assert isinstance(key, tuple)
        keys.add((*key[:-1], graph.outcomes.get(number, key[-1])))
    assert len(keys) == len(graph.packed)
    return keys


def compare(machine: sim.Machine) -> bool:
    """Hold all that the explorer finds against the naive search; False where the state space is too large for that."""
    try:
        ours = reached(machine)
    except Halted:
        return False
    keys, steps, outcomes = naive(machine)
    assert ours == keys
    found = explore(machine, None)
    assert (found.states, found.transitions, found.outcomes) == (len(keys), steps, outcomes)
    for outcome in sim.Outcome:
        verdict = Verdict.REACHABLE if outcome in outcomes else Verdict.UNREACHABLE
        assert explore(machine, outcome).verdict is verdict
    return True


@pytest.mark.parametrize("seed", sample(range(90), 9))
def test_same_states_transitions_outcomes_and_verdicts_as_the_naive_search(seed: int) -> None:
    """Each seed stands for ten programs of two or three threads; those with larger state spaces are left out."""
    dice = random.Random(seed)
    shapes = [("ABC", 1), ("AB", 2), ("BC", 2), ("ABC", 2)]
    done = [compare(build(kernel(dice.choice, statements), order)) for order, statements in (shapes * 3)[:10]]
    assert sum(done) >= 5


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), st.sampled_from(["AB", "AC", "BC", "ABC", "CBA"]))
def test_programs_that_hypothesis_makes(dice: random.Random, order: str) -> None:
    assume(compare(build(kernel(dice.choice, statements=1), order)))


@pytest.mark.parametrize("seed", range(6))
def test_thread_order_changes_no_count_and_no_verdict(seed: int) -> None:
    dice = random.Random(100 + seed)
    text = kernel(dice.choice, statements=1)
    counts = set()
    for order in ("ABC", "CBA", "BCA"):
        found = explore(build(text, order), sim.Outcome.OOM_PREMATURE, Limits(states=20_000))
        whole = explore(build(text, order), None, Limits(states=20_000))
        counts.add((found.verdict, whole.verdict, whole.states, whole.transitions, whole.outcomes))
    assert len(counts) == 1
