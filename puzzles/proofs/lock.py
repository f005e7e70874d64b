# SPDX-License-Identifier: GPL-2.0-or-later
"""The lock file: proofs by level id, in JSON, beside the levels of a pack."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

from puzzles.levels import Level, level_hash
from puzzles.levels.files import campaign, folder_at, read_inside
from puzzles.proofs.prove import Proof
from puzzles.storage import StorageError, write_file

LOCK_NAME = "proofs.json"
MAX_LOCK_BYTES = 1 << 20
_CONVERTER = make_converter(forbid_extra_keys=True)


class LockError(Exception):
    """A lock file that cannot be read or written; the message says why and what to do."""


def read_lock(folder: Traversable) -> Mapping[str, Proof]:
    """The proofs of a pack, by level id; none where there is no lock file. Raises LockError."""
    place = folder_at(folder, "") / LOCK_NAME
    if not _is_there(place.path):
        return {}
    try:
        data = read_inside(place, MAX_LOCK_BYTES)
    except ValueError as problem:
        raise LockError(f"{LOCK_NAME} {problem}; take it away, and write it again with oomrace check --write") from None
    try:
        return _CONVERTER.structure(json.loads(data), dict[str, Proof])
    except (ValueError, TypeError, AttributeError, RecursionError, BaseValidationError) as problem:
        raise LockError(f"{LOCK_NAME}: {problem}; write it again with oomrace check --write") from None


def _is_there(path: Traversable) -> bool:
    """Whether there is anything, be it a link to nowhere."""
    return os.path.lexists(path) if isinstance(path, Path) else path.is_file()


def lock_text(proofs: Mapping[str, Proof]) -> str:
    """The text of a lock file: one level after the other, so that a change can be read in a diff."""
    return json.dumps(_CONVERTER.unstructure(dict(proofs)), indent=2) + "\n"


def write_lock(folder: Path, proofs: Mapping[str, Proof]) -> None:
    """Write the lock file of the pack in a folder, whole or not at all. Raises LockError."""
    try:
        write_file(folder / LOCK_NAME, lock_text(proofs).encode(), over=True)
    except StorageError as problem:
        raise LockError(f"{folder / LOCK_NAME} {problem}") from None


@lru_cache(maxsize=1)
def _game_lock() -> Mapping[str, Proof]:
    try:
        return read_lock(campaign().path)
    except LockError:
        return {}


def known_proof(level: Level) -> Proof | None:
    """The committed proof of a level of the game; None where there is none for the level as it is."""
    found = _game_lock().get(level.id)
    return found if found is not None and found.level_hash == level_hash(level) else None
