# SPDX-License-Identifier: GPL-2.0-or-later
"""The lock file: proofs by level id, in JSON, beside the levels of a pack."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import evolve, fields, frozen
from cattrs import BaseValidationError
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

from puzzles.levels import Level, Pack, level_hash
from puzzles.levels.files import campaign, folder_at, read_inside
from puzzles.proofs.proof import Proof, WhatIfProof, with_par
from puzzles.storage import NotPlain, StorageError, write_file

LOCK_NAME = "proofs.json"
MAX_LOCK_BYTES = 1 << 20
_CONVERTER = make_converter(forbid_extra_keys=True)
_NOT_ALWAYS = override(omit_if_default=True)
_CONVERTER.register_unstructure_hook(WhatIfProof, make_dict_unstructure_fn(WhatIfProof, _CONVERTER, bound=_NOT_ALWAYS))
_CONVERTER.register_unstructure_hook(
    Proof,
    make_dict_unstructure_fn(
        Proof, _CONVERTER, recipe=_NOT_ALWAYS, recipe2=_NOT_ALWAYS, reasons=_NOT_ALWAYS, undecided=_NOT_ALWAYS,
        within=_NOT_ALWAYS, bound=_NOT_ALWAYS, what_ifs=_NOT_ALWAYS,
    ),
)  # fmt: skip


@frozen
class LockError(Exception):
    """A lock file that cannot be read or written: why, without naming it, and what to do if not to take it away."""

    message: str
    advice: str = ""

    def __str__(self) -> str:
        return self.message


def has_lock(folder: Traversable) -> bool:
    """Whether there is anything where the lock file of a pack belongs, be it a link to nowhere."""
    path = folder / LOCK_NAME
    return os.path.lexists(path) if isinstance(path, Path) else path.is_file()


def read_lock(folder: Traversable) -> Mapping[str, Proof]:
    """The proofs of a pack, by level id; none where there is no lock file. Raises LockError."""
    if not has_lock(folder):
        return {}
    try:
        data = read_inside(folder_at(folder, "") / LOCK_NAME, MAX_LOCK_BYTES)
    except ValueError as problem:
        raise LockError(_reason(problem)) from None
    try:
        return _CONVERTER.structure(json.loads(data), dict[str, Proof])
    except json.JSONDecodeError as problem:
        what = f"is no lock file: {problem.msg} in line {problem.lineno}, column {problem.colno}"
        raise LockError(what) from None
    except (ValueError, TypeError, AttributeError, RecursionError, BaseValidationError):
        raise LockError("is no lock file: it does not hold what --write writes") from None


def _reason(problem: Exception) -> str:
    """Why, without the advice for files of other names."""
    return str(problem).partition("; ")[0]


def differences(lock: Mapping[str, Proof], proofs: Mapping[str, Proof | None]) -> Iterator[tuple[str, str]]:
    """In what a lock file differs from what was proved just now: id and sentence of each level.

    A level of which not all was proved is not compared.
    """
    for id_, proof in proofs.items():
        if proof is None or not proof.whole:
            continue
        if id_ not in lock:
            yield id_, "does not say what is proved of this level"
        elif lock[id_].level_hash != proof.level_hash:
            yield id_, "is about this level as it was before it was changed"
        elif lock[id_] != proof:
            names = [
                attribute.name
                for attribute in fields(Proof)
                if getattr(lock[id_], attribute.name) != getattr(proof, attribute.name)
            ]
            yield id_, f"does not say what was proved just now: {', '.join(names)}"


def lock_text(proofs: Mapping[str, Proof]) -> str:
    """The text of a lock file: one level after the other, so that a change can be read in a diff."""
    return json.dumps(_CONVERTER.unstructure(dict(proofs)), indent=2) + "\n"


def write_lock(folder: Path, proofs: Mapping[str, Proof]) -> None:
    """Write the lock file of the pack in a folder, whole or not at all. Raises LockError."""
    try:
        write_file(folder / LOCK_NAME, lock_text(proofs).encode(), over=True)
    except NotPlain as problem:
        raise LockError(_reason(problem)) from None
    except StorageError as problem:
        message, _, advice = str(problem).partition("; ")
        raise LockError(message, advice) from None


@lru_cache(maxsize=1)
def _game_lock() -> Mapping[str, Proof]:
    try:
        return read_lock(campaign().path)
    except LockError:
        return {}


def known_proof(level: Level) -> Proof | None:
    """The committed proof of a level of the game; None where there is none for the level as it is."""
    proof = _game_lock().get(level.id)
    return proof if proof is not None and proof.level_hash == level_hash(level) else None


def proved(pack: Pack) -> Pack | None:
    """The game's own pack with the par of every level in its list; None where the lock file lacks a level as it is.

    Compiles all kernels. Raises LevelError for one that does not compile.
    """
    proofs = [known_proof(level) for level in pack.levels]
    if None in proofs:
        return None
    listed = tuple(with_par(level, proof) for level, proof in zip(pack.listed, proofs, strict=True))
    return evolve(pack, listed=listed, proved=True)
