# SPDX-License-Identifier: GPL-2.0-or-later
"""What a kernel file offers to a level: objects by type, and calls that a thread can run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from puzzles.levels import Level
from sim import Program
from sim.kernelc.lower.functions import calls
from sim.kernelc.model.code import Exchange, Function, LockOperation, Mark, Store
from sim.kernelc.model.types import Array, Pointer, Type, is_mask, plain

_MOST_CALLS: Final = 12
"""Calls of one function, with other arguments."""


def offered_calls(program: Program) -> Iterator[str]:
    """Calls that a thread can run: of functions that the kernel file shows to others, or that nobody calls.

    Each argument is the address of a global object, so only functions that take nothing but such are called.
    """
    called = {callee for function in program.functions for callee, _ in calls(function)}
    active = _active(program)
    for body in program.bodies:
        function = body.function
        if (function.index in called and _is_static(program, function)) or function.index not in active:
            continue
        choices = [tuple(objects(program, parameter.type)) for parameter in body.parameters]
        for arguments in islice(product(*choices), _MOST_CALLS):
            yield f"{function.name}({', '.join(arguments)})"


def _active(program: Program) -> set[int]:
    """The functions that store, lock or mark anything, or call one that does."""
    effects = (Store, Exchange, LockOperation, Mark)
    active = {
        function.index
        for function in program.functions
        if any(isinstance(instruction, effects) for instruction in function.code)
    }
    before = -1
    while before != (before := len(active)):
        active |= {function.index for function in program.functions if any(c in active for c, _ in calls(function))}
    return active


def _is_static(program: Program, function: Function) -> bool:
    line = program.files[function.span.file].lines[function.span.line - 1]
    return str(line).lstrip().startswith("static")


def objects(program: Program, pointer: Type) -> Iterator[str]:
    """The global objects that a pointer of this type can point to, as C names their addresses."""
    if not isinstance(pointer, Pointer):
        return
    target = pointer.target
    for variable in program.globals:
        kind, name = variable.type, variable.name
        if isinstance(kind, Array):
            kind, name = kind.element, f"{name}[0]"
        if plain(kind) == plain(target) and (target.const or not kind.const):
            yield f"&{name}"


def callers(program: Program, run: str) -> Iterator[str]:
    """The offered calls of functions that call the function which this call is of."""
    callee, _ = program.call(run, "run")
    for call in offered_calls(program):
        function, _ = program.call(call, "run")
        if any(index == callee.index for index, _ in calls(function)):
            yield call


def mask_arrays(program: Program, run: str) -> Iterator[tuple[str, int]]:
    """The constant arrays of node masks, by name and length, that the function of a call names."""
    function, _ = program.call(run, "run")
    text = next(body.node.text for body in program.bodies if body.function is function)
    for variable in program.globals:
        kind = variable.type
        if isinstance(kind, Array) and is_mask(kind.element) and kind.element.const and names(text, variable.name):
            yield variable.name, kind.count


def is_constant(program: Program, lvalue: str) -> bool:
    """Whether a global object never changes after boot."""
    cell = program.cells[program.place(lvalue)[0]]
    return cell is not None and cell.const


def masks(level: Level, program: Program) -> dict[str, str]:
    """The node masks among a level's boot values."""
    return {lvalue: str(value) for lvalue, value in level.boot.items() if is_mask(program.place(lvalue)[1])}


def names(text: str, name: str) -> bool:
    """Whether a text names something."""
    return re.search(rf"\b{re.escape(name)}\b", text) is not None
