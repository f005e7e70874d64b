# SPDX-License-Identifier: GPL-2.0-or-later
"""Files on disk, none of which is trusted: read without waiting, written whole or not at all, never through a link."""

from __future__ import annotations

from puzzles.storage.appending import add_line
from puzzles.storage.errors import Missing, NotPlain, StorageError, Taken, unwritable
from puzzles.storage.leftovers import sweep
from puzzles.storage.locks import in_use, take
from puzzles.storage.reading import read_file
from puzzles.storage.walking import ListedFile, walk
from puzzles.storage.writing import append, make_folder, write_file, write_open

__all__ = [
    "ListedFile",
    "Missing",
    "NotPlain",
    "StorageError",
    "Taken",
    "add_line",
    "append",
    "in_use",
    "make_folder",
    "read_file",
    "sweep",
    "take",
    "unwritable",
    "walk",
    "write_file",
    "write_open",
]
