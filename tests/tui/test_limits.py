# SPDX-License-Identifier: GPL-2.0-or-later
"""X4 to X7 as they are typed: bounds that hold and are named, ctrl+c, faults, goals of endless machines."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tui.cli.progress
from tests.fuzz import TIMES
from tests.tui.program import ROOT, call

LEVEL = """\
id = "odd/1"
title = "Odd"
idea = "None."
kernel = "odd.c"
briefing = "None."
hint = "Look."
debrief = "None."
{rest}
[machine]
nodes = [{{ pages = 220, free = 200, cpus = [0, 1] }}]

[[thread]]
letter = "A"
name = "one"
run = "one()"
cpu = 0

[[thread]]
letter = "R"
name = "two"
run = "two()"
cpu = 1
"""
FAULTY = """
static int g;
static void work(void)
{
	g = 1;
	g = 5 / (g - 1);
	BUG_ON(g == 7);
}
void one(void) { work(); }
void two(void) { work(); }
"""
FAULT = "the model faults after A2: odd.c:6, in work: division by zero"
COUNTING = """
int g;
void one(void) { for (;;) g++; }
void two(void) { for (;;) g++; }
"""
ENDLESS = """
int c, flag;
void one(void) { int n = 0; for (;;) { c = n; n++; } }
void two(void) { flag = 1; flag = 2; flag = 3; BUG_ON(c == 1); }
"""
WIDE = """
int a[3000];
void one(void) { for (int i = 0;; i = (i + 1) % 3000) a[i]++; }
void two(void) { for (int i = 5;; i = (i + 7) % 3000) a[i] += 2; }
"""
BUFFERED = """
int x, y, z;
void one(void) { for (int n = 0;; n++) { x = n; y = n; z = x; } }
void two(void) { for (int n = 0;; n++) { y = n; z = n; x = y; } }
"""
PRIVATE = """
int g;
static void work(void)
{
	int a[200];
	for (int i = 0; i < 200; i++)
		a[i] = i;
	for (int n = 0;; n++) {
		a[n % 200] = g;
		g = a[n * 3 % 200] + 1;
	}
}
void one(void) { work(); }
void two(void) { work(); }
"""
LOOP = """
int x;
void one(void) { for (int i = 0; i < 3000; i++) x; }
void two(void) { for (;;) x = x + 1; }
"""
KINDS = {
    "counters": (COUNTING, ""),
    "wide memories": (WIDE, ""),
    "store buffers": (BUFFERED, 'memory = "tso"\n'),
    "long private states": (PRIVATE, ""),
    "one long loop": (LOOP, ""),
}
MOST = """
import re, sys
from tui.cli.arguments import oomrace
try:
    oomrace(sys.argv[1:])
