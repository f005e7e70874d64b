# SPDX-License-Identifier: GPL-2.0-or-later
"""Fitting text into a width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from textual.content import Content

from tui.view.roles import Role

Fragment = str | Content | tuple[str, str]
MUTED = "$text-muted"
STRONG = "bold"
GAP = "   "


def line(*parts: Fragment) -> Content:
    """One line of text from plain and styled parts."""
    return Content.assemble(*parts)


def fit(text: Content, width: int) -> Content:
    """The text cut to a width, with an ellipsis where something is missing."""
    return text.truncate(max(width, 0), ellipsis=True)


def spread(left: Content, right: Content, width: int, fill: str = " ", style: str = "") -> Content:
    """Left and right text with a fill between; the left one gives way."""
    left = fit(left, max(width - right.cell_length - 1, 0))
    gap = max(width - left.cell_length - right.cell_length, 0)
    return fit(line(left, (fill * gap, style), right), width)


@frozen
class Hanging:
    """A text whose second and later lines are indented, in cells."""

    text: Content
    indent: int

    def wrapped(self, width: int) -> list[Content]:
        """The lines of the text at a width."""
        first, *rest = self.text.wrap(max(width, self.indent + 8)) or [Content()]
        if not rest:
            return [first]
        room = max(width - self.indent, 8)
        tail = self.text[len(first.plain) :].plain
        skipped = len(first.plain) + len(tail) - len(tail.lstrip())
        return [first, *(piece.pad_left(self.indent) for piece in self.text[skipped:].wrap(room))]


Lines = Iterable[Content | Hanging]


def wrap(lines: Lines, width: int) -> list[Content]:
    """Lines of running text, wrapped."""
    wrapped: list[Content] = []
    for text in lines:
        wrapped += text.wrapped(width) if isinstance(text, Hanging) else text.wrap(max(width, 8)) or [Content()]
    return wrapped


def rule(title: str, width: int, fill: str = "\u2500") -> Content:
    """A line across, with a title in it."""
    head = line((fill * 2 + " ", MUTED), (title, STRONG), " ") if title else Content()
    return spread(head, Content(), width, fill, MUTED)


def thread_style(role: Role) -> str:
    """The colour of a thread that does this: a theme variable."""
    return f"$thread-{role.value}"


def elide(names: Sequence[str], width: int, sign: str = " > ") -> str:
    """Names joined by a sign; those in the middle give way to their number, then the first one, too."""
    if not names or len(sign.join(names)) <= width:
        return sign.join(names)
    for first in (1, 0):
        for kept in range(len(names) - 1 - first, 0, -1):
            text = sign.join((*names[:first], f"+{len(names) - first - kept}", *names[-kept:]))
            if len(text) <= width:
                return text
    last = names[-1]
    return last if len(last) <= width else last[: max(width - 1, 0)] + "\u2026"


def first_ones(names: Sequence[str], width: int, sign: str) -> str:
    """Names joined by a sign; those at the end give way to their number, the first one never: it ends with a value."""
    for kept in range(len(names), 1, -1):
        text = sign.join(names[:kept]) + _more(len(names) - kept)
        if len(text) <= width:
            return text
    room = width - len(_more(len(names) - 1))
    first = "".join(names[:1])
    begin = max(len(first) - room + 1, 0)
    return (first if len(first) <= room else "\u2026" + first[begin:]) + _more(len(names) - 1)


def _more(count: int) -> str:
    return f", and {count} more" if count > 0 else ""


def flow(items: Iterable[Content], width: int, gap: str = GAP) -> list[Content]:
    """Items side by side, on as many lines as they need."""
    rows: list[Content] = []
    for item in items:
        if rows and rows[-1].cell_length + len(gap) + item.cell_length <= width:
            rows[-1] = line(rows[-1], gap, item)
        else:
            rows.append(item)
    return [fit(row, width) for row in rows]


def columns(left: Sequence[Content], right: Sequence[Content], width: int, at: int) -> list[Content]:
    """Two columns; the right one begins at a cell."""
    height = max(len(left), len(right))
    padded = [*left, *[Content()] * (height - len(left))]
    others = [*right, *[Content()] * (height - len(right))]
    return [
        fit(line(fit(cell, at - 1).pad_right(at - min(cell.cell_length, at - 1)), beside), width)
        for cell, beside in zip(padded, others, strict=True)
    ]


def exactly(lines: Sequence[Content], height: int) -> list[Content]:
    """The first lines, filled up with empty ones."""
    return [*lines[:height], *[Content()] * (height - len(lines))]
