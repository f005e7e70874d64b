# SPDX-License-Identifier: GPL-2.0-or-later
"""P15: every command of the README works as it stands there, in the clone and installed, from any folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.fuzz import TIMES
from tests.tui.program import ROOT, call, environment

Run: TypeAlias = Callable[[list[str]], tuple[int, str]]
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"(?m)^    ((?:make|pipx|\.venv/bin/oomrace)\b[^\n]*?)(?: {2,}#.*)?$", README)
PROGRAM = ".venv/bin/oomrace "
COMMANDS = [shlex.split(one.removeprefix(PROGRAM)) for one in SHOWN if one.startswith(PROGRAM)]


def failures(run: Run) -> Iterator[str]:
    """The commands that fail, one after the other: later ones need what earlier ones have written."""
    for command in COMMANDS:
        code, told = run(command)
        left = 1 if command[0] == "play" else 0  # nothing is typed, so the goal is not reached
        if code != left:
            yield f"{shlex.join(command)}: exit code {code}: {told}"


def test_commands_of_every_kind_are_found() -> None:
    assert {command[0] for command in COMMANDS} >= {"play", "solve", "odds", "export", "history", "run", "check"}
    assert {"make play", "make test"} <= set(SHOWN)


def test_every_target_of_make_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for shown in SHOWN:
        if shown.startswith("make "):
            assert f"\n{shown.split()[1]}:" in makefile


def test_every_command_works_in_the_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    def run(command: list[str]) -> tuple[int, str]:
        done = call(*command)
        return done.exit_code, done.stderr

    assert list(failures(run)) == []


@pytest.mark.fuzz
@pytest.mark.skipif(not TIMES, reason="a wheel is built and installed: make fuzz")
def test_every_command_works_installed(tmp_path: Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "own")], check=True)
    python, program = (str(tmp_path / "own" / "bin" / name) for name in ("python", "oomrace"))
    subprocess.run([python, "-m", "pip", "install", *quiet, str(ROOT)], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(command: list[str]) -> tuple[int, str]:
        done = subprocess.run(
            [program, *command],
            cwd=elsewhere,
            env={**own, **environment(tmp_path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr

    assert list(failures(run)) == []


def test_only_schedules_of_one_thread_are_told_so_no_race_is_given_away() -> None:
    assert re.findall(r"~?[A-Z]\d+(?: ~?[A-Z]\d+)+", README) == []
