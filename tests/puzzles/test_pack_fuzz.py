# SPDX-License-Identifier: GPL-2.0-or-later
"""P1: whatever a pack of a stranger holds, a check gives findings. OOMRACE_FUZZ=N tries N times more packs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from puzzles.levels import LevelError, load_pack
from puzzles.proofs import LockError, check_level, of_error, of_problems, read_lock
from sim.explore import Limits
from tests.fuzz import TIMES, dice
from tests.puzzles.mutations import mutated
from tests.puzzles.packs import write_pack

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "tests" / "data" / "packs"
LEVELS = ("in-place/1", "tour/6", "generation/1", "side/5", "cached/1", "count/6")
PACKS_TRIED = 40 * (1 + TIMES)
LIMITS = Limits(1_000)


def base_pack(number: int, folder: Path) -> Path:
    """A sound pack to begin with: one of the small ones, or a level of the game with a kernel of its own."""
    kind = number % 4
    if kind == 0:
        return write_pack(folder)
    if kind < 3:
        return Path(shutil.copytree(PACKS / ("one-is-lost", "own-spinlock")[kind - 1], folder))
    id_ = LEVELS[number // 4 % len(LEVELS)]
    text = (ROOT / "puzzles/campaign" / id_ / "level.toml").read_text("utf-8").replace(id_, "basics/1")
    kernel = re.search('kernel = "(.*)"', text)
    assert kernel
    return write_pack(folder, level=text, kernel=(ROOT / "puzzles/kernels" / kernel[1]).read_text("utf-8"))


def findings(folder: Path) -> Iterator[str]:
    """Everything that is wrong in a pack."""
    pack = load_pack(folder)
    yield from map(str, of_problems("", pack.problems))
    for id_, error in pack.broken.items():
        yield from map(str, of_error(None, id_, error))
    for level in pack.levels:
        yield from map(str, check_level(level, limits=LIMITS).findings)
    with suppress(LockError):
        read_lock(folder)


@pytest.mark.parametrize("number", range(PACKS_TRIED))
def test_a_strange_pack_gives_findings_that_say_where(number: int, tmp_path: Path) -> None:
    folder = base_pack(number, tmp_path / "pack")
    mutated(folder, dice(f"pack {number}"))
    with suppress(LevelError):
        for text in findings(folder):
            assert text.startswith((str(folder), "puzzles/")), text
            assert text.splitlines()[0].isprintable(), text
