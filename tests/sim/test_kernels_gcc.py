# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel files are C: gcc reads each one without a warning."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INCLUDE = ROOT / "puzzles" / "include"
KERNELS = sorted((ROOT / "puzzles" / "kernels").glob("*.c"))
PROGRAMS = sorted((ROOT / "tests" / "data" / "c").glob("*.c"))
OPTIONS = ("-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{INCLUDE}")


def complaints(path: Path) -> str:
    """What gcc says about a file. Skips the test when there is no gcc."""
    gcc = shutil.which("gcc")
    if gcc is None:
        pytest.skip("gcc is not installed: nothing to read the kernel files with")
    done = subprocess.run([gcc, *OPTIONS, str(path)], capture_output=True, text=True, timeout=60, check=False)
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize("path", [*KERNELS, *PROGRAMS], ids=lambda path: path.name)
def test_gcc_has_no_complaint(path: Path) -> None:
    assert complaints(path) == ""


def test_there_are_files_to_read() -> None:
    assert KERNELS
    assert len(PROGRAMS) > 40


def test_a_fault_in_a_file_would_be_told(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.c"
    faulty.write_text('#include "oomrace.h"\nint run(void) { int unused; }\n', "utf-8")
    assert "unused" in complaints(faulty)
