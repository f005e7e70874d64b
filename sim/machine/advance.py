# SPDX-License-Identifier: GPL-2.0-or-later
"""The step function of one thread: private state and the word read, to private state, store and marks.

Everything else stands on it: play, replay, evaluation and search. It depends on nothing but its arguments. Under total
store order a store goes to the thread's buffer, and drain() is the second way in which the automaton moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from sim.classes import frozen
from sim.kernelc.model.code import Exchange, Function, Load, LockOperation, Store
from sim.kernelc.model.source import NOWHERE, Span
from sim.kernelc.model.types import Pointer
from sim.kernelc.model.values import Fault
from sim.kernelc.program import Program
from sim.machine import buffers
from sim.machine.exchange import exchange
from sim.machine.image import Image
from sim.machine.private import work
from sim.machine.run import Bugged, Run, ThreadConstants
from sim.machine.state import OPEN, STACK, Buffered, Effect, Frame, FunctionCall, Operation, Outcome, ThreadState
from sim.operations.kinds import Buffering, OperationKind
from sim.operations.lock_word import Misuse, holds
from sim.operations.locks import TRANSITIONS

# A member is found slowly by its class.
_OUT_OF_MEMORY, _WILD = OperationKind.OUT_OF_MEMORY, OperationKind.WILD


@frozen
class Advance:
    """What a step of a thread gives: its next private state, the word it stores (None: none), the marks it reached.

    Where it ends the run: how, why and where. OOM_GENUINE stands for any OOM until its ghost bit is read. `calls` are
    those that it made, those included that have returned; `fewest` is the least number of frames that it had on the
    way.
    """

    private: ThreadState
    store: int | None
    effects: tuple[Effect, ...]
    ending: Outcome = OPEN
    sentence: str = ""
    span: Span = NOWHERE
    calls: tuple[FunctionCall, ...] = ()
    fewest: int = 0


@frozen(eq=False)
class Automaton:
    """A thread as an automaton over one program and its boot image; `tso` gives it a store buffer."""

    program: Program
    image: Image
    thread: ThreadConstants
    tso: bool = False

    def boot(self, function: Function, arguments: Sequence[int]) -> Advance:
        """The state before the first visible operation; marks reached so far wait in its `effects`."""
        run = self._run(function, arguments)
        run.passed = (0,) * len(self.thread.watched)
        slots = (parameter.slot for parameter in function.parameters)
        run.calls.append(FunctionCall(function.index, 0, tuple(zip(slots, arguments, strict=True)), 0))
        run.pass_place("")
        return _finish(run, None, self._go(run), first=True)

    def evaluate(self, function: Function, arguments: Sequence[int], memory: Sequence[int]) -> tuple[int | None, ...]:
        """The words that a function returns on this memory, without taking a step.

        Raises Fault, Bugged, and NotPure when it would change anything.
        """
        run = self._run(function, arguments)
        run.memory = memory
        work(run)
        return run.returned

    def evaluate_in(
        self, function: Function, below: Sequence[Frame], words: Sequence[int | None], memory: Sequence[int]
    ) -> int:
        """The word that an expression yields in a frame above others, which holds `words`. Raises as `evaluate`."""
        run = Run(self.program, self.image, self.thread, list(below), function, [None] * function.frame_size, 0)
        run.words[: len(words)] = words
        run.words[0] = run.base
        run.memory = memory
        run.alone = len(below)
        work(run)
        return run.returned[0] or 0

    def advance(self, private: ThreadState, word: int, spend: Callable[[int], None] | None = None) -> Advance:
        """Perform the pending operation, whose word holds `word`, and the private work up to the next one.

        `spend` is told of every so many instructions of private work, and may raise what ends it.
        """
        operation = private.pending
        assert operation is not None
        run = self._resume(private)
        run.spend = spend
        if run.buffer:
            word = buffers.forwarded(run.buffer, operation.index, word)
        try:
            store = _perform(run, operation, word)
        except Fault as fault:
            return Advance(private, None, (), Outcome.FAULT, fault.message, fault.span)
        if operation.kind is _OUT_OF_MEMORY:
            return Advance(private, None, (), Outcome.OOM_GENUINE, "", operation.span)
        run.pc += 1
        if self.tso and store is not None and operation.kind.buffering is Buffering.STORES:
            run.buffer = (*run.buffer, Buffered(operation.index, store))
            store = None
        return _finish(run, store, self._go(run), first=False)

    def drain(self, private: ThreadState) -> Advance:
        """Let the oldest store of a buffer that is not empty reach memory, and the marks behind it take effect."""
        oldest, *rest = private.buffer
        return Advance(evolve(private, buffer=tuple(rest)), oldest.value, oldest.marks)

    def _run(self, function: Function, arguments: Sequence[int]) -> Run:
        run = Run(self.program, self.image, self.thread, [], function, [], 0)
        run.words = [None] * function.frame_size
        run.words[0] = STACK
        for variable, argument in zip(function.parameters, arguments, strict=True):
            run.words[variable.slot] = argument
        return run

    def _resume(self, private: ThreadState) -> Run:
        *below, top = private.frames
        function = self.program.functions[top.function]
        return Run(
            self.program, self.image, self.thread, below, function, list(top.words), top.pc,
            taken=private.taken, passed=private.passed, buffer=private.buffer,
        )  # fmt: skip

    def _go(self, run: Run) -> tuple[Outcome, str, Span]:
        try:
            work(run)
        except Fault as fault:
            return Outcome.FAULT, fault.message, fault.span
        except Bugged as bug:
            return Outcome.BUG, "BUG_ON is true", bug.span
        if run.finished and run.taken:
            names = ", ".join(_name(self.program, address) for address in run.taken)
            return Outcome.FAULT, f"{run.function.name} returned and still holds {names}", run.function.end
        return OPEN, "", NOWHERE


def _finish(run: Run, store: int | None, end: tuple[Outcome, str, Span], *, first: bool) -> Advance:
    waiting = tuple(run.effects) if first and not run.finished else ()
    run.buffer, effects = buffers.behind(run.buffer, run.effects)
    return Advance(run.state(waiting), store, effects, *end, tuple(run.calls), run.fewest)


def _perform(run: Run, operation: Operation, word: int) -> int | None:
    """Complete an operation on its word: set the slot that receives it; the word to store, or None."""
    instruction = operation.instruction
    if operation.kind is _WILD:
        where = "a null pointer" if operation.address == 0 else "a pointer outside of any object"
        raise Fault(instruction.span, f"access through {where}")
    if isinstance(instruction, Load):
        run.words[instruction.slot] = word
        return None
    if isinstance(instruction, Store | Exchange):
        _refuse_lending(instruction, operation)
    if isinstance(instruction, Store):
        return operation.operands[0]
    if isinstance(instruction, Exchange):
        run.words[instruction.slot], new = exchange(operation.kind, word, operation.operands)
        return new
    if isinstance(instruction, LockOperation):
        return _lock(run, instruction, operation, word)
    return None


def _refuse_lending(instruction: Store | Exchange, operation: Operation) -> None:
    pointer = isinstance(instruction.type, Pointer) if isinstance(instruction, Store) else instruction.pointer
    if pointer and operation.operands[-1] >= STACK:
        raise Fault(instruction.span, "a pointer to a local is stored in shared memory")


def _lock(run: Run, instruction: LockOperation, operation: Operation, word: int) -> int:
    transition = TRANSITIONS[operation.kind]
    try:
        new = transition.apply(word, run.thread.index)
    except Misuse as misuse:
        raise Fault(instruction.span, f"{_name(run.program, operation.address)} {misuse}") from None
    mine = holds(new, run.thread.index)
    others = tuple(address for address in run.taken if address != operation.address)
    run.taken = tuple(sorted((*others, operation.address))) if mine else others
    if mine and transition.otherwise is not None:
        run.pc += len(tuple(transition.chain())) - 1
    return new


def _name(program: Program, address: int) -> str:
    cell = program.cells[address]
    return cell.lvalue if cell else "the lock"
