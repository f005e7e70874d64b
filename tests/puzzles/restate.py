# SPDX-License-Identifier: GPL-2.0-or-later
"""Bring the stored solutions up to date after their levels have changed: python -m tests.puzzles.restate [LEVEL]..."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from puzzles.levels import Level, build_machine, game_pack
from puzzles.notation import read_replay, write_replay
from puzzles.replays import restate

FOLDER: Final = Path(__file__).parents[2] / "puzzles" / "solutions"
WRITE: Final = "python -m tests.puzzles.restate"


def solution_file(level_id: str, folder: Path = FOLDER) -> Path:
    """Where the solution of a level is stored."""
    return folder / f"{level_id.replace('/', '-')}.race"


def restate_files(levels: Iterable[Level], folder: Path = FOLDER) -> Iterator[str]:
    """Write headers and digests of stored solutions as they are now; file and reason of each that cannot be played."""
    for level in levels:
        path = solution_file(level.id, folder)
        try:
            replay = restate(read_replay(path.read_bytes()), level, build_machine(level))
        except (OSError, ValueError) as error:
            yield f"{path}: {error}"
        else:
            path.write_text(write_replay(replay), encoding="utf-8")


def main() -> int:
    """Those of some levels, or all that there are; the exit code."""
    names = sys.argv[1:]
    levels = [level for level in game_pack().levels if level.id in names or not names]
    stored = [level for level in levels if names or solution_file(level.id).exists()]
    wrong = [f"{name}: the game has no such level" for name in names if name not in {level.id for level in levels}]
    wrong += restate_files(stored)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
