# SPDX-License-Identifier: GPL-2.0-or-later
"""Files in a folder of any origin: found in a fixed order, bounded, without following links."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import frozen

from puzzles.storage.errors import kind, unreadable

MAX_FILES: Final = 10_000
"""Files that are looked for in one folder with all those in it."""

MAX_ENTRIES: Final = 100_000
"""Entries of folders that are looked at on the way."""


@frozen
class ListedFile:
    """A file, and why it is not to be read ("" where it may)."""

    path: Path
    problem: str = ""


def walk(folder: Path, suffix: str) -> Iterator[ListedFile]:
    """The files in a folder, and in those in it, whose names end in `suffix`, sorted by path.

    What has such a name but is no plain file is found with a problem; so is a folder that cannot be read, and where
    there are more than the bounds allow.
    """
    waiting = [folder]
    files = entries = 0
    while waiting:
        path = waiting.pop()
        if path != folder and not (path.is_dir() and not path.is_symlink()):
            files += 1
            yield ListedFile(path, _problem(path))
        else:
            try:
                inside = _inside(path, suffix)
            except OSError as problem:
                yield ListedFile(path, str(unreadable(problem)))
                continue
            entries += len(inside)
            waiting += reversed(inside)
        if files >= MAX_FILES or entries > MAX_ENTRIES:
            yield ListedFile(
                folder, f"holds more than {MAX_FILES:,} files; the rest was left: give its folders one by one"
            )
            return


def _inside(folder: Path, suffix: str) -> list[Path]:
    """The folders in a folder, and what has a name that ends in `suffix`, by name."""
    with os.scandir(folder) as entries:
        looked_at = islice(entries, MAX_ENTRIES + 1)
        kept = [entry.name for entry in looked_at if entry.name.endswith(suffix) or entry.is_dir(follow_symlinks=False)]
    return [folder / name for name in sorted(kept)]


def _problem(path: Path) -> str:
    try:
        what = kind(path.lstat().st_mode)
    except OSError as problem:
        return str(unreadable(problem))
    return f"is {what}; give a plain file" if what else ""
