# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine: nodes with their free pages, zonelists with the scans in them, and the words that matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve, frozen
from textual.content import Content

from sim.debugger import UNLOCK_WAITS
from tui.lines.text import GAP, MUTED, fit, line
from tui.view.model import NodeView, ScanView, View, WordView

UNLOCK_BUFFERED = ", unlock buffered"
FULL, EMPTY, TICK = "\u2588", "\u00b7", "|"
_PART = re.compile(r"(?<=[._])\w")
_MARKS = ("min", "low", "high")


@frozen
class ShownNodes:
    """The slice of the view that holds the nodes."""

    nodes: tuple[NodeView, ...]


@frozen
class ShownWords:
    """The slice of the view that holds masks, counters and locks."""

    words: tuple[WordView, ...]


@frozen
class ShownScans:
    """The slice of the view that holds the scans, who will make one yet, and the active thread, by letters."""

    scans: tuple[ScanView, ...]
    letters: tuple[str, ...]
    active: str = ""

    @classmethod
    def of(cls, view: View, letters: Sequence[str]) -> ShownScans:
        """The scans of a view; `letters` names the allocators."""
        walking = {scan.letter for scan in view.scans}
        active = next(thread.letter for thread in view.threads if thread.active)
        return cls(view.scans, tuple(letter for letter in letters if letter not in walking), active)


def node_lines(nodes: Sequence[NodeView], width: int) -> list[Content]:
    """A line for each node: a bar of its free pages, their number, and its watermarks."""
    label = max((len(str(node.node)) for node in nodes), default=1)
    bar = min(max(width - max((_node_cells(node, label) for node in nodes), default=0), 8), 40)
    return [fit(_node(node, label, bar), width) for node in nodes]


def _node_cells(node: NodeView, label: int) -> int:
    """The cells of a node's line without its bar, where all that it can say is there: it does not jump as pages go."""
    below = evolve(node, free=0, old=node.pages)
    return _node(below, label, 1).cell_length - 1


def _node(node: NodeView, label: int, bar: int) -> Content:
    was = f" (was {node.old})" if node.old != node.free else ""
    marks: list[tuple[str, str]] = []
    for name, mark in zip(_MARKS, node.low_marks, strict=True):
        low = node.free <= mark
        marks += [(f" {name} ", MUTED), (f"{mark}{'!' if low else ''}", "bold $text-error" if low else "")]
    reclaimable = f"  reclaimable {node.reclaimable}" if node.reclaimable else ""
    free = (f"{node.free:>4}", "bold")
    return line(
        f" node {node.node:>{label}} ", _bar(node, bar), " ", free, " free", (was, "bold"), " ", *marks, reclaimable
    )


def _bar(node: NodeView, width: int) -> Content:
    """Free pages of all pages; ticks at the min and the high watermark."""
    per = max(node.pages, 1) / width
    filled = min(max(round(node.free / per), 1 if node.free else 0), width)
    cells = [FULL] * filled + [EMPTY] * (width - filled)
    styles = ["$success"] * filled + [MUTED] * (width - filled)
    for mark in (node.low_marks[0], node.low_marks[2]):
        place = min(int(mark / per), width - 1)
        cells[place], styles[place] = TICK, "bold"
    return line(*zip(cells, styles, strict=True))


def scan_height(scanners: int, nodes: int, *, roomy: bool) -> int:
    """The lines that scans need: one each, or with room one more for each entry."""
    return scanners * (nodes + 1 if roomy else 1)


def scan_lines(slice_: ShownScans, width: int, height: int, *, roomy: bool) -> list[Content]:
    """Each zonelist that a thread walks, where it stands, and the read that decided about each entry.

    Without room for all of them the active thread's comes first, and those that are over last.
    """
    rows: list[Content] = []
    scans = slice_.scans
    if height < len(scans):
        scans = tuple(sorted(scans, key=lambda scan: (scan.letter != slice_.active, scan.ended)))
    for scan in scans:
        rows += _roomy_scan(scan, width) if roomy else [_scan(scan)]
    idle = [line((f" zonelist: {letter} has not looked at one yet", MUTED)) for letter in slice_.letters]
    return [fit(row, width) for row in (*rows, *idle)]


def _scan(scan: ScanView) -> Content:
    style = MUTED if scan.ended else ""
    parts: list[Content] = []
    for entry in scan.entries:
        sign = ">" if entry.current else ""
        reason = f" {_short(entry.reason)}" if entry.reason else ""
        parts.append(line((f"{sign}[{entry.node}]", "bold" if entry.current else style), (reason, style)))
    if scan.at_end:
        parts.append(line((">end", "bold")))
    title = f" zonelist {scan.node} ({scan.letter}{', over' if scan.ended else ''}): "
    return line((title, MUTED), Content("  ").join(parts))


