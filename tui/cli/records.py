# SPDX-License-Identifier: GPL-2.0-or-later
"""Records of verified replays as text, JSON and CSV, line by line as they come."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, Final

from attrs import asdict, fields

from puzzles.characters import harmless
from puzzles.replays.record import UNREADABLE, Record

_SAID: Final = ", as the file says"
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")
"""What a spreadsheet takes for the beginning of something to be computed; some do so for the full-width signs, too."""


def text_lines(records: Iterable[Record]) -> Iterator[str]:
    """A line for each file, and one for each thing more that is to be said of it."""
    for record in records:
        if record.answer == UNREADABLE:
            yield _line(f"{record.file}: {UNREADABLE}: {record.message}")
            continue
        first, *more = record.message.split("; ")
        yield _line(f"{record.file}: {first}; {record.level} {'won' if record.won else 'not won'}")
        yield from (f"  {_line(text)}" for text in more)
        labelled = (("changed", _changes(record)), (f"player{_SAID}", record.player), (f"help{_SAID}", record.help))
        yield from (f"  {label}: {_line(text)}" for label, text in labelled if text)


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """A list of objects, an object a line."""
    before = "["
    for record in records:
        yield before
        text = json.dumps(asdict(record), ensure_ascii=False)
        before = f"  {text.encode(errors='backslashreplace').decode()},"
    yield from ("[]",) if before == "[" else (before.removesuffix(","), "]")


def csv_lines(records: Iterable[Record]) -> Iterator[str]:
    """A row for each file behind one with the names; no cell can be taken for a formula."""
    yield _row([field.name for field in fields(Record)])
    for record in records:
        values: dict[str, Any] = asdict(record, recurse=False)
        par = " or ".join(map(str, record.par or ()))
        yield _row(_cell(value) for value in {**values, "par": par, "changes": _changes(record)}.values())


def _changes(record: Record) -> str:
    kernel = [f"kernel {record.changes.kernel}"] if record.changes.kernel else []
    goal = [f"goal {record.changes.goal}"] if record.changes.goal else []
    return "; ".join((*(f"set {change}" for change in record.changes.set), *kernel, *goal))


def _cell(value: str | bool | int | None) -> str | int:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = _line(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _row(cells: Iterable[str | int]) -> str:
    row = StringIO()
    csv.writer(row, quoting=csv.QUOTE_NONNUMERIC, lineterminator="").writerow(cells)
    return row.getvalue()


def _line(text: str) -> str:
    """A text on one line, whatever is in it."""
    line = harmless(" ".join(text.splitlines())).replace("\t", " ")
    return line.encode(errors="backslashreplace").decode()
