# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the simulator compiles and steps: `make bench` prints it."""

from __future__ import annotations

from importlib.resources import files

from pytest_benchmark.fixture import BenchmarkFixture

import sim
from puzzles.levels import build_machine, game_pack
from sim.debugger import Session

WIN = [0] * 6 + [1] * 22 + [0] * 3


def test_compile_linux_2_6_31(benchmark: BenchmarkFixture) -> None:
    source = files("puzzles") / "kernels" / "linux-2.6.31.c"
    headers = {header.name: header.read_text("utf-8") for header in (files("puzzles") / "include").iterdir()}
    program = benchmark(sim.compile, source.read_text("utf-8"), headers, source.name)
    assert program.function("do_page_fault") is not None


def test_steps_of_the_machine(benchmark: BenchmarkFixture) -> None:
    """One round is the 31 steps that win in-place/1."""
    machine = build_machine(game_pack().level("in-place/1"))
    start = machine.boot()

    def play() -> sim.State:
        state = start
        for thread in WIN:
            state = machine.step(state, thread).state
        return state

    assert benchmark(play).outcome is sim.Outcome.OOM_PREMATURE


def test_steps_of_the_debugger(benchmark: BenchmarkFixture) -> None:
    """The same 31 steps with the tree of moments, preemptions and the watch for circles."""
    machine = build_machine(game_pack().level("in-place/1"))

    def play() -> Session:
        session = Session(machine)
        for thread in WIN:
            session.step(thread)
        return session

    assert benchmark(play).won


def test_boot(benchmark: BenchmarkFixture) -> None:
    level = game_pack().level("in-place/1")
    machine = benchmark(build_machine, level)
    assert machine.boot().outcome is sim.Outcome.OPEN
