# SPDX-License-Identifier: GPL-2.0-or-later
"""A thread: who it is, where it stands in its source, and what it will do next."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from textual.content import Content

from tui.lines.source import Listing, Marking, code_lines
from tui.lines.text import MUTED, Hanging, columns, elide, exactly, first_ones, fit, line, thread_style
from tui.view.model import ThreadView, View, lines_of

DETAILS_FROM = 16
MOST_DETAILS = 9
LEAST_CODE = 2
MOST_NEXT = 4


@frozen
class Pane:
    """The slice of the view that a thread's pane shows: the thread, breakpoints and marked reasons by line.

    `next_rows` are to be kept for what it will do, as panes beside it need; `what_if` says that the level is not
    played as it is.
    """

    thread: ThreadView
    breakpoints: tuple[int, ...]
    what_if: bool = False
    next_rows: int = 1
    reasons: tuple[int, ...] = ()

    @classmethod
    def of(cls, view: View, index: int) -> Pane:
        """The pane of a thread of a view."""
        thread = view.threads[index]
        lines = tuple(point.line for point in view.breakpoints if point.file == thread.file)
        return cls(thread, lines, bool(view.what_if), reasons=tuple(lines_of(view.marks, thread.file)))

    @property
    def in_header(self) -> bool:
        """Whether what is shown stands in another file than the kernel's own."""
        return bool(self.thread.stack) and not self.thread.file.endswith(".c")

    def needs(self, width: int) -> int:
        """The lines that what it will do takes at a width."""
        return len(next_lines(self, width, MOST_NEXT))


