# SPDX-License-Identifier: GPL-2.0-or-later
"""`make precommit` finds tests for whatever is changed."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from tests.nearest import ROOMS, ROOT, all_tests, nearest, room_of

FILES = [path.relative_to(ROOT) for room in ("sim", "puzzles", "tui") for path in sorted((ROOT / room).rglob("*.py"))]


def test_every_module_has_tests_near_it() -> None:
    assert [path for path in FILES if not nearest(path)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_there_and_so_are_its_tests(room: str) -> None:
    assert (ROOT / room).is_dir()
    assert set(ROOMS[room]) <= {path.stem for path in all_tests()}


def test_every_room_has_a_row() -> None:
    folders = {path.parent for path in FILES}
    assert {str(folder) for folder in folders if len(folder.parts) <= 2} <= ROOMS.keys()


@pytest.mark.parametrize(
    ("changed", "near"),
    [
        ("tests/sim/test_numa.py", ["tests/sim/test_numa.py"]),
        ("sim/explore/bitmaps.py", ["tests/sim/test_explore_bitmaps.py"]),
        ("sim/kernelc/text/literals.py", ["tests/sim/test_preprocess.py", "tests/sim/test_syntax.py"]),
        ("docs/kernel-log.md", []),
    ],
)
def test_near_is_what_has_its_name_and_else_its_room(changed: str, near: list[str]) -> None:
    assert [str(path) for path in nearest(PurePath(changed))] == near


def test_the_room_of_a_file_is_the_nearest_folder() -> None:
    assert room_of(Path("sim/kernelc/text/tokens.py")) == "sim/kernelc/text"
    assert room_of(Path("sim/kernelc/lower/builder.py")) == "sim/kernelc"
    assert room_of(Path("README.md")) == ""
