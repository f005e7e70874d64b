# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer on programs made at random, against a search that only knows Machine.step."""

from __future__ import annotations

import random

import pytest

import sim
from sim.explore import Bound, Verdict, explore
from tests.sim.generated import build, kernel
from tests.sim.test_explore import naive

MOST_STATES = 1500


@pytest.mark.parametrize("seed", range(30))
def test_same_states_transitions_and_outcomes_as_the_naive_search(seed: int) -> None:
    """Each seed stands for ten programs; those with larger state spaces are left out."""
    dice = random.Random(seed)
    compared = 0
    for _ in range(10):
        machine = build(kernel(dice.choice, statements=1))
        found = explore(machine, None, Bound(states=MOST_STATES))
        if found.verdict is Verdict.UNDECIDED:
            continue
        keys, steps, outcomes = naive(machine)
        assert (found.states, found.transitions, found.outcomes) == (len(keys), steps, outcomes)
        compared += 1
    assert compared > 0


@pytest.mark.parametrize("seed", range(6))
def test_thread_order_changes_no_count_and_no_verdict(seed: int) -> None:
    dice = random.Random(100 + seed)
    text = kernel(dice.choice, statements=1)
    counts = set()
    for order in ("ABC", "CBA", "BCA"):
        found = explore(build(text, order), sim.Outcome.OOM_PREMATURE, Bound(states=20_000))
        whole = explore(build(text, order), None, Bound(states=20_000))
        counts.add((found.verdict, whole.verdict, whole.states, whole.transitions, whole.outcomes))
    assert len(counts) == 1
