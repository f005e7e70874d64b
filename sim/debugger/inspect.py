# SPDX-License-Identifier: GPL-2.0-or-later
"""What a debugger shows of a state: pending operations, call stacks, locals, values of expressions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from sim.debugger.naming import mask_text, name_of, value_text, word_text
from sim.kernelc.lower.functions import variables_at
from sim.kernelc.model.code import Function, Store
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import CompileError, Diagnostic, Span
from sim.kernelc.model.types import Array, Lock, Pointer, Struct, Type, is_mask, leaves, size
from sim.kernelc.model.values import Fault
from sim.kernelc.program import Program
from sim.machine import buffers
from sim.machine.advance import Automaton
from sim.machine.locks import holders
from sim.machine.machine import Machine
from sim.machine.run import Bugged, NotPure
from sim.machine.snippet import compile_snippet
from sim.machine.state import FRAME, STACK, Outcome, State, thread_of


@frozen
class Pending:
    """The next visible operation of a thread.

    `written` is the object as the source writes it, `name` what it is, `value` what the word holds now, `new` what
    would be stored (both in words; "" where there is none). `span` is the operation's place. `buffered` says that the
    store goes into the CPU's buffer, or that the value read comes from there.
    """

    kind: str
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
        if self.kind in ("smp_mb", "smp_rmb", "smp_wmb"):
            return f"barrier {self.kind}"
        if self.kind == "out_of_memory":
            return "call the OOM killer"
        if self.kind == "wild":
            return f"access {self.written}, which points to no object: a fault"
        if self.kind == "write":
            into = " into its buffer" if self.buffered else ""
            return f"write {self.name} = {self.new}{into} (was {self.value})"
        if self.kind == "down_write queued":
            return f"down_write {self.name} ({self.value})"
        if self.kind == "cmpxchg":
            return f"cmpxchg {self.name} to {self.new} (= {self.value})"
        if self.kind in buffers.STORES:
            into = " into its buffer" if self.buffered else ""
            return f"{self.kind} {self.name}{into} ({self.value})"
        sign = "=" if self.kind == "read" or self.kind.startswith("atomic") else ""
        found = ", in the store buffer" if self.buffered else ""
        return f"{self.kind} {self.name} ({sign + ' ' if sign else ''}{self.value}{found})"


@frozen
class FrameView:
    """A frame of a call stack: the function, and the place where it stands; `depth` 0 is the outermost."""

    depth: int
    function: str
    span: Span


@frozen
class LocalView:
    """A local variable: its name, its value in words, and whether the current operation's frame owns it."""

    name: str
    value: str
    depth: int


def letters(machine: Machine) -> tuple[str, ...]:
    """The letters of the machine's threads, in order."""
    return tuple(thread.letter for thread in machine.threads)


def pending(machine: Machine, state: State, thread: int) -> Pending | None:
    """The next visible operation of a thread; None when it is finished or was stopped."""
    operation = state.threads[thread].pending
    if operation is None:
        return None
    one = operation.instruction
    span = operation.span
    place = one.place if isinstance(one, Store) else span
    has_word = operation.index >= 0
    program = machine.program
    value = new = ""
    waiting = [store.index for store in state.threads[thread].buffer]
    buffered = machine.tso and (operation.kind in buffers.STORES or (has_word and operation.index in waiting))
    if has_word:
        value = shared_text(machine, state, operation.address)
        if operation.index in waiting:
            word = buffers.forwarded(state.threads[thread].buffer, operation.index, 0)
            value = word_text(program, operation.address, word, letters(machine))
        if operation.operands:
            new = word_text(program, operation.address, operation.operands[-1], letters(machine))
    name = name_of(program, operation.address) if has_word else ""
    return Pending(operation.kind, source_text(program, place), name, operation.address, value, new, span, buffered)


def shared_text(machine: Machine, state: State, address: int) -> str:
    """What memory holds at the address of a shared word; of a lock also that its release waits in a store buffer."""
    index, names = machine.image.index[address], letters(machine)
    text = word_text(machine.program, address, state.memory[index], names)
    owner = holders(state.memory[index]).owner if isinstance(_type(machine, address), Lock) else None
    if owner is None or all(store.index != index for store in state.threads[owner].buffer):
        return text
    return f"{text}, whose unlock is in its store buffer"


def store_buffer(machine: Machine, state: State, thread: int) -> tuple[str, ...]:
    """The stores that wait in the buffer of a thread's CPU, oldest first, in words: "x = 1"."""
    stores = [(machine.image.addresses[one.index], one.value) for one in state.threads[thread].buffer]
    known = letters(machine)
    return tuple(
        f"{name_of(machine.program, at)} = {word_text(machine.program, at, word, known)}" for at, word in stores
    )


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
    """Why a thread cannot move, or its buffer not be drained, in a sentence; "" when it can."""
    thread = thread_of(move)
    private = state.threads[thread]
    letter = machine.threads[thread].letter
    if state.outcome is not Outcome.OPEN:
        return f"the run is over: {state.outcome.words}"
    if move < 0:
        return _why_no_drain(machine, state, thread)
    if private.finished:
        return f"{letter} has finished"
    held = machine.held(state, thread)
    if held:
        return held
    operation = private.pending
    if operation is not None and machine.tso and buffers.waits(private, operation):
        state_of = "full" if operation.kind in buffers.STORES else "not empty"
        return f"{letter} waits: its store buffer is {state_of}, and ~{letter} drains it"
    if operation is not None and machine.blocked(state, thread):
        text = shared_text(machine, state, operation.address)
        return f"{letter} waits for {name_of(machine.program, operation.address)}: {text}"
    return ""


