# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a journal: one JSON object each, the head first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from attrs import field, frozen
from cattrs import BaseValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

VERSION: Final = 1
MAX_BYTES: Final = 1 << 20
"""Bytes of a journal that is read or written."""

MAX_LINE: Final = 128 << 10
"""Bytes of a line that is read."""


@frozen
class Head:
    """What is played: the level as its replays name it, and what was changed.

    That is boot values, another kernel's file and hash, and another goal by its outcome's name.
    """

    level: str
    level_hash: str
    semantics: str
    sets: tuple[str, ...] = ()
    kernel: str = ""
    kernel_hash: str = ""
    goal: str = ""
    journal: int = VERSION


@frozen
class Grown:
    """Moves that were made from a moment, all of them new: each makes the moment with the next number. Boot is 0."""

    start: int
    moves: str


@frozen
class Went:
    """The player went to a moment."""

    at: int


@frozen
class Noted:
    """What else is so, by name; what was noted before is forgotten."""

    notes: Mapping[str, Any] = field(factory=dict)


JournalRecord: TypeAlias = Grown | Went | Noted

_KINDS: Final[Mapping[str, type[JournalRecord]]] = {"from": Grown, "at": Went, "notes": Noted}
_CONVERTER: Final = make_converter(forbid_extra_keys=True)
_CONVERTER.register_structure_hook(Grown, make_dict_structure_fn(Grown, _CONVERTER, start=override(rename="from")))
_CONVERTER.register_unstructure_hook(Grown, make_dict_unstructure_fn(Grown, _CONVERTER, start=override(rename="from")))
_WRONG = (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError, BaseValidationError)


def line(record: Head | JournalRecord) -> bytes:
    """A record as a line of a journal."""
    text = json.dumps(_CONVERTER.unstructure(record), ensure_ascii=True, separators=(", ", ": "))
    return f"{text}\n".encode()


def read_head(data: bytes) -> Head | None:
    """The head of a journal; None where it is torn, or none of ours."""
    first, end, _ = data.partition(b"\n")
    try:
        head = _CONVERTER.structure(_table(first), Head) if end else None
    except _WRONG:
        return None
    return head if head is not None and head.journal == VERSION else None


def read_records(data: bytes) -> Iterator[JournalRecord]:
    """The records behind the head up to a line that was torn. Raises ValueError for a line that is none of ours."""
    for text in data.split(b"\n")[1:-1]:
        try:
            table = _table(text)
            kind = next(kind for key, kind in _KINDS.items() if key in table)
            record = _CONVERTER.structure(table, kind)
        except (*_WRONG, StopIteration) as problem:
            raise ValueError("a line of it cannot be read") from problem
        yield record


def _table(text: bytes) -> dict[str, Any]:
    if len(text) > MAX_LINE:
        raise ValueError("a line is too long")
    table = json.loads(text)
    if not isinstance(table, dict):
        raise TypeError("no object")
    return table