def _short(reason: str) -> str:
    return reason.removeprefix("read ").replace(" = ", "=")


def _roomy_scan(scan: ScanView, width: int) -> list[Content]:
    walk = f": {scan.walk}" if scan.walk else ""
    head = f" {scan.letter} in the zonelist of node {scan.node}{walk}"
    places = (", at its end: no zone is left", ", at its end") if scan.at_end else ("",)
    places = (", the last scan",) if scan.ended else places
    place = next((text for text in places if len(head + text) <= width), places[-1])
    rows = [line((head + place, MUTED))]
    for entry in scan.entries:
        sign = (" > " if entry.current else "   ", "bold")
        rows.append(line(sign, (f"[{entry.node}] ", "bold" if entry.current else ""), (entry.reason, "")))
    return rows


def word_height(words: Sequence[WordView], width: int, *, roomy: bool) -> int:
    """The lines that the words need, whatever their values."""
    values = sum(not word.is_lock for word in words)
    locks = len(words) - values
    if roomy:
        return values + locks
    per_line = 2 if width >= 76 else 1
    return -(-values // per_line) + (1 if locks else 0)


def word_lines(words: Sequence[WordView], width: int, *, roomy: bool) -> list[Content]:
    """Masks and counters, then locks; what the last command changed with its old value and the writer's letter."""
    values = [word for word in words if not word.is_lock]
    locks = [word for word in words if word.is_lock]
    if roomy:
        longest = max((len(word.name) for word in words), default=0)
        return [fit(line(" ", _word(word, longest)), width) for word in (*values, *locks)]
    per_line = 2 if width >= 76 else 1
    in_rows = [values[i : i + per_line] for i in range(0, len(values), per_line)]
    rows = [line(" ", _side_by_side(row, width - 1, (width - 1) // per_line)) for row in in_rows]
    return [fit(row, width) for row in (*rows, *_locks(locks, width))]


def _side_by_side(words: Sequence[WordView], width: int, cell: int) -> Content:
    """One word or two; the second begins at a cell, or elsewhere if that shows both whole."""
    if len(words) == 1:
        return _cell(words[0], width)
    left, right = map(_word, words)
    start = min(max(cell, left.cell_length + 2), width - right.cell_length)
    if start < left.cell_length + 2:
        start, left, right = cell, _cell(words[0], cell - 2), _cell(words[1], width - cell)
    return line(left.pad_right(start - left.cell_length), right)


def _cell(word: WordView, width: int) -> Content:
    """The word in a width. Its name gives way to its value, part by part: what changed must be in sight."""
    too_long = _word(word).cell_length - width
    if too_long <= 0:
        return _word(word)
    parts = (match.start() for match in _PART.finditer(word.name))
    start = next((start for start in parts if start > too_long), too_long + 1)
    return fit(_word(evolve(word, name="\u2026" + word.name[start:])), width)


def _word(word: WordView, pad: int = 0) -> Content:
    name = (f"{word.name:<{pad}} ", MUTED)
    if not word.old:
        return line(name, word.value)
    writer = f" ({word.writer})" if word.writer else ""
    return line(
        name, f"{word.old} -> " if not word.is_lock else "", (word.value, "bold $text-accent"), (writer, "bold")
    )


def _locks(locks: Sequence[WordView], width: int) -> list[Content]:
    """Locks on one line: those that are taken first, which name who has them; the free ones by name only."""
    if not locks:
        return []
    taken = [evolve(word, writer="") for word in locks if word.value != "free"]
    items = [_word(word) for word in taken]
    if sum(item.cell_length + len(GAP) for item in items) > width:
        items = [_word(evolve(word, value=word.value.replace(UNLOCK_WAITS, UNLOCK_BUFFERED))) for word in taken]
    free = [word for word in locks if word.value == "free"]
    if free:
        room = width - 1 - sum(item.cell_length + len(GAP) for item in items)
        named = line(("free: ", MUTED), Content(", ").join(_freed(word) for word in free))
        items.append(named if named.cell_length <= room else line((f"{len(free)} free", MUTED)))
    return [fit(line(" ", Content(GAP).join(items)), width)]


def _freed(word: WordView) -> Content:
    """The name of a free lock, and who has just let it go."""
    return line((word.name, "bold $text-accent" if word.old else MUTED), f" ({word.writer})" if word.old else "")


def machine_title(era: str) -> str:
    """The heading of the machine."""
    return f"machine  {era}" if era else "machine"
