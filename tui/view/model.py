# SPDX-License-Identifier: GPL-2.0-or-later
"""One frozen view of a session: all that a screen or a line mode shows. Equal slices need no repaint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Final, Literal, TypeAlias

from attrs import frozen

from sim.debugger import Breakpoint, FrameView
from sim.kernelc.model.source import Span
from tui.view.roles import Role

Standing: TypeAlias = Literal["ready", "blocked", "held", "finished", "stopped"]
"""How a thread stands: it can move, waits, is held back by the level, is done, or the run is over without that."""


MARKED: Final = "="
"""The sign of a line that is marked as a reason."""


def lines_of(spans: Iterable[Span], file: str) -> Iterator[int]:
    """The lines of a file on which any of these spans stands."""
    return (line for span in spans if span.file == file for line in range(span.line, span.end_line + 1))


class Reach(Enum):
    """Whether the goal can still be reached."""

    IN = "in reach"
    OUT = "out of reach"


@frozen
class LocalLine:
    """A local variable and its value; `changed` says that the last command changed it."""

    name: str
    value: str
    changed: bool


@frozen
class ThreadView:
    """A thread: its role in the level, where it stands, what it will do next, and why it cannot.

    `stack` is outermost first, `shown` the depth of the frame to show, `span` the place in that frame's file that is at
    work. `next` is a sentence, `walk` the walk over a zonelist that it belongs to, `why` says why it cannot move.
    `buffer` are the stores that wait in its CPU's buffer, oldest first.
    """

    letter: str
    name: str
    role: Role
    cpu: int
    node: int
    status: Standing
    next: str
    why: str
    stack: tuple[FrameView, ...]
    shown: int
    span: Span
    file: str
    locals: tuple[LocalLine, ...]
    active: bool
    buffer: tuple[str, ...] = ()
    walk: str = ""


@frozen
class NodeView:
    """A node: pages by count, watermarks (min, low, high) in pages; `old` is what was free before the last command."""

    node: int
    pages: int
    free: int
    reclaimable: int
    low_marks: tuple[int, int, int]
    old: int


@frozen
class EntryView:
    """An entry of a zonelist: its node, the read that last decided about it ("" for none), whether the scan is here."""

    node: int
    reason: str
    current: bool


@frozen
class ScanView:
    """A thread's way through a zonelist: the node whose list it is, and its entries.

    `ended` says that no live pointer is left in it; `at_end` that the scan stands behind the last entry. `walk` is what
    the walk is called, "" where nothing names it.
    """

    letter: str
    node: int
    entries: tuple[EntryView, ...]
    at_end: bool
    ended: bool
    walk: str = ""


@frozen
class WordView:
    """A mask, counter or lock that matters: its value; where the last command changed it, the old one and who did."""

    name: str
    value: str
    old: str
    writer: str
    is_lock: bool = False


@frozen
class TimelineView:
    """The interleaving: a letter for each step of this line and its future, and where on it the session stands.

    `threads` are the roles of the threads by letter. Of a long line the part around the session; `start` steps come
    before it.
    `forks` are the steps after which another branch was played too; `switches` those that were preemptions; `drains`
    those that let a store reach memory.
    """

    threads: Mapping[str, Role]
    ticks: str
    position: int
    forks: tuple[int, ...]
    switches: tuple[int, ...]
    drains: tuple[int, ...] = ()
    start: int = 0

    @property
    def end(self) -> int:
        """The last step that is known."""
        return self.start + len(self.ticks)


@frozen
class LogLine:
    """A line of the kernel log, the step that wrote it, and whether it tells how the run ended."""

    step: int
    text: str
    final: bool = False


@frozen
class LadderRung:
    """An access to a word that several threads touch: the step, the thread, and what it did.

    `note` says where a thread read another value than it did before ("" elsewhere): what it knew was out of date.
    `walk` is the walk over a zonelist that it belongs to.
    """

    step: int
    letter: str
    text: str
    name: str
    note: str = ""
    walk: str = ""


@frozen
class View:
    """A session at a moment, as it is shown.

    `reach` is None where that is not known, or the player has not asked to be told; `what_if` says what of the level
    was changed, `help` what has helped the player with it. `marks` is where what he marked as reasons stands,
    `along` what may go with that.
    """

    level: str
    title: str
    era: str
    goal: str
    steps: int
    preemptions: int
    won: bool
    over: bool
    threads: tuple[ThreadView, ...]
    nodes: tuple[NodeView, ...]
    scans: tuple[ScanView, ...]
    words: tuple[WordView, ...]
    timeline: TimelineView
    log: tuple[LogLine, ...]
    breakpoints: tuple[Breakpoint, ...]
    message: str
    reach: Reach | None = None
    what_if: str = ""
    help: str = ""
    marks: tuple[Span, ...] = ()
    along: tuple[Span, ...] = ()
