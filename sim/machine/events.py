# SPDX-License-Identifier: GPL-2.0-or-later
"""What a step did, for logs and highlights."""

from __future__ import annotations

from typing import TypeAlias

from sim.classes import frozen
from sim.kernelc.model.source import Span
from sim.machine.state import Ending, FunctionCall, State
from sim.operations.kinds import OperationKind
from sim.operations.marks import MarkKind


@frozen
class Accessed:
    """A visible operation happened. `old` and `new` are the word before and after; None where it has no word.

    A `buffered` store has reached its CPU's buffer only; `old` is what its own thread would have read. `calls`
    are those that the thread made after it, those included that have returned, and `fewest` is the least number of
    frames that it had on the way: both tell what no resting place shows.
    """

    thread: int
    kind: OperationKind
    address: int
    old: int | None
    new: int | None
    function: str
    span: Span
    buffered: bool = False
    calls: tuple[FunctionCall, ...] = ()
    fewest: int = 0


@frozen
class Drained:
    """The oldest store of a thread's buffer reached memory: the word's address, its value before and after."""

    thread: int
    address: int
    old: int
    new: int


@frozen
class Blocked:
    """The step left this thread, or another one, waiting for a lock."""

    thread: int
    address: int


@frozen
class Marked:
    """A mark took effect; `value` is its argument, an address, or None."""

    thread: int
    kind: MarkKind
    value: int | None
    span: Span


@frozen
class Finished:
    """The thread's top function returned."""

    thread: int


@frozen
class Ended:
    """The run is over."""

    ending: Ending


Event: TypeAlias = Accessed | Drained | Blocked | Marked | Finished | Ended


@frozen
class Step:
    """The state after a move, and what happened on the way."""

    state: State
    events: tuple[Event, ...]
