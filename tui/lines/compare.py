# SPDX-License-Identifier: GPL-2.0-or-later
"""Two sources line by line: side by side where there is room, else one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from textwrap import wrap
from typing import Final

from attrs import frozen
from textual.content import Content

from tui.lines.text import MUTED, fit, line

SIDE_BY_SIDE: Final = 100
"""Columns from which two sources fit beside one another."""

CONTEXT: Final = 3
"""Lines that stay the same around a change."""

_TAB: Final = 4
_NUMBER: Final = 5
_DIVIDER: Final = " \u2502 "
_HEAD: Final = re.compile(r"[A-Za-z_][^(=;]*?(\w+)\(.*")
_OLD, _NEW = "bold $text-error", "bold $text-success"


@frozen
class Row:
    """A line of the old and of the new text that stand beside one another, by number from 1; None: there is none.

    Two lines in one row are the same unless `changed`.
    """

    old: int | None
    new: int | None
    changed: bool


@frozen
class Comparison:
    """Two texts, and their lines in rows."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def changes(self) -> int:
        """The number of places that were changed."""
        return sum(changed for changed, _ in groupby(self.rows, lambda row: row.changed))


def compare(old: str, new: str) -> Comparison:
    """Bring two texts side by side: every line of both is in one row, in order."""
    before, after = tuple(old.splitlines()), tuple(new.splitlines())
    return Comparison(before, after, tuple(_rows(before, after)))


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs = zip_longest(range(old_from + 1, old_to + 1), range(new_from + 1, new_to + 1))
        yield from (Row(before, after, tag != "equal") for before, after in pairs)


def compare_lines(comparison: Comparison, width: int) -> list[Content]:
    """The changes with some lines around them, in lines of at most `width` cells."""
    if not comparison.changes:
        return [fit(line((" the same, line for line", MUTED)), width)]
    lines: list[Content] = []
    for part, left_out in _parts(comparison.rows):
        if left_out:
            lines.append(
                fit(line((f" \u00b7\u00b7\u00b7 {left_out} lines the same{_place(comparison, part)}", MUTED)), width)
            )
        elif width >= SIDE_BY_SIDE:
            lines += _beside(comparison, part, width)
        else:
            lines += _below(comparison, part, width)
    return lines


def _parts(rows: Sequence[Row]) -> Iterator[tuple[tuple[Row, ...], int]]:
    """Changes with their context, and 0; or rows that are left out, and their number. One line alone never is."""
    places = [index for index, row in enumerate(rows) if row.changed]
    near = {index for place in places for index in range(place - CONTEXT, place + CONTEXT + 1)}
    for shown, group in groupby(enumerate(rows), lambda numbered: numbered[0] in near):
        part = tuple(row for _, row in group)
        yield part, 0 if shown or len(part) == 1 else len(part)


def _place(comparison: Comparison, left_out: Sequence[Row]) -> str:
    """The function in which the lines go on behind those that are left out."""
    last = left_out[-1].new or 0
    heads = [match for match in map(_HEAD.match, comparison.new[:last]) if match]
    return f", in {heads[-1][1]}()" if heads and last < len(comparison.new) else ""


def _beside(comparison: Comparison, rows: Sequence[Row], width: int) -> Iterator[Content]:
    """The old text on the left, the new one on the right."""
    side = (width - len(_DIVIDER)) // 2
    for row in rows:
        left = _cell(comparison.old, row.old, side, ("-", _OLD) if row.changed else ("", MUTED))
        right = _cell(comparison.new, row.new, side, ("+", _NEW) if row.changed else ("", MUTED))
        for before, after in zip_longest(left, right, fillvalue=Content()):
            yield line(before.pad_right(side - before.cell_length), (_DIVIDER, MUTED), after)


def _below(comparison: Comparison, rows: Sequence[Row], width: int) -> Iterator[Content]:
    """What was taken away, then what was put in its place."""
    for changed, group in groupby(rows, lambda row: row.changed):
        part = list(group)
        if changed:
            for row in part:
                yield from _cell(comparison.old, row.old, width, ("-", _OLD))
        for row in part:
            yield from _cell(comparison.new, row.new, width, ("+", _NEW) if changed else ("", MUTED))


def _cell(text: Sequence[str], number: int | None, width: int, sign: tuple[str, str]) -> list[Content]:
    """A line with its number and sign, on as many lines as it needs; nothing where there is none."""
    if number is None:
        return []
    mark, style = sign
    first = line((f"{number:>{_NUMBER - 1}}", MUTED), (f"{mark:>2} ", style))
    pieces = _folded(text[number - 1].expandtabs(_TAB), width - first.cell_length)
    heads = [first, *[line(" " * first.cell_length)] * (len(pieces) - 1)]
    plain = style if mark else ""
    return [fit(line(head, (piece, plain)), width) for head, piece in zip(heads, pieces, strict=True)]


def _folded(text: str, width: int) -> list[str]:
    """A line of code in pieces of a width; the later ones stand a little further in."""
    indent = min(len(text) - len(text.lstrip()) + _TAB // 2, max(width // 2, 0))
    return wrap(text, max(width, indent + 1), subsequent_indent=" " * indent, break_on_hyphens=False) or [""]
