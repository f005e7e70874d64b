# SPDX-License-Identifier: GPL-2.0-or-later
"""The program as a player starts it: in a process of its own, or, where that shows nothing more, in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from tui.cli.arguments import oomrace

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tui")
SOLUTIONS = {
    "tour/1": "A13",
    "tour/2": "R25",
    "in-place/1": "A6 R22 A3",
    "in-place/2": "A6 R14 A3",
    "in-place/3": "A7 R14 A12",
}


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a player whose data and settings are in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    return {**kept, "OOMRACE_DATA_DIR": str(home / "data"), "OOMRACE_CONFIG_DIR": str(home / "config"), **more}


def start(home: Path, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, fed through a pipe."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(home, **more),
        timeout=60,
        check=False,
    )


def call(*arguments: str, typed: str | bytes = "", env: Mapping[str, str] | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(oomrace, list(arguments), input=typed, env=env)