def _why_no_drain(machine: Machine, state: State, thread: int) -> str:
    letter = machine.threads[thread].letter
    if not machine.tso:
        return f"{letter} has no store buffer to drain: on this machine each store is seen by all at once"
    return "" if state.threads[thread].buffer else f"{letter}'s store buffer is empty: there is nothing to drain"


def _type(machine: Machine, address: int) -> Type | None:
    cell = machine.program.cells[address]
    return cell.type if cell else None


def backtrace(machine: Machine, state: State, thread: int) -> tuple[FrameView, ...]:
    """The call stack of a thread, outermost frame first; empty when it is finished."""
    found = []
    for depth, frame in enumerate(state.threads[thread].frames):
        function = machine.program.functions[frame.function]
        found.append(FrameView(depth, function.name, function.code[frame.pc].span))
    return tuple(found)


def frame_locals(machine: Machine, state: State, thread: int, depth: int = -1) -> tuple[LocalView, ...]:
    """The named locals in scope in a frame of a thread (-1: the innermost), in order of declaration."""
    frames = state.threads[thread].frames
    if not frames:
        return ()
    frame = frames[depth]
    function = machine.program.functions[frame.function]
    number = range(len(frames))[depth]
    return tuple(
        LocalView(variable.name, _object_text(machine, state, thread, number, variable), number)
        for variable in variables_at(function, function.code[frame.pc].span)
    )


def _object_text(machine: Machine, state: State, thread: int, depth: int, variable: Variable) -> str:
    start = STACK + depth * FRAME + variable.slot
    return object_text(machine, state, thread, start, variable.type)


def object_text(machine: Machine, state: State, thread: int, address: int, kind: Type) -> str:
    """A whole object in words: a mask as a set, a struct or array with its members."""
    words = [word_at(machine, state, thread, address + offset) for offset, _, _ in leaves(kind)]
    if is_mask(kind):
        known = [word for word in words if word is not None]
        return mask_text(known) if len(known) == len(words) else "<no value>"
    if isinstance(kind, Struct):
        parts = [
            f"{m.name} = {object_text(machine, state, thread, address + m.offset, m.type)}"
            for m in (kind.layout.members or {}).values()
        ]
        return "{" + ", ".join(parts) + "}"
    if isinstance(kind, Array):
        step = size(kind.element)
        items = (object_text(machine, state, thread, address + i * step, kind.element) for i in range(kind.count))
        return "{" + ", ".join(items) + "}"
    word = words[0]
    if word is not None and word >= STACK and isinstance(kind, Pointer):
        return f"&{_local_name(machine, state, thread, word)}"
    return value_text(machine.program, kind, word, letters(machine))


def word_at(machine: Machine, state: State, thread: int, address: int) -> int | None:
    """The word at an address, global or in a frame of a thread; None where there is none, or none with a value."""
    if address >= STACK:
        depth, slot = divmod(address - STACK, FRAME)
        frames = state.threads[thread].frames
        return frames[depth].words[slot] if depth < len(frames) and slot < len(frames[depth].words) else None
    if 0 < address < len(machine.program.cells) and machine.program.cells[address] is not None:
        return machine.word(state, address)
    return None


def _local_name(machine: Machine, state: State, thread: int, address: int) -> str:
    depth, slot = divmod(address - STACK, FRAME)
    frames = state.threads[thread].frames
    if depth >= len(frames):
        return "<gone>"
    function = machine.program.functions[frames[depth].function]
    for variable in function.variables:
        if variable.slot <= slot < variable.slot + size(variable.type):
            return variable.name
    return "<local>"


class EvaluationError(Exception):
    """An expression that cannot be evaluated here; the message says why."""


def evaluate(machine: Machine, state: State, source: str, thread: int = 0, depth: int = -1) -> str:
    """The value of a kernel C expression in a frame of a thread (-1: the innermost), in words.

    Raises EvaluationError for a mistake, a side effect, or a fault on the way.
    """
    frames = state.threads[thread].frames
    base = range(len(frames))[depth] if frames else 0
    variables: Sequence[Variable] = ()
    function: Function | None = None
    if frames:
        function = machine.program.functions[frames[base].function]
        variables = list(variables_at(function, function.code[frames[base].pc].span))
    try:
        snippet = compile_snippet(
            machine.program,
            source,
            "expression",
            variables,
            frame_size=function.frame_size if function else 1,
        )
        automaton = Automaton(snippet.program, machine.image, machine.automata[thread].thread)
        words = frames[base].words if frames else ()
        result = automaton.evaluate_in(snippet.function, frames[:base], words, state.memory)
    except CompileError as problem:
        raise EvaluationError("; ".join(_brief(one) for one in problem.diagnostics)) from None
    except Fault as fault:
        raise EvaluationError(f"fault: {fault.message}") from None
    except (NotPure, Bugged):
        raise EvaluationError(f"{source} has a side effect; stepping changes the machine") from None
    if snippet.place:
        return object_text(machine, state, thread, result, snippet.type)
    if isinstance(snippet.type, Pointer) and result >= STACK:
        return f"&{_local_name(machine, state, thread, result)}"
    return value_text(machine.program, snippet.type, result, letters(machine))


def _brief(one: Diagnostic) -> str:
    return f"{one.message} ({one.advice})" if one.advice else one.message


def change_texts(machine: Machine, before: State, after: State) -> Iterator[tuple[int, str]]:
    """Address and text of each shared word that differs between two states: "task.mems_allowed {0} -> {1}"."""
    for address, *words in zip(machine.image.addresses, before.memory, after.memory, strict=True):
        if words[0] != words[1]:
            texts = (word_text(machine.program, address, word, letters(machine)) for word in words)
            yield address, f"{name_of(machine.program, address)} {' -> '.join(texts)}"