def thread_lines(pane: Pane, listing: Listing, width: int, height: int) -> list[Content]:
    """The pane of a thread in exactly `height` lines: from two lines on with its header, then more and more source."""
    if height < 2:
        return exactly([folded_line(pane, width)], height)
    details = min(MOST_DETAILS, height // 3) if height >= DETAILS_FROM else 0
    most = max(height - 1 - details - LEAST_CODE, 1)
    rows = next_lines(pane, width, most)
    rows = exactly(rows, max(len(rows), min(pane.next_rows, most)))
    code = height - 1 - len(rows) - details
    return [
        header_line(pane, width),
        *exactly(_code(pane, listing, width, code), code),
        *rows,
        *_details(pane.thread, width, details),
    ]


def header_line(pane: Pane, width: int) -> Content:
    """Letter, name, place and call chain; a heavy line where the thread is the active one.

    The file is named unless it is the kernel's own; CPU and node give way to it.
    """
    thread = pane.thread
    fill, style = ("\u2501", thread_style(thread.role)) if thread.active else ("\u2500", MUTED)
    who = line((fill * 2 + " ", style), (f"{thread.letter} {thread.name}", f"bold {thread_style(thread.role)}"))
    status = "" if thread.status == "ready" else f" {thread.status} "
    status = f" ~{len(thread.buffer)}{status or ' '}" if thread.buffer else status
    status = f" what if{status or ' '}" if pane.what_if else status
    heads = line(who, (f"  cpu {thread.cpu} node {thread.node} ", MUTED)), line(who, " ")
    rooms = [max(width - head.cell_length - len(status) - 6, 0) for head in heads]
    head, chain = heads[1], _located(pane, rooms[1])
    if not chain or _located(pane, rooms[0]):
        head, chain = heads[0], _located(pane, rooms[0]) or _chain(pane, rooms[0])
    if pane.in_header and pane.thread.file not in chain and (brief := _located_briefly(pane, rooms[1])):
        head, chain = heads[1], brief
    middle = line((fill * 2, style), f" {chain} ") if chain else Content()
    used = head.cell_length + middle.cell_length + len(status) + 2
    tail = line((fill * max(width - used, 0), style), (status, "bold"), (fill * 2, style))
    return fit(line(head, middle, tail), width)


def _chain(pane: Pane, room: int) -> str:
    """The call chain down to the function shown. In a header the function of the kernel file that led there stays."""
    own, inner = _names(pane)
    count, file = len(inner), f" ({pane.thread.file})"
    if inner:
        return _behind(own, (inner, [f"+{count - 1}", inner[-1]], [f"+{count}"]), room) or elide([*own, *inner], room)
    with_file = bool(own) and pane.what_if and len(own[-1] + file) <= room
    return elide([*own[:-1], own[-1] + file] if with_file else own, room)


def _located(pane: Pane, room: int) -> str:
    """The call chain into a header, with its file; "" where there is no room for that, or none is shown."""
    own, inner = _names(pane)
    if not inner:
        return ""
    last = f"{inner[-1]} ({pane.thread.file})"
    return _behind(own, ([*inner[:-1], last], [f"+{len(inner) - 1}", last] if inner[1:] else [last]), room)


def _located_briefly(pane: Pane, room: int) -> str:
    """The same for little room: first the function gives way, then its callers, at last both."""
    own, inner = _names(pane)
    file = f"({pane.thread.file})"
    last = f"{inner[-1]} {file}"
    texts = _behind(own, ([f"+{len(inner)} {file}"],), room), elide([*own, *inner[:-1], last], room), last, file
    return next((text for text in texts if text.endswith(file) and len(text) <= room), "")


def _names(pane: Pane) -> tuple[list[str], list[str]]:
    """The functions of a kernel file, and those of headers that the last of them led to, down to the one shown."""
    frames = pane.thread.stack[: pane.thread.shown + 1]
    callers = [depth for depth, frame in enumerate(frames) if frame.span.file.endswith(".c")]
    names, own = [frame.function for frame in frames], callers[-1] + 1 if callers else 0
    return names[:own], names[own:]


def _behind(own: list[str], tails: Iterable[list[str]], room: int) -> str:
    """Functions of a kernel file and the first of these tails for which there is room; "" for none."""
    for tail in tails:
        head = elide(own, room - len(" > ".join(("", *tail)))) if own else ""
        is_whole = head == " > ".join(own) or (" > " in head and head.endswith(own[-1]))
        if is_whole and len(text := " > ".join((*([head] if own else ()), *tail))) <= room:
            return text
    return ""


def next_lines(pane: Pane, width: int, most: int) -> list[Content]:
    """What the thread will do if it is given a step, or why it cannot; below it the stores that wait in its buffer."""
    waiting = _buffer_line(pane.thread, width) if pane.thread.buffer and most > 1 else []
    room = most - len(waiting)
    text = _next(pane)
    rows = [fit(text, width)] if room < 2 else [fit(row, width) for row in Hanging(text, 9).wrapped(width)[:room]]
    return [*rows, *waiting]


def _next(pane: Pane) -> Content:
    thread = pane.thread
    if thread.status != "ready":
        return line("   ", (thread.why, "bold"), f"  {thread.walk}" if thread.walk else "")
    text = line(("   next: ", "bold"), (thread.next, f"bold {thread_style(thread.role)}"))
    if thread.walk:
        return line(text, f"  {thread.walk}")
    where = thread.stack[-1].function if thread.stack and len(thread.stack) - 1 != thread.shown else ""
    return line(text, (f"  in {where}" if where else "", MUTED))


def _buffer_line(thread: ThreadView, width: int) -> list[Content]:
    head = f"   ~{thread.letter} drains: "
    return [fit(line((head, MUTED), first_ones(thread.buffer, width - len(head), ", then ")), width)]


def folded_line(pane: Pane, width: int) -> Content:
    """A thread in one line."""
    thread = pane.thread
    does = f"next: {thread.next}" if thread.status == "ready" else f"{thread.status}: {thread.why}"
    style = f"bold {thread_style(thread.role)}"
    fill = "\u2501\u2501 " if thread.active else "\u2500\u2500 "
    walk = f"  {thread.walk}" if thread.walk else ""
    return fit(line((fill, MUTED), (f"{thread.letter} {thread.name}", style), f"  {does}{walk}"), width)


def _code(pane: Pane, listing: Listing, width: int, height: int) -> list[Content]:
    thread = pane.thread
    if not thread.stack or height < 1:
        return []
    style = thread_style(thread.role) if thread.status == "ready" else MUTED
    mark = Marking(f"{thread.letter}>", thread.span, style, pane.breakpoints, pane.reasons)
    return code_lines(listing, thread.stack[thread.shown].function, mark, width, height)


def _details(thread: ThreadView, width: int, height: int) -> list[Content]:
    """Call stack and locals side by side."""
    if height < 2:
        return []
    half = width // 2
    rows = columns(_stack(thread, height - 1), _locals(thread, height - 1), width, half)
    title = line(("   stack".ljust(half), MUTED), ("locals", MUTED))
    return exactly([fit(title, width), *rows], height)


def _stack(thread: ThreadView, height: int) -> list[Content]:
    """The frames, innermost first; with too little room, those around the one that is shown."""
    last = len(thread.stack) - 1
    frames = list(reversed(thread.stack))
    start = min(max(last - thread.shown - height // 2, 0), max(len(frames) - height, 0))
    rows = [
        line(
            ("  >" if frame.depth == thread.shown else "   ", "bold"),
            (f"#{last - frame.depth} ", MUTED),
            (frame.function, "bold" if frame.depth == thread.shown else ""),
        )
        for frame in frames[start : start + height]
    ]
    left = len(frames) - start - len(rows)
    return [*rows[:-1], line((f"   +{left + 1}", MUTED))] if left and len(rows) > 1 else rows


def _locals(thread: ThreadView, height: int) -> list[Content]:
    rows = [
        line((f"{local.name} ", MUTED), (local.value, "bold" if local.changed else ""), "  *" if local.changed else "")
        for local in thread.locals
    ]
    return rows[:height] or [line(("none", MUTED))]
