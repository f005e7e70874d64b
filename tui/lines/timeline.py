# SPDX-License-Identifier: GPL-2.0-or-later
"""The interleaving: a row for each thread, a column for each step.

What was played stands in capitals, what was undone in small letters behind the bar. In the rows of the other threads, a
`!` says that this step was a preemption, a `+` that another branch begins after it. A `~` is a drain of the thread's
store buffer.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tui.lines.text import MUTED, line, thread_style
from tui.view.model import TimelineView

LABEL = 3
BAR = "\u2502"


def first_step(timeline: TimelineView, width: int) -> int:
    """The step in the first column, so that the position is in sight."""
    room = max(width - LABEL - 1, 1)
    if timeline.end <= room:
        return 0
    return max(min(timeline.position - room * 2 // 3, timeline.end - room), timeline.start)


def step_at(timeline: TimelineView, width: int, x: int) -> int:
    """The step that a column stands for, within what was played."""
    start = first_step(timeline, width)
    step = start + x - LABEL + 1
    if step > timeline.position:
        step -= 1
    return min(max(step, 0), timeline.end)


def timeline_lines(timeline: TimelineView, width: int) -> list[Content]:
    """A row for each thread."""
    return [_row(timeline, letter, thread_style(role), width) for letter, role in timeline.threads.items()]


def ruler_line(timeline: TimelineView, width: int) -> Content:
    """The number of every tenth step, under its column."""
    start = first_step(timeline, width)
    room = max(width - LABEL - 1, 1)
    cells = [" "] * (width + 8)
    for step in range((start // 10 + 1) * 10, min(start + room, timeline.end) + 1, 10):
        column = LABEL + step - 1 - start + (step > timeline.position)
        cells[column : column + len(str(step))] = str(step)
    return line(("".join(cells)[:width], MUTED))


def _row(timeline: TimelineView, letter: str, style: str, width: int) -> Content:
    start = first_step(timeline, width)
    room = max(width - LABEL - 1, 1)
    parts = [(f" {letter} ", f"bold {style}")]
    for step in range(start, min(start + room, timeline.end) + 1):
        if step == timeline.position:
            parts.append((BAR, "bold"))
        if step < min(start + room, timeline.end):
            parts.append(_cell(timeline, step, letter, style))
    return line(*_joined(parts))


def _cell(timeline: TimelineView, step: int, letter: str, style: str) -> tuple[str, str]:
    """The cell of step + 1 in the row of a thread."""
    undone = step >= timeline.position
    if timeline.ticks[step - timeline.start] == letter and step + 1 in timeline.drains:
        return "~", MUTED if undone else f"bold {style}"
    if timeline.ticks[step - timeline.start] == letter:
        return (letter.lower(), MUTED) if undone else (letter, f"bold {style}")
    if step + 1 in timeline.switches:
        return "!", MUTED if undone else "bold $text-warning"
    if step + 1 in timeline.forks:
        return "+", "bold"
    return "\u00b7", MUTED


def _joined(parts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbours of the same style as one part."""
    text, style = "", ""
    for more, its in parts:
        if its != style and text:
            yield text, style
            text = ""
        text, style = text + more, its
    yield text, style
