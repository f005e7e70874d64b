# SPDX-License-Identifier: GPL-2.0-or-later
"""The frames of a thread: its call stack, its locals, and whole objects in words."""

from __future__ import annotations

from sim.classes import frozen
from sim.debugger.naming import mask_text, value_text
from sim.kernelc.lower.functions import variables_at
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import Span
from sim.kernelc.model.types import Array, Pointer, Struct, Type, is_mask, leaves, size
from sim.machine.letters import letters
from sim.machine.machine import Machine
from sim.machine.state import FRAME, STACK, State


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


def backtrace(machine: Machine, state: State, thread: int) -> tuple[FrameView, ...]:
    """The call stack of a thread, outermost frame first; empty when it is finished."""
    frames = [(frame, machine.program.functions[frame.function]) for frame in state.threads[thread].frames]
    return tuple(
        FrameView(depth, function.name, function.code[frame.pc].span) for depth, (frame, function) in enumerate(frames)
    )


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
        values = [word for word in words if word is not None]
        return mask_text(values) if len(values) == len(words) else "<no value>"
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
        return f"&{local_name(machine, state, thread, word)}"
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


def local_name(machine: Machine, state: State, thread: int, address: int) -> str:
    """The local of a thread that an address lies in."""
    depth, slot = divmod(address - STACK, FRAME)
    frames = state.threads[thread].frames
    if depth >= len(frames):
        return "<gone>"
    function = machine.program.functions[frames[depth].function]
    for variable in function.variables:
        if variable.slot <= slot < variable.slot + size(variable.type):
            return variable.name
    return "<local>"
