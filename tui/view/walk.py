# SPDX-License-Identifier: GPL-2.0-or-later
"""Which walk over a zonelist a thread is in: the first-zone lookup, a pass, reclaim, and which one of several.

All of it is read from the calls that the thread has made since its allocation began: those that returned without a
step count, too. What a walk is called the kernel's text says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from weakref import WeakKeyDictionary

from attrs import evolve, frozen

from puzzles.walks import walk_name
from sim import Machine, Program
from sim.debugger import Moment
from sim.machine.events import Accessed, Marked
from sim.machine.state import Effect, FunctionCall
from sim.operations.marks import MarkKind
from sim.ordinal import ordinal


@frozen
class ZonelistWalk:
    """A walk: its name, which one of that name it is in this allocation, and the frames below its function."""

    name: str
    number: int
    depth: int

    def __str__(self) -> str:
        """Give the walk as `2nd pass with the min mark`."""
        return f"{ordinal(self.number)} {self.name}" if self.number > 1 else self.name


@frozen
class Walks:
    """The walk that a thread is in (None: in none), and how many of each name it has begun in this allocation."""

    current: ZonelistWalk | None = None
    begun: Mapping[str, int] = MappingProxyType({})


_KNOWN: WeakKeyDictionary[Moment, dict[int, Walks]] = WeakKeyDictionary()


def walk_at(machine: Machine, moment: Moment, thread: int) -> ZonelistWalk | None:
    """The walk that a thread is in at a moment; None where it is in none, or in one that nothing names."""
    unread: list[Moment] = []
    at: Moment | None = moment
    while at is not None and thread not in _KNOWN.setdefault(at, {}):
        unread.append(at)
        at = at.parent
    walks = _KNOWN[at][thread] if at is not None else Walks()
    for after in reversed(unread):
        walks = _KNOWN[after][thread] = _followed(machine, walks, after, thread)
    return walks.current


def _followed(machine: Machine, before: Walks, moment: Moment, thread: int) -> Walks:
    """The walks of a thread after the move that led to a moment."""
    private = moment.state.threads[thread]
    if moment.parent is None:
        calls, begun = machine.boot_calls(thread), _begun(private.effects)
    elif moment.move == thread:
        calls = next(event for event in moment.events if isinstance(event, Accessed)).calls
        waited = _begun(moment.parent.state.threads[thread].effects)  # since boot, and told with the calls of then
        begun = _begun([event for event in moment.events if isinstance(event, Marked)]) - waited
    else:
        return before
    walks = _left(_called(machine.program, before, calls), len(private.frames))
    return _anew(walks) if begun > max((call.begun for call in calls), default=0) else walks


def _begun(marks: Sequence[Effect | Marked]) -> int:
    """How many allocations some marks begin."""
    return sum(mark.kind is MarkKind.ALLOCATION_BEGIN for mark in marks)


def _called(program: Program, walks: Walks, calls: Iterable[FunctionCall]) -> Walks:
    """The walks after some calls in a row. What is called within a walk belongs to it."""
    begun = 0
    for call in calls:
        walks = _left(walks, call.depth)
        if call.begun > begun:
            begun, walks = call.begun, _anew(walks)
        if walks.current is None and (name := walk_name(program, call)):
            number = walks.begun.get(name, 0) + 1
            walks = Walks(ZonelistWalk(name, number, call.depth), {**walks.begun, name: number})
    return walks


def _left(walks: Walks, frames: int) -> Walks:
    """The walks where so many frames are left: one whose own frame is gone is over."""
    over = walks.current is not None and frames <= walks.current.depth
    return evolve(walks, current=None) if over else walks


def _anew(walks: Walks) -> Walks:
    """The walks once an allocation begins: the one that is under way, if any, is its first."""
    current = walks.current
    return Walks(evolve(current, number=1), {current.name: 1}) if current else Walks()
