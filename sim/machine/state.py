# SPDX-License-Identifier: GPL-2.0-or-later
"""States of the machine: immutable values that compare and hash by what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, IntFlag
from typing import Final

from attrs import evolve, field

from sim.classes import frozen
from sim.kernelc.model.code import Access
from sim.kernelc.model.source import NOWHERE, Span
from sim.operations.kinds import OperationKind
from sim.operations.marks import MarkKind

STACK = 1 << 40
FRAME = 1 << 12


class Outcome(Enum):
    """How a run ends; OPEN while it goes on."""

    OPEN = "open"
    OOM_PREMATURE = "oom-premature"
    OOM_GENUINE = "oom-genuine"
    BUG = "bug"
    FAULT = "fault"
    DEADLOCK = "deadlock"
    LIVELOCK = "livelock"
    SPIN = "spin"
    PAGE_FORBIDDEN = "page-forbidden"
    ENOMEM = "enomem"
    PAGE = "page"
    FINISHED = "finished"
    RULE_BROKEN = "rule-broken"

    @property
    def words(self) -> str:
        """The outcome as a player reads it; `value` is its name for machines."""
        return _WORDS[self]


_WORDS = {
    Outcome.OPEN: "still running",
    Outcome.OOM_PREMATURE: "premature OOM",
    Outcome.OOM_GENUINE: "genuine OOM",
    Outcome.BUG: "BUG",
    Outcome.FAULT: "fault in the model",
    Outcome.DEADLOCK: "deadlock",
    Outcome.LIVELOCK: "livelock",
    Outcome.SPIN: "spin",
    Outcome.PAGE_FORBIDDEN: "page from a forbidden node",
    Outcome.ENOMEM: "allocation failed",
    Outcome.PAGE: "page allocated",
    Outcome.FINISHED: "all threads finished",
    Outcome.RULE_BROKEN: "rule broken",
}

CIRCLES = (Outcome.LIVELOCK, Outcome.SPIN)
OPEN: Final = Outcome.OPEN  # each step asks for it, and a member is found slowly by its class
OOMS = (Outcome.OOM_PREMATURE, Outcome.OOM_GENUINE)


class Result(IntFlag):
    """What a run has come to so far, as its marks say."""

    PAGE = 1
    ENOMEM = 2
    PAGE_FORBIDDEN = 4


NO_RESULT: Final = Result(0)
RESULTS: Final[Mapping[Result, Outcome]] = {
    Result.PAGE_FORBIDDEN: Outcome.PAGE_FORBIDDEN,
    Result.ENOMEM: Outcome.ENOMEM,
    Result.PAGE: Outcome.PAGE,
}
"""How a run with each result ends once no thread can move; of several results the first one here counts."""


def outcomes(results: Result) -> Iterator[Outcome]:
    """The outcomes of some results, that first which counts."""
    return (outcome for result, outcome in RESULTS.items() if result in results)


def thread_of(move: int) -> int:
    """The thread that a move steps, or whose store buffer it drains."""
    return max(move, ~move)


@frozen
class Frame:
    """A running function: where it is, and its words. `words[0]` is the frame's own address; None is no value."""

    function: int
    pc: int
    words: tuple[int | None, ...]


@frozen
class FunctionCall:
    """A function that a thread called: its index, the frames below it, and its arguments as (slot, word).

    `caller` is the index of the function that called it, None for the top one. `begun` is how many allocations the
    thread had begun before it, since it rested.
    """

    function: int
    depth: int
    arguments: tuple[tuple[int, int], ...]
    begun: int
    caller: int | None = None


@frozen
class Effect:
    """A mark that private work reached: its kind, its argument if it has one, and its place."""

    kind: MarkKind
    value: int | None
    span: Span = field(eq=False)


@frozen
class Operation:
    """A visible operation as it stands: what it does, on which word, with which values.

    `address` is the word's, 0 where there is none; `index` its place in memory or -1.
    """

    kind: OperationKind
    address: int
    index: int
    operands: tuple[int, ...]
    instruction: Access = field(eq=False, repr=False)

    @property
    def span(self) -> Span:
        """The place of the operation in the source."""
        return self.instruction.span


@frozen
class Buffered:
    """A store that waits in its CPU's buffer: the word's place in memory, the value, and the marks that follow it."""

    index: int
    value: int
    marks: tuple[Effect, ...] = ()


@frozen
class Resting:
    """How a thread rests, as far as rules of the level ask: the lock operation before it, on which word; finished.

    `lock` is None and `index` -1 where another operation is next.
    """

    lock: OperationKind | None = None
    index: int = -1
    finished: bool = False


@frozen
class ThreadState:
    """The private state of a thread: its frames, outermost first, resting before `pending`.

    `effects` are marks that wait for the first step; `window` the words written since rebind_begin with the values
    they had before, None outside of a window; `taken` the locks that it took and has not released, by address, so
    that a return with one of them is noticed where a step sees a single word (who holds a lock, its word says);
    `passed` counts the watched places it has passed; `buffer` are its CPU's waiting stores, oldest first, empty but
    under total store order; `resting` is None where no rule asks for it. `pending` is None once the thread is finished,
    or was stopped by the end of the run.
    """

    frames: tuple[Frame, ...]
    effects: tuple[Effect, ...] = ()
    window: tuple[tuple[int, int], ...] | None = None
    taken: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()
    buffer: tuple[Buffered, ...] = ()
    resting: Resting | None = None
    pending: Operation | None = field(default=None, eq=False)

    @property
    def finished(self) -> bool:
        """Whether the thread's top function has returned."""
        return not self.frames


@frozen
class Ending:
    """Why a run ended: the outcome, the thread that ended it (-1 for none), a sentence, and a place."""

    outcome: Outcome
    thread: int = field(eq=False, default=-1)
    sentence: str = field(eq=False, default="")
    span: Span = field(eq=False, default=NOWHERE)


RUNNING = Ending(Outcome.OPEN)


@frozen
class Turns:
    """Who took the last step (None at boot), and how many preemptions there were, one too many at most."""

    last: int | None = None
    preemptions: int = 0


@frozen
class State:
    """A state of the whole machine.

    `memory` holds the shared words that can change, in order of declaration. `ghosts[i]` says whether some instant
    since thread i's allocation_begin had all its eligible nodes exhausted (None: no allocation yet). `flags` are the
    results so far. `turns` is None where no rule asks for it.
    """

    memory: tuple[int, ...]
    threads: tuple[ThreadState, ...]
    ghosts: tuple[bool | None, ...]
    flags: Result = NO_RESULT
    ending: Ending = RUNNING
    turns: Turns | None = None

    @property
    def outcome(self) -> Outcome:
        """How the run ended; OPEN while it goes on."""
        return self.ending.outcome

    def with_thread(self, thread: int, private: ThreadState) -> State:
        """The same state with another private state of one thread."""
        return evolve(self, threads=(*self.threads[:thread], private, *self.threads[thread + 1 :]))
