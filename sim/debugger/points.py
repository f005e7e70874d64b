# SPDX-License-Identifier: GPL-2.0-or-later
"""Breakpoints and watchpoints: where to stop, and how to tell that one was hit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.classes import frozen
from sim.debugger.memory import change_texts
from sim.kernelc.model.code import Access, CallFunction
from sim.kernelc.model.source import CompileError
from sim.kernelc.model.types import leaves
from sim.kernelc.program import Program
from sim.machine.events import Accessed
from sim.machine.machine import Machine
from sim.machine.state import State, ThreadState


class PointError(Exception):
    """A breakpoint or watchpoint that cannot be set; the message says why."""


@frozen
class Breakpoint:
    """Stop where a thread comes to a line of a file, or into the function that begins there."""

    file: str
    line: int
    function: str = ""

    def __str__(self) -> str:
        """Give the place as `parse_breakpoint` takes it."""
        return self.function or f"{self.file}:{self.line}"

    @property
    def where(self) -> str:
        """The place with its file and line, behind the function that begins there."""
        return f"{self.function} ({self.file}:{self.line})" if self.function else f"{self.file}:{self.line}"


@frozen
class Watchpoint:
    """Stop after a step that changes one of the words of an lvalue."""

    lvalue: str
    addresses: tuple[int, ...]

    def __str__(self) -> str:
        """Give the lvalue as `parse_watchpoint` takes it."""
        return self.lvalue


_LINE = re.compile(r"(?:([\w.-]+):)?(\d{1,6})")


def parse_breakpoint(program: Program, text: str) -> Breakpoint:
    """A breakpoint from "function", "file:line" or "line", which is one of the program's own file.

    Raises PointError.
    """
    text = text.strip()
    place = _LINE.fullmatch(text)
    if place:
        return breakpoint_at(program, place[1] or program.name, int(place[2]))
    function = program.function(text)
    if function is None:
        raise PointError(f"no function {text} in {program.name}; give a function, a line, or file:line")
    return Breakpoint(function.span.file, function.span.line, function.name)


def breakpoint_at(program: Program, file: str, line: int) -> Breakpoint:
    """A breakpoint at a line, or at the next one where a thread can stand. Raises PointError where there is none."""
    lines = [number for name, number in _stops(program) if name == file and number >= line]
    if not lines:
        raise PointError(f"no thread ever stands at or after {file}:{line}")
    return Breakpoint(file, min(lines))


def _stops(program: Program) -> set[tuple[str, int]]:
    kinds = (*Access.__args__, CallFunction)
    return {
        (instruction.span.file, instruction.span.line)
        for function in program.functions
        for instruction in function.code
        if isinstance(instruction, kinds)
    }


def parse_watchpoint(program: Program, text: str) -> Watchpoint:
    """A watchpoint on a global lvalue. Raises PointError."""
    try:
        address, kind = program.place(text, "watch")
    except CompileError as problem:
        raise PointError(problem.diagnostics[0].message) from None
    words = tuple(
        address + offset for offset, _, _ in leaves(kind) if not getattr(program.cells[address + offset], "const", True)
    )
    if not words:
        raise PointError(f"{text} is const: it never changes")
    return Watchpoint(text, words)


def arrived(program: Program, point: Breakpoint, step: Accessed, before: ThreadState, after: ThreadState) -> str | None:
    """Where a step brought a thread into the function or to the line: what to add, "" mostly. None where it did not."""
    if point.function:
        inside = any(program.functions[frame.function].name == point.function for frame in after.frames)
        note = "" if inside else ", and out of it again: nothing in it is a step here"
        called = (program.functions[call.function].name for call in step.calls)
        return note if point.function in called else None
    old, new = (list(_lines(program, private)) for private in (before, after))
    fresh = (place for place in new if place not in old or place[0] >= step.fewest)
    return "" if any(place[1:] == (point.file, point.line) for place in fresh) else None


def _lines(program: Program, thread: ThreadState) -> Iterator[tuple[int, str, int]]:
    """Depth, file and line of each frame."""
    for depth, frame in enumerate(thread.frames):
        span = program.functions[frame.function].code[frame.pc].span
        yield depth, span.file, span.line


def changed(machine: Machine, point: Watchpoint, before: State, after: State) -> str:
    """What a step changed under a watchpoint, in words; "" for nothing."""
    return ", ".join(text for address, text in change_texts(machine, before, after) if address in point.addresses)
