# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a thread is in a zonelist, and which read decided about each entry that it passed.

The position is any live local that points to a struct zoneref of the boot table; the reason at an entry is the last
shared word that was read there in this walk. Nothing here knows a kernel's functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from attrs import evolve, frozen

from puzzles.zones import zone_tables
from sim import Machine, Program, State
from sim.debugger import Moment, letters, name_of, word_text
from sim.kernelc.model.code import CallFunction, Function, Mark
from sim.kernelc.model.types import Pointer, Type
from sim.machine.events import Accessed
from sim.operations.kinds import OperationKind
from sim.operations.marks import MarkKind
from tui.view.walk import ZonelistWalk, walk_at


@frozen
class Scan:
    """A thread's scan: the node whose list it walks, the entry it is at (None: it points nowhere), reasons by entry.

    `walk` is the walk that it belongs to, None where nothing names that.
    """

    node: int
    position: int | None
    reasons: tuple[tuple[int, str], ...] = ()
    walk: ZonelistWalk | None = None


_KNOWN: WeakKeyDictionary[Moment, dict[int, Scan | None]] = WeakKeyDictionary()


def scan_at(machine: Machine, moment: Moment, thread: int) -> Scan | None:
    """The scan of a thread at a moment; the last one it made where none is under way; None before the first."""
    unread: list[Moment] = []
    at: Moment | None = moment
    while at is not None and thread not in _KNOWN.setdefault(at, {}):
        unread.append(at)
        at = at.parent
    scan = _KNOWN[at][thread] if at is not None else None
    for after in reversed(unread):
        scan = _KNOWN[after][thread] = _followed(machine, scan, after, thread)
    return scan


def _followed(machine: Machine, before: Scan | None, moment: Moment, thread: int) -> Scan | None:
    place = position(machine, moment.state, thread)
    if before is not None and moment.parent is not None and moment.thread == thread:
        before = _judged(machine, before, moment, moment.parent.state)
    if place is None:
        return evolve(before, position=None) if before else None
    node, entry = place
    walk = walk_at(machine, moment, thread)
    if before is None or (before.node, before.walk) != (node, walk):
        return Scan(node, entry, walk=walk)
    if before.position is None or entry < before.position:
        return Scan(node, entry, walk=walk)
    return evolve(before, position=entry)


def _judged(machine: Machine, before: Scan, moment: Moment, state: State) -> Scan:
    """The scan with what a step read at the entry that it is at; `state` is the one before the step."""
    accesses = (event for event in moment.events if isinstance(event, Accessed))
    read = next((access for access in accesses if asks(machine, state, access.thread)), None)
    if read is None or read.old is None or before.position is None:
        return before
    value = word_text(machine.program, read.address, read.old, letters(machine))
    text = f"read {name_of(machine.program, read.address)} = {value}"
    others = tuple(reason for reason in before.reasons if reason[0] != before.position)
    return evolve(before, reasons=(*others, (before.position, text)))


def position(machine: Machine, state: State, thread: int) -> tuple[int, int] | None:
    """(node of the list, entry) of the innermost live local that points into a zonelist."""
    return next((place for _, place in _pointing(machine, state, thread)), None)


def asks(machine: Machine, state: State, thread: int) -> bool:
    """Whether a thread's next operation is a read that can be about the entry that it is at.

    A function that was called on the way without any argument, as an allocation for reclaim is, knows of no entry.
    """
    private = state.threads[thread]
    if private.pending is None or private.pending.kind is not OperationKind.READ:
        return False
    functions = [machine.program.functions[frame.function] for frame in private.frames]
    depths = (depth for depth, _ in _pointing(machine, state, thread))
    return any(all(function.parameters for function in functions[depth + 1 :]) for depth in depths)


def _pointing(machine: Machine, state: State, thread: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Live locals that point into a zonelist, innermost first: the frames below theirs, node of the list and entry."""
    entries, frames = zone_tables(machine.program).entries, state.threads[thread].frames
    for depth, frame in reversed([*enumerate(frames)]):
        function = machine.program.functions[frame.function]
        live = function.live[frame.pc]
        for variable in reversed(function.variables):
            kind = variable.type
            word = frame.words[variable.slot] if variable.slot in live else None
            if word is not None and word in entries and _is_place(kind):
                yield depth, entries[word]


def _is_place(kind: Type) -> bool:
    return isinstance(kind, Pointer) and str(kind.target) == "struct zoneref"


def scanners(machine: Machine) -> tuple[str, ...]:
    """The letters of the threads that allocate, by functions that walk a zonelist.

    Such a thread may kill, or what it runs begins an allocation itself, not somewhere below.
    """
    runs = {thread: [*_called(machine.program, thread.run.partition("(")[0])] for thread in machine.threads}
    return tuple(
        thread.letter
        for thread, called in runs.items()
        if any(map(_walks, called)) and (thread.exhausted or any(map(_allocates, called[:1])))
    )


def _allocates(function: Function) -> bool:
    return any(isinstance(each, Mark) and each.kind is MarkKind.ALLOCATION_BEGIN for each in function.code)


def _walks(function: Function) -> bool:
    return any(_is_place(variable.type) for variable in function.variables)


def _called(program: Program, name: str) -> Iterator[Function]:
    """The function of this name and all that it calls, itself or through others."""
    unvisited = [function.index for function in program.functions if function.name == name]
    seen = set(unvisited)
    while unvisited:
        function = program.functions[unvisited.pop()]
        yield function
        calls = {each.function for each in function.code if isinstance(each, CallFunction)} - seen
        seen |= calls
        unvisited += calls