finally:
    print("most", re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def pack(folder: Path, kernel: str, rest: str = 'goal = "bug"\n') -> str:
    (folder / "odd" / "1").mkdir(parents=True)
    (folder / "kernels").mkdir()
    (folder / "odd/1/level.toml").write_text(LEVEL.format(rest=rest), "utf-8")
    (folder / "kernels/odd.c").write_text(
        f'#include "oomrace.h"{kernel if kernel[0] == chr(10) else chr(10) + kernel}\n'
    )
    return str(folder)


@pytest.mark.parametrize("safe", [True, False])
def test_x4_a_fault_is_told_in_the_same_words_everywhere(tmp_path: Path, safe: bool) -> None:
    """X4."""
    where = pack(tmp_path, FAULTY, f'goal = {{ outcome = "bug", safe = {str(safe).lower()} }}\n')
    solved = call("solve", "odd/1", "--pack", where)
    assert (solved.exit_code, solved.stdout.startswith(f"BUG: undecided: {FAULT}\n")) == (1, True)
    chances = call("odds", "odd/1", "--pack", where)
    assert (chances.exit_code, chances.stderr) == (1, f"Error: odd/1: undecided: {FAULT}\n")
    checked = call("check", where)
    assert (checked.exit_code, checked.stdout.count(FAULT)) == (1, 2)
    assert "kernels/odd.c:6:" in checked.stdout
    hinted = call("hint", "odd/1", "--pack", where)
    assert FAULT in hinted.stdout + hinted.stderr
    said = call("play", "odd/1", "--plain", "--pack", where, typed="claim safe 7\n").stdout
    assert "a schedule faults: division by zero" in said
    assert "nothing is settled" in said
    report = json.loads(call("solve", "odd/1", "--pack", where, "--json").stdout)
    assert report["fault"] == {
        "schedule": "A2", "file": "odd.c", "line": 6, "function": "work", "reason": "division by zero",
    }  # fmt: skip


def test_x7_an_endless_level_with_a_goal_near_by(tmp_path: Path) -> None:
    """X7."""
    where = pack(tmp_path, ENDLESS)
    few = ("--pack", where, "--max-states", "3000")
    solved = call("solve", "odd/1", *few)
    first, best, among, _ = solved.stdout.splitlines()
    assert (solved.exit_code, first) == (0, "BUG: reachable, in 6 steps: A1 R3 A1 R1")
    assert best.startswith("1 preemption, 6 steps: ")
    assert among.startswith("the best among schedules of up to ")
    assert among.endswith(" steps: more than 3,000 states")
    checked = call("check", where, "--max-states", "3000").stdout
    assert "odd/1: reachable, " in checked
    assert "1 preemption, 6 steps (of schedules of up to " in checked
    hinted = call("hint", "odd/1", *few)
    assert hinted.exit_code == 0
    assert "hint 4/4: a2 begins the best way from here: 1 preemption, 6 steps" in hinted.stdout


def test_x6_an_undecided_search_for_a_condition_says_what_it_counted(tmp_path: Path) -> None:
    """X6."""
    where = pack(tmp_path, COUNTING, 'goal = { outcome = "finished", condition = "g == -3" }\n')
    report = json.loads(call("solve", "odd/1", "--pack", where, "--max-states", "500", "--json").stdout)
    assert (report["verdict"], report["bound"]) == ("undecided", "more than 500 states")
    assert report["states"] >= 500
    assert report["transitions"] >= 500


def test_x5_ctrl_c_ends_a_search_and_what_it_counted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """X5."""
    asked: list[int] = []

    def used_memory() -> int:
        asked.append(1)
        if len(asked) == 20:
            signal.raise_signal(signal.SIGINT)
        return 1

    monkeypatch.setattr(tui.cli.progress, "used_memory", used_memory)
    done = call("solve", "odd/1", "--pack", pack(tmp_path, COUNTING))
    told, counted = done.stdout.splitlines()
    assert (done.exit_code, told) == (130, "BUG: undecided: stopped by ctrl+c")
    assert 20 <= len(asked) <= 22
    assert not counted.startswith("looked at: 0 states")


def test_x5_a_bound_on_time_is_named(tmp_path: Path) -> None:
    """X5."""
    report: dict[str, Any] = json.loads(
        call("solve", "odd/1", "--pack", pack(tmp_path, COUNTING), "--max-seconds", "0.05", "--json").stdout
    )
    assert (report["verdict"], report["bound"]) == ("undecided", "more than 0.05 s")
    assert report["states"] > 0


def taken(where: str, command: str, size: int) -> float:
    """The share of a bound on memory that a process took, as the system saw it."""
    done = subprocess.run(
        [sys.executable, "-c", MOST, command, "odd/1", "--pack", where, "--max-memory", f"{size}M"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert f"more than {size} MiB of memory" in done.stdout + done.stderr
    return int(done.stdout.split()[-1]) / 1024 / size


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the most memory of a process is not told here")
def test_x6_the_bound_on_memory_holds(tmp_path: Path) -> None:
    """X6."""
    assert 0.8 < taken(pack(tmp_path, COUNTING), "solve", 90) < 1.1


@pytest.mark.fuzz
@pytest.mark.skipif(not TIMES, reason="make fuzz")
@pytest.mark.parametrize("command", ["solve", "odds"])
@pytest.mark.parametrize("kind", KINDS)
def test_x6_the_bound_on_memory_holds_for_all_kinds_of_machines(tmp_path: Path, kind: str, command: str) -> None:
    """X6."""
    kernel, memory = KINDS[kind]
    assert 0.7 < taken(pack(tmp_path, kernel, f'{memory}goal = "bug"\n'), command, 400) < 1.1
