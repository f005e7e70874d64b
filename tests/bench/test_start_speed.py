# SPDX-License-Identifier: GPL-2.0-or-later
"""How soon something is seen: whole commands in processes of their own, beside what sets the pace for them.

`make bench ARGS="-k start_speed"` prints the tables. All of a table run in turns, seven times; a ratio is of middle
times. Under `make test` each runs once, and no time counts.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

import pytest
from attrs import frozen
from pytest_benchmark.fixture import BenchmarkFixture

from puzzles.levels import build_machine, game_pack
from tests.spin.checker import PRESENT
from tests.tui.program import start, terminal, until
from tui.app import OomraceApp
from tui.game.game import Game
from tui.player.services import Services

TIMES = 7
EMPTY_APP = "from textual.app import App; App().run()"
LIBRARIES = "import click, attrs, cattrs"
FIRST_LEVEL = b"tour/1"
LAST_ROW = b"\x1b[24;1H"
"""Where the cursor goes to paint the foot of a terminal of 24 lines."""


@frozen
class Contender:
    """What is started, and how much longer or shorter it may take than the first one of its table."""

    name: str
    run: Callable[[], object]
    goal: str = ""


@frozen
class Times:
    """Seconds that a player waits, and seconds of CPU time with those of all children."""

    wall: float
    cpu: float


def timed(run: Callable[[], object]) -> Times:
    used, begun = getrusage(RUSAGE_CHILDREN), perf_counter()
    run()
    wall, after = perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    return Times(wall, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime)


def race(contenders: Sequence[Contender], times: int) -> list[Times]:
    """The middle times of each, run in turns; where they count, after one turn that fills the caches of files."""
    if times > 1:
        race(contenders, 1)
    turns = [[timed(contender.run) for contender in contenders] for _ in range(times)]
    return [
        Times(median(one.wall for one in column), median(one.cpu for one in column))
        for column in zip(*turns, strict=True)
    ]


def table(contenders: Sequence[Contender], times: Sequence[Times]) -> str:
    first = times[0]
    lines = [f"{'':34}{'wall':>8}{'CPU':>9}{'ratios':>14}  goal"]
    for contender, own in zip(contenders, times, strict=True):
        ratios = f"{own.wall / first.wall:7.2f}{own.cpu / first.cpu:7.2f}"
        lines.append(f"{contender.name:34}{own.wall:6.3f} s{own.cpu:7.3f} s{ratios}  {contender.goal}")
    return "\n".join(lines)


def compare(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], *contenders: Contender) -> None:
    """Run all in turns and print their table; once each, and silently, where benchmarks are off."""
    measure: Callable[..., list[Times]] = benchmark.pedantic
    times = measure(race, (contenders, TIMES if benchmark.enabled else 1), rounds=1)
    if benchmark.enabled:
        with capsys.disabled():
            sys.stdout.write(f"\n{table(contenders, times)}\n")


def call(*command: str, folder: Path | None = None) -> None:
    subprocess.run(command, cwd=folder, capture_output=True, check=True)


def typed(home: Path, *arguments: str) -> str:
    done = start(home, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def painted(home: Path, text: bytes, *arguments: str, program: str = "") -> bytes:
    """What a terminal shows from the start of the program to a text; then the program is killed."""
    with terminal(home, *arguments, term="xterm-256color", program=program) as (_, end):
        return until(end, text)


@pytest.fixture(autouse=True)
def _with_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of modules that are compiled before they run, as an installed program has them."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


def test_of_the_screen(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The list is that of a player who has been here before, which leaves its index; the last line is without one."""
    typed(tmp_path, "levels")
    assert b"briefing" not in painted(tmp_path, FIRST_LEVEL)
    homes = count()
    compare(
        benchmark,
        capsys,
        Contender("an empty Textual app", lambda: painted(tmp_path, LAST_ROW, program=EMPTY_APP)),
        Contender("the list of levels", lambda: painted(tmp_path, FIRST_LEVEL), "within 1.6"),
        Contender("a level by name", lambda: painted(tmp_path, b"briefing", "play", "in-place/1"), "within 2"),
        Contender("the list, for the first time", lambda: painted(tmp_path / f"new-{next(homes)}", FIRST_LEVEL)),
    )


def test_of_commands(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    compare(
        benchmark,
        capsys,
        Contender(LIBRARIES, lambda: call(sys.executable, "-c", LIBRARIES)),
        Contender("oomrace --help", lambda: typed(tmp_path, "--help")),
        Contender("oomrace levels", lambda: typed(tmp_path, "levels"), "within 3"),
        Contender("oomrace show in-place/1", lambda: typed(tmp_path, "show", "in-place/1"), "within 5"),
    )


@pytest.mark.skipif(not PRESENT, reason="spin or gcc is missing")
def test_of_a_verdict(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """From the text of a level, and from its export, to the verdict."""
    if not benchmark.enabled:
        pytest.skip("tests/spin compares the verdicts; here they are timed")
    (tmp_path / "model.pml").write_text(typed(tmp_path, "export", "in-place/1", "--format", "promela"))

    def spin() -> None:
        call("spin", "-a", "model.pml", folder=tmp_path)
        call("gcc", "-O0", "-w", "-o", "pan", "pan.c", folder=tmp_path)
        call("./pan", folder=tmp_path)

    compare(
        benchmark,
        capsys,
        Contender("oomrace solve in-place/1", lambda: typed(tmp_path, "solve", "in-place/1")),
        Contender("spin -a; gcc -O0; pan", spin, "at least 1.3"),
    )


def played() -> OomraceApp:
    level = game_pack().level("in-place/1")
    game = Game(level, build_machine(level))
    return OomraceApp(None, game, Services(game_pack()))


def test_keys_from_press_to_idle(benchmark: BenchmarkFixture) -> None:
    """One round is six steps by key; Pilot waits for every widget, so a player waits less."""

    async def press() -> int:
        app = played()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press(*"aaaaaa")
            return app.games["in-place/1", ()].session.now.steps

    assert benchmark(lambda: asyncio.run(press())) == 6
