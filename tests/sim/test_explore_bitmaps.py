# SPDX-License-Identifier: GPL-2.0-or-later
"""The search with bitmaps against the search by depth, whichever thread leads."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import partial

import pytest
from attrs import evolve

import sim
from puzzles.levels import Level, build_machine, game_pack
from sim.explore import Limits, Progress, Search, Verdict, explore, search, state_graph
from sim.explore.bitmaps import Bitmaps, choose_lead
from sim.explore.product import Product, explored
from tests.long import sample
from tests.sim.generated import build, kernel
from tests.sim.programs import machine
from tests.sim.test_explore import naive, philosophers
from tests.spin.machines import MACHINES, Build

LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)
MOST_STATES = 5_000
BUFFERS = """#include "oomrace.h"
int x, y;
struct mutex m;
void first(void) { x = 1; y = 2; mutex_lock(&m); if (y == 3) x = 3; mutex_unlock(&m); }
void second(void) { mutex_lock(&m); y = 3; if (!x) BUG_ON(y == 2); mutex_unlock(&m); while (x == 1) cpu_relax(); }
void third(void) { for (int i = 0; i < 2; i++) y = x; rest: x = 4; }
"""


def agree(one: sim.Machine, found: Search) -> None:
    for lead in range(len(one.threads)):
        whole = swept(one, lead)
        assert (whole.states, whole.transitions) == (found.states, found.transitions)
        assert frozenset(whole.outcomes) == found.outcomes


def swept(one: sim.Machine, lead: int) -> Bitmaps:
    def sweep(product: Product) -> Bitmaps:
        whole = Bitmaps(product, lead)
        assert not whole.run(None)
        return whole

    return explored(one, None, sweep)


@LEVELS
def test_every_level(level: Level) -> None:
    one = build_machine(level)
    agree(one, explore(one, None))


def test_philosophers() -> None:
    agree(philosophers(5), explore(philosophers(5), None))


@pytest.mark.parametrize("seed", range(8))
def test_programs_made_at_random(seed: int) -> None:
    """Each seed stands for four programs; those with larger state spaces are left out."""
    dice = random.Random(seed)
    shapes = [("ABC", 1), ("AB", 2), ("BC", 2), ("CBA", 1)]
    machines = [build(kernel(dice.choice, statements), order) for order, statements in shapes]
    pairs = [(one, explore(one, None, Limits(MOST_STATES))) for one in machines]
    decided = [(one, found) for one, found in pairs if found.verdict is not Verdict.UNDECIDED]
    assert len(decided) >= 2
    for one, found in decided:
        agree(one, found)


HELD = sim.Limit("A", hold_at="third:rest")
RARE: Mapping[str, Build] = {
    **{name: build for name, build in MACHINES.items() if "generated" not in name and "/" not in name},
    "store buffers": partial(machine, BUFFERS, "first()", "second()", tso=True),
    "three store buffers": partial(machine, BUFFERS, "first()", "second()", "third()", tso=True),
    "a held thread drains": partial(machine, BUFFERS, "third()", "second()", tso=True, limits=(HELD,)),
}


@pytest.mark.parametrize("name", RARE)
def test_rarities_also_against_the_naive_search(name: str) -> None:
    one = RARE[name]()
    found = explore(one, None)
    keys, steps, outcomes = naive(one)
    assert (found.states, found.transitions, found.outcomes) == (len(keys), steps, outcomes)
    agree(one, found)


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Lets bitmaps be asked after a few states, as if they paid."""
    with monkeypatch.context() as patch:
        patch.setattr(search, "_TRIAL", 50)
        patch.setattr(search, "choose_lead", lambda _product, _seen: 0)
        yield patch


@pytest.mark.parametrize("level", sample(game_pack().levels, 4), ids=lambda level: level.id)
@pytest.mark.parametrize("goal", [sim.Outcome.OOM_PREMATURE, sim.Outcome.DEADLOCK, None])
def test_the_answer_is_the_same_when_bitmaps_are_asked_first(
    level: Level, goal: sim.Outcome | None, early: pytest.MonkeyPatch
) -> None:
    one = build_machine(level)
    found = explore(one, goal)
    early.undo()
    expected = explore(one, goal)
    assert evolve(found, witness=None) == evolve(expected, witness=None)
    assert len(found.witness or ()) == len(expected.witness or ())


@pytest.mark.usefixtures("early")
def test_bounds_hold_with_bitmaps_too() -> None:
    found = explore(philosophers(6), None, Limits(states=1000))
    assert (found.verdict, found.bound) == (Verdict.UNDECIDED, "more than 1,000 states")


@pytest.mark.usefixtures("early")
def test_bitmaps_can_be_cancelled() -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> str:
        told.append(progress)
        return "" if progress.depth > 0 else "stopped"

    found = explore(philosophers(6), None, Limits(watch=stop))
    assert (found.verdict, found.bound) == (Verdict.UNDECIDED, "stopped")
    assert 0 < told[-1].states < 2969


def test_bundles_of_one_thread_with_many_private_states_pay_and_those_of_philosophers_do_not() -> None:
    counts = "int x; void run(void) { for (int i = 0; i < 30; i++) x; } void other(void) { x = 1; x = 2; }"
    assert lead_of(machine(counts, "other()", "run()")) == 1
    assert lead_of(philosophers(4)) is None


def lead_of(one: sim.Machine) -> int | None:
    graph = state_graph(one)
    return choose_lead(graph.product, set(graph.packed))
