# SPDX-License-Identifier: GPL-2.0-or-later
"""The lock file: proofs by level id, in JSON, beside the levels of a pack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable

from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

from puzzles.levels import Level, level_hash
from puzzles.levels.files import campaign
from puzzles.proofs.prove import Proof

LOCK_NAME = "proofs.json"
MAX_LOCK_BYTES = 1 << 20
_CONVERTER = make_converter(forbid_extra_keys=True)


class LockError(Exception):
    """A lock file that cannot be read; the message says why and what to do."""


def read_lock(folder: Traversable) -> Mapping[str, Proof]:
    """The proofs of a pack, by level id; none where there is no lock file. Raises LockError."""
    file = folder / LOCK_NAME
    if not file.is_file():
        return {}
    with file.open("rb") as opened:
        data = opened.read(MAX_LOCK_BYTES + 1)
    if len(data) > MAX_LOCK_BYTES:
        raise LockError(f"{LOCK_NAME} is larger than {MAX_LOCK_BYTES} bytes; write it again with oomrace check --write")
    try:
        return _CONVERTER.structure(json.loads(data), dict[str, Proof])
    except (ValueError, TypeError, AttributeError, RecursionError, BaseValidationError) as problem:
        raise LockError(f"{LOCK_NAME}: {problem}; write it again with oomrace check --write") from None


def write_lock(proofs: Mapping[str, Proof]) -> str:
    """The text of a lock file: one level after the other, so that a change can be read in a diff."""
    return json.dumps(_CONVERTER.unstructure(dict(proofs)), indent=2) + "\n"


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
