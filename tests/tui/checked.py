# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs for tests of `oomrace check`."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.puzzles.packs import edited
from tests.tui.program import ROOT

PACKS = ROOT / "tests" / "data" / "packs"


def copied(name: str, folder: Path) -> Path:
    """A pack of the test data, to be changed."""
    return Path(shutil.copytree(PACKS / name, folder / name))


def add_level(pack: Path, number: int, *edits: tuple[str, str], kernel: str = "") -> None:
    """Add a level to the pack of one, with a kernel of its own where one is given."""
    text = edited((pack / "basics/1/level.toml").read_text("utf-8"), (('"basics/1"', f'"basics/{number}"'), *edits))
    if kernel:
        (pack / f"kernels/k{number}.c").write_text(kernel, "utf-8")
        text = text.replace('"lost.c"', f'"k{number}.c"')
    (pack / f"basics/{number}").mkdir()
    (pack / f"basics/{number}/level.toml").write_text(text, "utf-8")
