# SPDX-License-Identifier: GPL-2.0-or-later
"""`make precommit` finds tests for whatever is changed."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from tests.nearest import GUARDS, ROOMS, ROOT, all_tests, nearest, room_of

FILES = [path.relative_to(ROOT) for room in ("sim", "puzzles", "tui") for path in sorted((ROOT / room).rglob("*.py"))]


def test_every_module_has_tests_near_it() -> None:
    assert [path for path in FILES if not nearest(path)] == []


@pytest.mark.parametrize(("path", "names"), [*ROOMS.items(), *GUARDS.items()])
def test_a_room_is_there_and_so_are_its_tests(path: str, names: tuple[str, ...]) -> None:
    assert (ROOT / path).exists()
    assert set(names) <= {test.stem for test in all_tests()}


def test_every_room_has_a_row() -> None:
    folders = {path.parent for path in FILES}
    assert {str(folder) for folder in folders if len(folder.parts) <= 2} <= ROOMS.keys()


@pytest.mark.parametrize(
    ("changed", "near"),
    [
        ("tests/sim/test_numa.py", ["tests/sim/test_numa.py"]),
        ("sim/explore/bitmaps.py", ["tests/sim/test_explore_bitmaps.py"]),
        ("sim/kernelc/text/literals.py", ["tests/sim/test_preprocess.py", "tests/sim/test_syntax.py"]),
        ("docs/kernel-log.md", ["tests/tui/test_contributing.py", "tests/tui/test_docs.py"]),
        ("CONTRIBUTING.md", ["tests/tui/test_contributing.py"]),
        ("CHANGELOG.md", []),
    ],
)
def test_near_is_what_has_its_name_and_else_its_room(changed: str, near: list[str]) -> None:
    assert [str(path) for path in nearest(PurePath(changed))] == near


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ("puzzles/campaign/tour/7/level.toml", {"test_solutions", "test_screen_pictures"}),
        ("puzzles/include/oomrace.h", {"test_operations", "test_kernels_gcc"}),
        ("puzzles/kernels/linux-2.6.31.c", {"test_solutions", "test_kernel_functions"}),
        ("puzzles/replays/semantics.py", {"test_meanings", "test_replays"}),
        ("sim/machine/machine.py", {"test_machine", "test_meanings"}),
        ("sim/machine/state.py", {"test_machine", "test_meanings", "test_tables", "test_words"}),
        ("sim/operations/kinds.py", {"test_operations", "test_meanings", "test_tables"}),
        ("sim/operations/locks.py", {"test_locks", "test_operations", "test_meanings"}),
        ("tui/actions/commands.py", {"test_commands", "test_screen_pictures"}),
    ],
)
def test_a_file_is_near_to_what_guards_it(changed: str, names: set[str]) -> None:
    near = {path.stem for path in nearest(PurePath(changed))}
    assert names <= near
    assert changed.endswith(".py") or not any(name.startswith("test_level") for name in near)


def test_the_room_of_a_file_is_the_nearest_folder() -> None:
    assert room_of(Path("sim/kernelc/text/tokens.py")) == "sim/kernelc/text"
    assert room_of(Path("sim/kernelc/lower/builder.py")) == "sim/kernelc"
    assert room_of(Path("CHANGELOG.md")) == ""
