# SPDX-License-Identifier: GPL-2.0-or-later
"""Proofs on disk: one file for each level hash. They can be found out again, so nothing here is ever an error.

A file is believed only if this program wrote it in the same version, and if its sum is right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from attrs import frozen
from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

from puzzles.notation import ReplayError, parse_schedule
from puzzles.proofs import Proof
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.storage import StorageError, make_folder, read_file, write_file

MAX_BYTES = 64 << 10
MAX_FILES = 500
EXPLORER_VERSION = "3"
"""Raised when the explorer finds out more than before, or something else."""

_CONVERTER = make_converter(forbid_extra_keys=True)
_WRONG = (ValueError, TypeError, AttributeError, OverflowError, RecursionError, BaseValidationError, ReplayError)


@frozen
class Entry:
    """A proof in its file: which program found it, and the sum of both."""

    made_by: str
    sum: str
    proof: Proof


def load(folder: Path, level_hash: str) -> Proof | None:
    """The proof of a level by its hash; None where there is none that can be believed."""
    try:
        entry = _CONVERTER.structure(json.loads(read_file(_file(folder, level_hash), MAX_BYTES)), Entry)
        believed = entry.sum == _sum(entry.made_by, entry.proof) and entry.made_by == program()
        return entry.proof if believed and entry.proof.level_hash == level_hash and _sound(entry.proof) else None
    except (StorageError, *_WRONG):
        return None


def store(folder: Path, proof: Proof) -> None:
    """Write a proof, if that is possible, and take the oldest ones away where there are too many."""
    with suppress(OSError, StorageError, ValueError):
        entry = Entry(program(), _sum(program(), proof), proof)
        text = json.dumps(_CONVERTER.unstructure(entry), indent=1)
        make_folder(folder)
        write_file(_file(folder, proof.level_hash), text.encode(), over=True)
        _prune(folder)


@cache
def program() -> str:
    """The program that finds proofs: a change in any of these versions makes older proofs worthless."""
    metadata = import_module("importlib.metadata")  # slow to load, and not for the first paint to wait for
    try:
        version = metadata.version("oomrace")
    except metadata.PackageNotFoundError:
        version = "from its sources"
    return f"oomrace {version}, explorer {EXPLORER_VERSION}, semantics {SEMANTICS_VERSION}"


def _file(folder: Path, level_hash: str) -> Path:
    return folder / f"{sha256(level_hash.encode()).hexdigest()[:32]}.json"


def _sum(made_by: str, proof: Proof) -> str:
    said = json.dumps([made_by, _CONVERTER.unstructure(proof)], sort_keys=True)
    return sha256(said.encode()).hexdigest()


def _sound(proof: Proof) -> bool:
    """Whether a proof says things that can be shown."""
    for par in proof.par:
        parse_schedule(par.schedule)
    return not proof.one_in or float(proof.one_in) >= 0


def _prune(folder: Path) -> None:
    files = sorted(_files(folder), reverse=True)
    for _, path in files[MAX_FILES:]:
        path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[float, Path]]:
    for path in folder.iterdir():
        if path.suffix == ".json":
            yield path.lstat().st_mtime, path
