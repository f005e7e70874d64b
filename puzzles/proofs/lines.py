# SPDX-License-Identifier: GPL-2.0-or-later
"""In which line of a TOML file a key stands: the TOML reader does not tell."""

from __future__ import annotations

import re
import tomllib
from itertools import accumulate
from typing import Any, Final

_PART: Final = re.compile(r'"(?P<quoted>.*?)"(?=[.\[]|$)|\[(?P<index>\d{1,9})\]|(?P<name>[^.\[\]"]+)')
_MOST_LINES: Final = 500


def line_of(text: str, key: str) -> int:
    """The line, from 1, in which what sets a key begins; 0 where that is not known.

    `key` is a path such as `thread[1].cpu`; where the file does not have it, its nearest table counts. The file is read
    as far as each of its lines: the key stands in the first beginning that has it.
    """
    lines = text.splitlines(keepends=True)
    parts = _parts(key)
    if not parts or len(lines) > _MOST_LINES:
        return 0
    beginnings = list(accumulate(lines))
    tables = [_table(beginning) for beginning in beginnings]
    depth = max((_depth(table, parts) for table in tables if table is not None), default=0)
    begun = 0
    for number, table in enumerate(tables, 1):
        if table is None:
            continue
        if depth and _depth(table, parts) == depth:
            return _first_word(lines, begun, number)
        begun = number
    return 0


def _parts(key: str) -> list[str | int]:
    matches = (match.groupdict() for match in _PART.finditer(key))
    return [int(parts["index"]) if parts["index"] else parts["quoted"] or parts["name"] or "" for parts in matches]


def _table(beginning: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(beginning)
    except (ValueError, RecursionError):
        return None


def _depth(table: object, parts: list[str | int]) -> int:
    """How many parts of a path there are in a table."""
    for depth, part in enumerate(parts):
        if not _has(table, part):
            return depth
        table = table[part]  # type: ignore[index]  # _has has just looked
    return len(parts)


def _has(table: object, part: str | int) -> bool:
    if isinstance(table, dict):
        return part in table
    return isinstance(table, list) and isinstance(part, int) and part < len(table)


def _first_word(lines: list[str], after: int, last: int) -> int:
    """The first of some lines that is neither empty nor a comment."""
    for number in range(after + 1, last):
        if lines[number - 1].strip() and not lines[number - 1].lstrip().startswith("#"):
            return number
    return last
