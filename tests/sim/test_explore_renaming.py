# SPDX-License-Identifier: GPL-2.0-or-later
"""What things are called, and in which order the threads stand, changes no verdict and no count."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from puzzles.levels import Level, build_machine
from sim.explore import Limits, Verdict, explore, goals, odds, solve, state_graph
from tests.long import LONG
from tests.sim.generated import build, kernel
from tests.sim.levels import each_level_up_to
from tests.sim.renaming import goal_of, relettered, renamed, renaming

LEVELS = each_level_up_to(450)
MOST_STATES = 3000
few = settings(max_examples=25)


@frozen
class Found:
    """All that the explorer counts."""

    verdict: Verdict
    states: int
    transitions: int
    outcomes: frozenset[sim.Outcome]
    pareto: frozenset[tuple[int, int]]
    turn: int
    schedules: int | None
    wins: int | None


def found(machine: sim.Machine) -> Found:
    goal = goal_of(machine).outcome
    solved, whole = solve(machine, goal), explore(machine, None)
    graph = state_graph(machine)
    chance = odds(graph, goals(graph))
    best = frozenset((one.preemptions, one.steps) for one in solved.best)
    return Found(
        solved.verdict,
        whole.states,
        whole.transitions,
        whole.outcomes,
        best,
        solved.turn,
        chance.schedules,
        chance.wins,
    )


@LEVELS
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=LONG)])
def test_a_level_under_other_names(level: Level, seed: int) -> None:
    machine = build_machine(level)
    other = renamed(machine, level.source.text, dict(level.source.headers), random.Random(seed))
    assert found(other) == found(machine)
    ours = {cell.lvalue for cell in machine.program.cells if cell}
    theirs = {cell.lvalue for cell in other.program.cells if cell}
    assert len(ours) == len(theirs)
    assert not ours & theirs


@LEVELS
def test_a_level_with_other_letters_in_another_order(level: Level) -> None:
    machine = build_machine(level)
    letters = dict(zip((one.letter for one in machine.threads), "XCMA", strict=False))
    expected = found(machine)
    for order in permutations(range(len(machine.threads))):
        assert found(relettered(machine, letters, order)) == expected


@few
@given(st.randoms(use_true_random=False), st.permutations(range(3)), st.permutations("ABC"))
def test_a_generated_program_under_other_names(dice: random.Random, order: list[int], letters: list[str]) -> None:
    text = kernel(dice.choice, statements=1)
    machine = build(text)
    if explore(machine, None, Limits(MOST_STATES)).verdict is Verdict.UNDECIDED:
        return
    other = relettered(renamed(machine, text, {}, dice), dict(zip("ABC", letters, strict=True)), order)
    assert found(other) == found(machine)


def test_all_names_change_but_those_that_the_game_knows() -> None:
    rename = renaming(['#include "x.h"\nstruct zone { int more; };'], random.Random(1))
    text = rename('#include "more.h"\nstruct zone more; /* more */')
    assert text.startswith('#include "more.h"\nstruct zone n')
    assert "more;" not in text
