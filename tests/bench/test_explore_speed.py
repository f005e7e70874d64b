# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the explorer is, and how much memory it takes: `make bench` prints it, beside SPIN where that is installed.

Without --benchmark-enable the large state spaces are replaced by small ones of the same kind.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from pytest_benchmark.fixture import BenchmarkFixture

import sim
from puzzles.levels import Level, build_machine, game_pack
from puzzles.limits.memory import used_memory
from sim.explore import Search, Verdict, explore, search, solve, state_graph
from tests.bench.models import flips
from tests.bench.spin import spin
from tests.sim.test_explore import ENDING, philosophers
from tests.spin.checker import PRESENT

LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)
Build = Callable[[], sim.Machine]
pytestmark = pytest.mark.benchmark(timer=time.process_time)


def fresh(benchmark: BenchmarkFixture, work: Callable[..., Any], build: Build, *arguments: Any, rounds: int) -> Any:
    """Measure the CPU time of some work on machines of which nothing is known yet; the last result."""
    measure: Callable[..., Any] = benchmark.pedantic
    return measure(work, setup=lambda: ((build(), *arguments), {}), rounds=rounds)


def note(benchmark: BenchmarkFixture, result: Search) -> None:
    """Put what the table of times does not say beside it."""
    benchmark.extra_info["states"] = result.states
    benchmark.extra_info["transitions"] = result.transitions


@pytest.mark.parametrize("level", ENDING, ids=lambda level: level.id)
def test_verdict_of_a_level(benchmark: BenchmarkFixture, level: Level) -> None:
    result = fresh(benchmark, explore, lambda: build_machine(level), level.goal.outcome, rounds=20)
    note(benchmark, result)
    assert result.verdict is (Verdict.UNREACHABLE if level.goal.safe else Verdict.REACHABLE)


@LEVELS
def test_par_of_a_level(benchmark: BenchmarkFixture, level: Level) -> None:
    result = fresh(benchmark, solve, lambda: build_machine(level), level.goal.outcome, rounds=10)
    assert bool(result.best) is not level.goal.safe


@pytest.mark.parametrize("bitmaps", [True, False], ids=["bitmaps", "by depth alone"])
def test_siblings_and_flips(benchmark: BenchmarkFixture, bitmaps: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sibling faults, a writer and four flips: all that no schedule does is tried."""
    if not bitmaps:
        monkeypatch.setattr(search, "choose_lead", lambda _product, _seen: None)
    times, states = (4, 1_090_826) if benchmark.enabled else (1, 41_750)
    result = fresh(benchmark, explore, lambda: flips(times), sim.Outcome.DEADLOCK, rounds=3)
    note(benchmark, result)
    assert (result.verdict, result.states) == (Verdict.UNREACHABLE, states)


def test_philosophers(benchmark: BenchmarkFixture) -> None:
    count, figures = (10, (613_574, 4_090_490)) if benchmark.enabled else (6, (2969, 11_874))
    result = fresh(benchmark, explore, lambda: philosophers(count), None, rounds=3)
    note(benchmark, result)
    assert (result.states, result.transitions) == figures


def largest_level() -> sim.Machine:
    """The campaign level with the most states."""
    machines = [build_machine(level) for level in game_pack().levels]
    return max(machines, key=lambda machine: explore(machine, None).states)


@pytest.mark.skipif(not PRESENT, reason="spin or gcc is missing")
@pytest.mark.parametrize(
    "build",
    [
        lambda: philosophers(10),
        largest_level,
        lambda: flips(4),
    ],
    ids=["ten philosophers", "the largest level", "siblings and four flips"],
)
def test_beside_spin(
    build: Build, benchmark: BenchmarkFixture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same program, one after the other: CPU time of both searches, ours with all that it has to find out.

    Memory is what this process grew by.
    """
    if not benchmark.enabled:
        pytest.skip("tests/spin compares them; here they are timed")
    machine = build()
    theirs = spin(state_graph(machine), tmp_path)
    machine = evolve(machine)  # one of which nothing is known yet
    before, begun = used_memory(), time.process_time()
    ours = fresh(benchmark, explore, lambda: machine, None, rounds=1)
    seconds, memory = time.process_time() - begun, used_memory() - before
    note(benchmark, ours)
    assert (ours.states, ours.transitions + 1) == (theirs.states, theirs.transitions)
    with capsys.disabled():
        sys.stdout.write(f"\n{figures_line('oomrace', ours.states, seconds, memory)}")
        sys.stdout.write(f"\n{figures_line('SPIN -O2', theirs.states, theirs.seconds, theirs.megabytes * 1e6)}")
        sys.stdout.write(f"\noomrace has {theirs.seconds / seconds:.2f} of SPIN's rate\n")


def figures_line(who: str, states: int, seconds: float, memory: float) -> str:
    rate = states / max(seconds, 1e-4)
    return f"{who}: {states} states in {seconds:.3f} s, {rate:.0f} a second, {memory / states:.0f} bytes each"
