# SPDX-License-Identifier: GPL-2.0-or-later
"""What a thread will do next, and why it cannot."""

from __future__ import annotations

from typing import assert_never

from sim.classes import frozen
from sim.debugger.memory import lock_text, shared_text
from sim.debugger.naming import name_of, word_text
from sim.debugger.sentences import will_do
from sim.kernelc.model.code import Store
from sim.kernelc.model.source import Span
from sim.kernelc.program import Program
from sim.machine import buffers
from sim.machine.letters import letters
from sim.machine.machine import Machine
from sim.machine.moves import Wait, can_drain
from sim.machine.state import Outcome, State, thread_of
from sim.operations.kinds import Buffering, OperationKind


@frozen
class Pending:
    """The next visible operation of a thread.

    `written` is the object as the source writes it, `name` what it is, `value` what the word holds now, `new` what
    would be stored (both in words; "" where there is none). `span` is the operation's place. `buffered` says that the
    store goes into the CPU's buffer, or that the value read comes from there.
    """

    kind: OperationKind
    written: str
    name: str
    address: int
    value: str
    new: str
    span: Span
    buffered: bool = False

    @property
    def sentence(self) -> str:
        """The operation in words: "read task_policy.nodes (= {0})"."""
        return will_do(self.kind, self.written, self.name, self.value, self.new, buffered=self.buffered)


def pending(machine: Machine, state: State, thread: int) -> Pending | None:
    """The next visible operation of a thread; None when it is finished or was stopped."""
    operation = state.threads[thread].pending
    if operation is None:
        return None
    program, instruction = machine.program, operation.instruction
    written = source_text(program, instruction.place if isinstance(instruction, Store) else operation.span)
    if operation.index < 0:
        return Pending(operation.kind, written, "", operation.address, "", "", operation.span)
    value, new = shared_text(machine, state, operation.address), ""
    buffer = state.threads[thread].buffer
    forwarded = any(store.index == operation.index for store in buffer)
    if forwarded:
        word = buffers.forwarded(buffer, operation.index, 0)
        value = word_text(program, operation.address, word, letters(machine))
    if operation.operands:
        new = word_text(program, operation.address, operation.operands[-1], letters(machine))
    buffered = machine.tso and (operation.kind.buffering is Buffering.STORES or forwarded)
    name = name_of(program, operation.address)
    return Pending(operation.kind, written, name, operation.address, value, new, operation.span, buffered)


def source_text(program: Program, span: Span) -> str:
    """The source text of a place, on one line."""
    if span.file not in program.files:
        return ""
    lines = program.files[span.file].lines[span.line - 1 : span.end_line]
    if not lines:
        return ""
    if len(lines) == 1:
        return lines[0][span.column - 1 : span.end_column - 1]
    parts = [lines[0][span.column - 1 :], *lines[1:-1], lines[-1][: span.end_column - 1]]
    return " ".join(" ".join(parts).split())


def why_not(machine: Machine, state: State, move: int) -> str:
    """Why a move cannot be made, be it a step or a drain, in a sentence; "" when it can."""
    thread = thread_of(move)
    if state.outcome is not Outcome.OPEN:
        return f"the run is over: {state.outcome.words}"
    return _why_no_drain(machine, state, thread) if move < 0 else _why_no_step(machine, state, thread)


def _why_no_drain(machine: Machine, state: State, thread: int) -> str:
    letter = machine.threads[thread].letter
    if not machine.tso:
        return f"{letter} has no store buffer to drain: on this machine each store is seen by all at once"
    return "" if can_drain(state.threads[thread]) else f"{letter}'s store buffer is empty: there is nothing to drain"


def _why_no_step(machine: Machine, state: State, thread: int) -> str:
    letter, wait = machine.threads[thread].letter, machine.wait_of(state, thread)
    held = machine.held(state, thread)
    if held and wait is not Wait.ENDED:
        return held
    match wait:
        case None:
            return ""
        case Wait.ENDED:
            return f"{letter} has finished"
        case Wait.BUFFER:
            return f"{letter} waits: its store buffer is {_fullness(state, thread)}, and ~{letter} drains it"
        case Wait.LOCK:
            return f"{letter} waits for {_lock_text(machine, state, thread)}"
        case _:
            assert_never(wait)


def _fullness(state: State, thread: int) -> str:
    operation = state.threads[thread].pending
    return "full" if operation is not None and operation.kind.buffering is Buffering.STORES else "not empty"


def _lock_text(machine: Machine, state: State, thread: int) -> str:
    operation = state.threads[thread].pending
    assert operation is not None
    return f"{name_of(machine.program, operation.address)}: {lock_text(machine, state, operation.address, thread)}"
