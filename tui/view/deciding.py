# SPDX-License-Identifier: GPL-2.0-or-later
"""The two accesses that decide a run, taken from what the machine executed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import TypeAlias

from attrs import frozen

from puzzles.levels.decides import lines_named
from puzzles.oomlog import deciding_instants
from sim import Machine, Outcome, Span
from sim.debugger import FrameView, Moment, backtrace, letters, word_text
from sim.debugger.session import SKIPPED
from sim.machine.events import Accessed, Drained
from sim.operations.kinds import Family, OperationKind
from tui.view.standing import walk_text
from tui.view.words import event_text


@frozen(eq=False)
class DecidingAccess:
    """An access to a word that several threads touch, in the step to a moment."""

    moment: Moment
    event: Accessed | Drained

    @property
    def changes(self) -> bool:
        """Whether memory is another one after it."""
        return self.event.old != self.event.new and not (isinstance(self.event, Accessed) and self.event.buffered)

    @property
    def reads(self) -> bool:
        """Whether what its thread does next can depend on the word."""
        return isinstance(self.event, Accessed) and self.event.kind in (OperationKind.READ, OperationKind.CMPXCHG)


Pair: TypeAlias = tuple[DecidingAccess, DecidingAccess]


def deciding_accesses(machine: Machine, end: Moment, places: Sequence[str] = ()) -> Pair | None:
    """The two accesses that decide a run, in their order; None where no thread has changed what another one read.

    `places` are those that the author names; they count where the run was at both. Of a genuine kill it is the change
    after which all nodes were exhausted, and what the killed thread read next. Else it is the last change by another
    thread that the thread of the last step has read, and where it read that first; or, if that read was one of several
    words by one statement, the first of them that was changed meanwhile, too. Where it has read no change, its last
    read of a word that was changed afterwards, and that change.
    """
    line = list(_accesses(end))
    pair = _at_places(machine, line, places) or _exhausted(machine, line, end)
    if pair is None:
        read = _change_read(line, end)
        pair = (_torn(machine, line, read) or read) if read else _change_unread(line, end)
    return pair


def _accesses(end: Moment) -> Iterator[DecidingAccess]:
    """All accesses to words, but for locks: those only say who waits."""
    for moment in end.line():
        for event in moment.events:
            if isinstance(event, Drained) or (isinstance(event, Accessed) and _has_word(event)):
                yield DecidingAccess(moment, event)


def _has_word(event: Accessed) -> bool:
    return event.old is not None and event.address != 0 and event.kind.family is not Family.LOCK


def _at_places(machine: Machine, line: Sequence[DecidingAccess], places: Sequence[str]) -> Pair | None:
    """The last accesses at two places of the kernel that was played; None where the run was not at both."""
    last: list[DecidingAccess] = []
    for place in places:
        try:
            lines = lines_named(machine.program, place)
        except ValueError:  # another kernel than the level's own
            return None
        last += islice((access for access in reversed(line) if not lines.isdisjoint(_stack(machine, access))), 1)
    if len(last) != 2:
        return None
    first, second = sorted(last, key=lambda access: access.moment.steps)
    return first, second


def _stack(machine: Machine, access: DecidingAccess) -> Iterator[tuple[str, int]]:
    """The lines at which the frames of an access stood when it was made."""
    yield from ((span.file, span.line) for span in _spans(machine, access))


def _spans(machine: Machine, access: DecidingAccess) -> list[Span]:
    """Where the frames of an access stood when it was made; nowhere if it is a drain."""
    if isinstance(access.event, Drained) or access.moment.parent is None:
        return []
    return [frame.span for frame in backtrace(machine, access.moment.parent.state, access.event.thread)]


def _change_read(line: Sequence[DecidingAccess], end: Moment) -> Pair | None:
    changed: dict[int, DecidingAccess] = {}
    pairs: dict[DecidingAccess, Pair] = {}
    last: DecidingAccess | None = None
    for access in line:
        change, thread = changed.get(access.event.address), access.event.thread
        if access.reads and thread == end.thread and change is not None and change.event.thread != thread:
            pairs.setdefault(change, (change, access))
            last = change
        if access.changes:
            changed[access.event.address] = access
    return pairs[last] if last is not None else None


def _exhausted(machine: Machine, line: Sequence[DecidingAccess], end: Moment) -> Pair | None:
    """The change by another thread that made a kill genuine, and the next read of the killed one, else its last."""
    instants = deciding_instants(machine, end) if end.outcome is Outcome.OOM_GENUINE else ()
    if not instants:
        return None
    step = instants[0].first
    others = [access for access in line if access.moment.steps == step and access.event.thread != end.thread]
    changes = [access for access in others if access.changes]
    reads = [access for access in line if access.reads and access.event.thread == end.thread]
    if not (changes and reads):
        return None
    read = next((access for access in reads if access.moment.steps > step), reads[-1])
    first, second = sorted((changes[0], read), key=lambda access: access.moment.steps)
    return first, second


def _torn(machine: Machine, line: Sequence[DecidingAccess], pair: Pair) -> Pair | None:
    """Reads of two words by one statement, of words that others have both changed in between."""
    last = pair[1]
    own = [access for access in line if access.event.thread == last.event.thread]
    at = _spans(machine, last)
    together = takewhile(lambda access: _spans(machine, access) == at, reversed(own[: own.index(last)]))
    torn = [access for access in together if access.reads and _both_changed(line, access, last)]
    return (torn[-1], last) if torn else None


def _both_changed(line: Sequence[DecidingAccess], first: DecidingAccess, last: DecidingAccess) -> bool:
    """Whether other threads have changed the words of two accesses, not the same ones, between these."""
    between = line[line.index(first) : line.index(last)]
    changed = {access.event.address for access in between if access.changes}
    return first.event.address != last.event.address and changed >= {first.event.address, last.event.address}


def _change_unread(line: Sequence[DecidingAccess], end: Moment) -> Pair | None:
    reads: dict[int, DecidingAccess] = {}
    pairs: dict[DecidingAccess, Pair] = {}
    last: DecidingAccess | None = None
    for access in line:
        read, thread = reads.get(access.event.address), access.event.thread
        if access.reads and thread == end.thread:
            reads[access.event.address] = access
        elif access.changes and thread != end.thread and read is not None:
            pairs.setdefault(read, (read, access))
            last = read
    return pairs[last] if last is not None else None


def deciding_texts(machine: Machine, end: Moment, places: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """What each of the two did, and the line of code that did it; nothing where there are none."""
    pair = deciding_accesses(machine, end, places)
    if pair is None:
        return
    one_word = pair[0].event.address == pair[1].event.address
    for number, access in enumerate(pair):
        before = "and" if number else "decided by"
        more = _was(machine, access) if one_word else _until(machine, pair) if number else ""
        did = f"{event_text(machine, access.moment.state, access.event)}{more}"
        yield f"{before} step {access.moment.steps}: {did}", _code(machine, access)


def _until(machine: Machine, pair: Pair) -> str:
    """What the word of the second access was at the first one, where both are reads of one thread."""
    first, last = pair
    changes = [
        access
        for access in _accesses(last.moment)
        if access.changes and access.event.address == last.event.address and access.moment.steps > first.moment.steps
    ]
    if not (changes and first.reads and last.reads and first.event.thread == last.event.thread):
        return ""
    before = word_text(machine.program, last.event.address, changes[0].event.old or 0, letters(machine))
    return f", which was {before} until step {changes[0].moment.steps}"


def _was(machine: Machine, access: DecidingAccess) -> str:
    """What its thread knew of the word before, where that was something else."""
    own = [before for before in _own(access) if before.moment is not access.moment]
    if not own or not access.reads or own[-1].event.new == access.event.old:
        return ""
    seen = word_text(machine.program, access.event.address, own[-1].event.new or 0, letters(machine))
    return f", was {seen} at step {own[-1].moment.steps}"


def _own(access: DecidingAccess) -> Iterator[DecidingAccess]:
    """The accesses to a word by one thread, up to one of them."""
    event = access.event
    for other in _accesses(access.moment):
        if (other.event.thread, other.event.address) == (event.thread, event.address):
            yield other


def _made(access: DecidingAccess) -> DecidingAccess:
    """The access itself; of a drain the store that it brings to memory."""
    if isinstance(access.event, Accessed):
        return access
    stores = (before for before in _own(access) if isinstance(before.event, Accessed) and before.event.buffered)
    return next((store for store in stores if store.event.new == access.event.new), access)


def _frame(machine: Machine, access: DecidingAccess) -> FrameView | None:
    """The frame of an access, as the panes of threads show it: outside of the files that they skip."""
    if access.moment.parent is None:
        return None
    frames = backtrace(machine, access.moment.parent.state, access.event.thread)
    return next((frame for frame in reversed(frames) if frame.span.file not in SKIPPED), None)


def _code(machine: Machine, access: DecidingAccess) -> str:
    """Where an access was made, in which walk if it is a read, and the line there."""
    made = _made(access)
    frame = _frame(machine, made)
    if frame is None:
        return ""
    file, number = frame.span.file, frame.span.line
    place = f"line {number}" if file == machine.program.name else f"{file}:{number}"
    stored = "" if made is access else "stored at "
    walk = walk_text(machine, made.moment.parent or made.moment, made.event.thread) if made.reads else ""
    inside = f"{frame.function} ({walk})" if walk else frame.function
    return f"  {stored}{place} in {inside}: {machine.program.files[file].lines[number - 1].strip()}"
