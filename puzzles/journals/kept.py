# SPDX-License-Identifier: GPL-2.0-or-later
"""The runs that were left in a folder: whose they are, and how far each had come."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from attrs import frozen

from puzzles.journals.outline import Outline, outline
from puzzles.journals.places import journal_paths
from puzzles.journals.records import MAX_BYTES, Head, read_head, read_records
from puzzles.levels import Level, level_hash
from puzzles.notation import format_schedule
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.storage import StorageError, in_use, read_file, take

MAX_KEPT: Final = 8
"""Runs of one level that are kept; the oldest one makes room for a new one."""


@frozen(eq=False)
class KeptRun:
    """A run that can be gone on with: its file, what was played, and the tree as far as the file can be read.

    `when` is the time of the last step, in seconds since 1970. `damage` says why the file cannot be read to its end.
    """

    path: Path
    head: Head
    tree: Outline
    when: float
    damage: str = ""

    @property
    def steps(self) -> int:
        """The steps to where the player was."""
        return sum(1 for _ in self.tree.line(self.tree.at))

    @property
    def schedule(self) -> str:
        """The moves to where the player was."""
        return format_schedule(self.tree.line(self.tree.at))

    def discard(self) -> None:
        """Take the file away, unless somebody plays the run by now."""
        _remove(self.path)

    def fits(self, level: Level) -> bool:
        """Whether the level, and what a step means, are as they were. Raises LevelError for a broken level.

        A run for another goal fits the level with that goal alone.
        """
        return (self.head.level_hash, self.head.semantics) == (level_hash(level), SEMANTICS_VERSION)


def kept_runs(folder: Path, level_id: str) -> list[KeptRun]:
    """The runs of a level that nobody plays now, the latest first; what is none of ours is passed over."""
    runs = (_read(path, level_id) for path in journal_paths(folder, level_id) if not in_use(path))
    return sorted((run for run in runs if run), key=lambda run: run.when, reverse=True)


def make_room(folder: Path, level_id: str) -> None:
    """Take the oldest runs of a level away where a new one would be too many, and files that were never begun."""
    for run in kept_runs(folder, level_id)[MAX_KEPT - 1 :]:
        run.discard()
    for path in journal_paths(folder, level_id):
        if not in_use(path) and _is_torn(path):
            _remove(path)


def _remove(path: Path) -> None:
    """Take a file away that no living process has."""
    handle = take(path)
    if handle is not None:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _is_torn(path: Path) -> bool:
    """Whether the first line of a file never came to disk."""
    try:
        data = read_file(path, MAX_BYTES)
    except StorageError:
        return False
    return not data.partition(b"\n")[1] or data.startswith(b"\0")


def _read(path: Path, level_id: str) -> KeptRun | None:
    try:
        data = read_file(path, MAX_BYTES)
        when = path.stat().st_mtime
    except (StorageError, OSError):
        return None
    head = read_head(data)
    if head is None or head.level != level_id:
        return None
    tree, damage = outline(read_records(data))
    return KeptRun(path, head, tree, when, damage)
