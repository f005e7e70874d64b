# SPDX-License-Identifier: GPL-2.0-or-later
"""A thread at work: the mutable side of one step, from one resting place to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import field

from sim.classes import define, frozen
from sim.kernelc.model.code import Function
from sim.kernelc.model.source import Span
from sim.kernelc.model.values import Fault, Words
from sim.kernelc.program import Program
from sim.machine.image import Image
from sim.machine.setup import CountedPlace
from sim.machine.state import FRAME, STACK, Buffered, Effect, Frame, FunctionCall, Operation, Resting, ThreadState
from sim.operations.locks import TRANSITIONS
from sim.operations.marks import MarkKind


@frozen
class ThreadConstants:
    """What a thread knows of itself: its index, the address of its `current`, the node of its CPU.

    `watched` are the places whose passing the level asks for; `ruled` says that a rule asks how the thread rests.
    """

    index: int
    current: int = 0
    node: int = 0
    watched: tuple[CountedPlace, ...] = ()
    ruled: bool = False


class Bugged(Exception):
    """BUG_ON was true."""

    def __init__(self, span: Span) -> None:
        """Keep the place."""
        self.span = span
        super().__init__(str(span))


class NotPure(Exception):
    """An expression that must have no side effects tried to have one."""


@define(eq=False)
class Run:
    """The frames of a thread while it works.

    `memory` is given where accesses are served at once, for evaluation; the run then ends when the frame above the
    first `alone` ones returns. `calls` are those that were made on the way, `fewest` is the least number of frames that
    there were. `spend` is told of instructions done, many at a time.
    """

    program: Program
    image: Image
    thread: ThreadConstants
    below: list[Frame]
    function: Function
    words: Words
    pc: int
    effects: list[Effect] = field(factory=list)
    taken: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()
    buffer: tuple[Buffered, ...] = ()
    pending: Operation | None = None
    finished: bool = False
    returned: tuple[int | None, ...] = ()
    memory: Sequence[int] | None = None
    alone: int = 0
    calls: list[FunctionCall] = field(factory=list)
    spend: Callable[[int], None] | None = None
    fewest: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """So far no frame was left."""
        self.fewest = len(self.below) + 1

    @property
    def base(self) -> int:
        """The address of the running frame."""
        return STACK + len(self.below) * FRAME

    def enter(self, function: Function, arguments: tuple[tuple[int, int], ...]) -> None:
        """Push a new frame; but for the arguments, (slot, word), its words have no value yet."""
        self.function = function
        self.words = [None] * function.frame_size
        self.words[0] = self.base
        for slot, word in arguments:
            self.words[slot] = word
        self.pc = 0
        begun = sum(effect.kind is MarkKind.ALLOCATION_BEGIN for effect in self.effects)
        self.calls.append(FunctionCall(function.index, len(self.below), arguments, begun, self.below[-1].function))
        self.pass_place("")

    def pass_place(self, label: str) -> None:
        """Count a watched place that was reached; an evaluation passes none."""
        if self.thread.watched and self.memory is None:
            name = self.function.name
            self.passed = tuple(
                min(count + (watch.label == label and watch.function == name), watch.count)
                for count, watch in zip(self.passed, self.thread.watched, strict=True)
            )

    def local(self, address: int, span: Span) -> int:
        """A word of one of this thread's frames. Faults when it has no value."""
        words, slot = self.frame_words(address, span)
        word = words[slot]
        if word is None:
            raise Fault(span, "a local is read before it has a value")
        return word

    def set_local(self, address: int, value: int, span: Span) -> None:
        """Store into one of this thread's frames."""
        depth = (address - STACK) // FRAME
        words, slot = self.frame_words(address, span)
        if depth == len(self.below):
            self.words[slot] = value
        else:
            frame = self.below[depth]
            self.below[depth] = Frame(frame.function, frame.pc, (*words[:slot], value, *words[slot + 1 :]))

    def frame_words(self, address: int, span: Span) -> tuple[Sequence[int | None], int]:
        """The words of the frame that an address lies in, and the slot."""
        depth, slot = divmod(address - STACK, FRAME)
        if depth > len(self.below):
            raise Fault(span, "a pointer to a local outlived its function")
        words = self.words if depth == len(self.below) else self.below[depth].words
        if slot >= len(words):
            raise Fault(span, "a pointer outside of its array")
        return words, slot

    def bounds(self, address: int, element: str, span: Span) -> tuple[int, int]:
        """First address and past-the-end address of the array around an address; of a lone object, only itself."""
        if address < STACK:
            return self.program.arrays.get((address, element), (address, address))
        depth, slot = divmod(address - STACK, FRAME)
        self.frame_words(address, span)
        function = self.function if depth == len(self.below) else self.program.functions[self.below[depth].function]
        start = address - slot
        first, past = function.arrays.get((slot, element), (slot, slot))
        return start + first, start + past

    def state(self, waiting: tuple[Effect, ...]) -> ThreadState:
        """The thread as it rests now, with the marks that wait for its first step."""
        frames = tuple(self.below)
        if not self.finished:
            frames += (Frame(self.function.index, self.pc, tuple(self.words)),)
        return ThreadState(frames, waiting, None, self.taken, self.passed, self.buffer, self._resting(), self.pending)

    def _resting(self) -> Resting | None:
        """How the thread rests now, where a rule asks for that."""
        if not self.thread.ruled:
            return None
        if self.pending is None or self.pending.kind not in TRANSITIONS:
            return Resting(finished=self.finished)
        return Resting(self.pending.kind, self.pending.index)
