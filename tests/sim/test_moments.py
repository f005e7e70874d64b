# SPDX-License-Identifier: GPL-2.0-or-later
"""X10: going round in circles is cheap, and changes nothing of what is told of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.debugger import Moment, extend, first_moment
from sim.machine.events import Step
from sim.machine.key import state_key
from tests.sim.programs import machine

WAITS = """#include "oomrace.h"
int x, y;
struct mutex m;
void waits(void) { while (!READ_ONCE(x)) cpu_relax(); }
void flips(void) { for (;;) { y = 1; y = 0; } }
void counts(void) { for (int n = 0; !x; n++) y = n & 3; }
void holds(void) { mutex_lock(&m); waits(); mutex_unlock(&m); }
void needs(void) { mutex_lock(&m); x = 1; mutex_unlock(&m); }
void sets(void) { x = 1; x = 0; x = 1; }
"""
RUNS = ("waits()", "flips()", "counts()", "holds()")


def along(one: sim.Machine, moves: list[int]) -> list[Moment]:
    now = first_moment(one)
    for move in moves:
        if one.enabled(now.state, move):
            now = extend(one, now, move)
    return list(now.line())


@given(
    st.sampled_from(RUNS),
    st.sampled_from(["needs()", "sets()"]),
    st.lists(st.tuples(st.sampled_from([0, 0, 1, ~0, ~1]), st.integers(1, 40)), max_size=6),
    st.booleans(),
)
def test_x10_moments_are_what_the_machine_does_step_by_step(
    first: str, second: str, moves: list[tuple[int, int]], tso: bool
) -> None:
    one = machine(WAITS, first, second, tso=tso)
    line = along(one, [move for move, count in moves for _ in range(count) if move in one.moves])
    state = one.boot()
    for before, now in pairwise(line):
        assert now.move is not None
        step = one.step(state, now.move)
        assert (now.state, now.events, now.steps) == (step.state, step.events, before.steps + 1)
        assert now.circle is expected(one, now)
        state = step.state


def expected(one: sim.Machine, now: Moment) -> sim.Outcome | None:
    """The circle that a moment closes, by looking at all that came before it."""
    found, at = now, now.parent
    others = []
    while at is not None and found.move == now.move and (now.move or 0) >= 0:
        others += [move for move in one.moves if move != now.move and one.enabled(at.state, move)]
        if state_key(one.program, at.state) == state_key(one.program, now.state):
            return sim.Outcome.SPIN if others else sim.Outcome.LIVELOCK
        found, at = at, at.parent
    return None


@pytest.mark.parametrize("second", ["needs()", "sets()"])
@pytest.mark.parametrize("first", RUNS[:2])
def test_x10_a_turn_that_was_taken_before_is_not_worked_out_again(
    first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machine(WAITS, first, second)
    taken: list[int] = []
    step = sim.Machine.step

    def counted(self: sim.Machine, state: sim.State, move: int) -> Step:
        taken.append(move)
        return step(self, state, move)

    monkeypatch.setattr(sim.Machine, "step", counted)
    line = along(one, [0] * 2000)
    assert line[-1].steps == 2000
    assert len(taken) < 10
