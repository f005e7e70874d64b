# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel C as lines of a listing: highlighted, with the operation at work marked inside its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from attrs import field, frozen
from textual.content import Content
from textual.highlight import HighlightTheme, highlight

from sim import Program, Span
from tui.lines.text import MUTED, Hanging, fit, line, rule
from tui.view.model import MARKED

TAB = 8
GUTTER = 8
LEAST_DIGITS = 3
FULL_INDENT = 88
TAKEN = "strike $text-muted"


_STYLES = {
    ("Comment",): "$text-muted italic",
    ("Comment", "Preproc"): "$text-muted",
    ("Keyword",): "$text-secondary",
    ("Name", "Builtin"): "$text-accent",
    ("Name", "Function"): "$text-primary",
    ("Literal", "Number"): "$text-accent",
    ("Literal", "String"): "$text-accent",
}


class CodeTheme(HighlightTheme):
    """Few colours and no underlines: the underline is the mark of the operation at work."""

    STYLES = _STYLES


@frozen
class Listing:
    """The text of a program: its files, and by (file, function) the first and last line of each function.

    `taken` are the lines, as (file, number), that a lesson has taken away: they stand there and are not executed.
    """

    files: Mapping[str, tuple[str, ...]] = field(repr=False)
    extents: Mapping[tuple[str, str], tuple[int, int]] = field(repr=False)
    taken: frozenset[tuple[str, int]] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, program: Program, taken: Iterable[Span] = ()) -> Listing:
        """The listing of a program, of which some statements are taken away."""
        gone = frozenset((span.file, line) for span in taken for line in range(span.line, span.end_line + 1))
        files = {name: file.lines for name, file in program.files.items()}
        extents = {
            (function.span.file, function.name): (function.span.line, max(function.end.end_line, function.span.line))
            for function in program.functions
        }
        return cls(files, extents, gone)

    def lines(self, file: str) -> tuple[Content, ...]:
        """The highlighted lines of a file; none where it is unknown."""
        return _highlighted(self.files[file]) if file in self.files else ()


@lru_cache(maxsize=64)
def _highlighted(lines: tuple[str, ...]) -> tuple[Content, ...]:
    text = "\n".join(written.expandtabs(TAB) for written in lines)
    highlighted = highlight(text, language="c", theme=CodeTheme).split("\n", allow_blank=True)
    return (
        *highlighted[: len(lines)],
        *[Content()] * (len(lines) - len(highlighted)),
    )  # it drops empty ones at the end


def window(at: int, first: int, last: int, height: int) -> int:
    """The line with which a view of `height` lines begins: the whole function if it fits, else around its line."""
    spare = height - (last - first + 1)
    if spare >= 0:
        return max(first - spare * 2 // 3, 1)
    return min(max(at - height // 2, first), last - height + 1)


@frozen
class Marking:
    """What is marked in a listing: the letter in the gutter, the span, its style, and lines with breakpoints.

    `reasons` are the lines that the player marked as such.
    """

    sign: str
    span: Span
    style: str
    breakpoints: tuple[int, ...] = ()
    reasons: tuple[int, ...] = ()


def code_lines(listing: Listing, function: str, mark: Marking, width: int, height: int) -> list[Content]:
    """A window of a file around the marked span."""
    span = mark.span
    source = listing.lines(span.file)
    first, last = listing.extents.get((span.file, function), (1, len(source)))
    start = window(span.line, first, min(last, len(source)), height)
    shown = range(start, min(start + height, len(source) + 1))
    return [_code_row(listing, number, mark, width) for number in shown]


def _code_row(listing: Listing, number: int, mark: Marking, width: int) -> Content:
    file = mark.span.file
    text = listing.lines(file)[number - 1]
    gone = (file, number) in listing.taken
    return _row(listing.files[file][number - 1], text.stylize(TAKEN) if gone else text, number, mark, width, gone=gone)


def file_title(file: str, width: int) -> Content:
    """The heading of a file among others."""
    return rule(file, width)


def listed_line(listing: Listing, file: str, number: int, sign: str, width: int) -> Content:
    """A line of a file with its number and what stands before it; if it is too long it goes on below, further in."""
    raw, text = listing.files[file][number - 1], listing.lines(file)[number - 1]
    text = text.stylize(TAKEN) if (file, number) in listing.taken else text
    digits = max(len(str(len(listing.files[file]))), LEAST_DIGITS)
    gutter = line((sign, "bold $text-warning"), (f"{number:>{digits}} ", MUTED))
    return Content("\n").join(_whole(gutter, raw, text, width))


def file_lines(text: str, width: int) -> list[Content]:
    """A whole file, numbered; a line that is too long goes on below, further in."""
    raw = tuple(text.splitlines())
    rows: list[Content] = []
    for number, (written, shown) in enumerate(zip(raw, _highlighted(raw), strict=True), 1):
        rows += _whole(line((f"{number:>4}  ", MUTED)), written, shown, width)
    return rows


def _whole(gutter: Content, raw: str, text: Content, width: int) -> list[Content]:
    """A line behind its gutter, on as many rows as it needs."""
    indent = len(raw) - len(raw.lstrip("\t"))
    code = text if width >= FULL_INDENT else text[indent * TAB // 2 :]
    deeper = len(code.plain) - len(code.plain.lstrip()) + gutter.cell_length + 2
    return Hanging(line(gutter, code), min(deeper, width // 2)).wrapped(width)


def _row(raw: str, text: Content, number: int, mark: Marking, width: int, *, gone: bool) -> Content:
    at_work = number == mark.span.line
    gutter = line(
        (mark.sign if at_work else " -" if gone else "  ", f"bold {mark.style}"),
        (f"{number:>4}", "bold" if at_work else MUTED),
        ("*" if number in mark.breakpoints else " ", "bold $text-error"),
        (MARKED if number in mark.reasons else " ", "bold $text-warning"),
    )
    start, end = _cells(raw, number, mark.span)
    if start < end:
        text = text.stylize(f"bold underline {mark.style}", start, end)
    if width < FULL_INDENT:
        shift = (len(raw) - len(raw.lstrip("\t"))) * TAB // 2
        text, start, end = text[shift:], start - shift, end - shift
    return line(gutter, _shifted(text, start, end, width - GUTTER))


def _cells(raw: str, number: int, span: Span) -> tuple[int, int]:
    """The cells of a line, tabs expanded, that a span covers."""
    if not span.line <= number <= span.end_line:
        return 0, 0
    indent = len(raw) - len(raw.lstrip())
    start = span.column - 1 if number == span.line else indent
    end = span.end_column - 1 if number == span.end_line else len(raw)
    return len(raw[:start].expandtabs(TAB)), len(raw[:end].expandtabs(TAB))


def _shifted(text: Content, start: int, end: int, width: int) -> Content:
    """The line cut to a width, so that the marked cells are in sight."""
    if start < end and end > width:
        by = min(end - width + 2, start) if width > 3 else 0
        return fit(line(("\u2026", MUTED), text[by + 1 :]), width)
    return fit(text, width)
