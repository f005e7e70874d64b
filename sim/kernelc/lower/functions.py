# SPDX-License-Identifier: GPL-2.0-or-later
"""One function: from its definition to its code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.kernelc.lower.builder import Builder
from sim.kernelc.lower.cuts import Cuts
from sim.kernelc.lower.liveness import live_slots
from sim.kernelc.lower.statements import statements
from sim.kernelc.meaning.declarators import Parameter
from sim.kernelc.meaning.scope import Scope
from sim.kernelc.model.code import CallFunction, Function, Return
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import Diagnostic, Span
from sim.kernelc.model.types import Array, Pointer, Struct, Type, Void, is_rejected, leaves, plain, size
from sim.kernelc.syntax.tree import SyntaxNode


def lower_function(
    function: Function,
    parameters: Iterable[Parameter],
    body: SyntaxNode,
    scope: Scope,
    problems: list[Diagnostic],
    cuts: Cuts,
) -> None:
    """Fill in the code of a function whose signature is known; what is wrong in it is added to `problems`.

    `cuts` are left out. Raises CompileError when its parameters are wrong.
    """
    whole = scope.span(body)
    build = Builder(function.name, function.returns, scope, whole, problems, cuts)
    inner = Scope(scope.file, scope)
    for parameter in parameters:
        if not parameter.name and is_rejected(parameter.type):
            continue
        if not parameter.name:
            raise scope.error(parameter.node, "a parameter without a name", "name it")
        span = scope.span(parameter.node)
        variable = build.variable(parameter.name, parameter.type, span, whole)
        inner.define(parameter.node, parameter.name, variable)
    function.parameters = tuple(build.variables)
    statements(build, body, inner)
    _end(build, function, whole)
    problems += _unplaced_labels(build)
    if not (problems or build.failed):
        finish(function, build)


def _end(build: Builder, function: Function, whole: Span) -> None:
    closing = Span(whole.file, whole.end_line, whole.end_column - 1, whole.end_line, whole.end_column)
    owes = not isinstance(function.returns, Void)
    build.emit(Return(closing, (), missing=owes))
    function.end = closing


def _unplaced_labels(build: Builder) -> Iterator[Diagnostic]:
    for name, (node, scope) in build.label_uses.items():
        if build.labels[name].pc < 0:
            yield from scope.error(node, f"no label {name} in {build.name}", "add it, or correct the name").diagnostics


def finish(function: Function, build: Builder) -> None:
    """Complete a function from its built code."""
    function.code = tuple(build.code)
    function.variables = tuple(build.variables)
    function.frame_size = build.frame_size
    function.pointers = tuple(
        variable.slot + offset
        for variable in build.variables
        for offset, _, kind in leaves(variable.type)
        if isinstance(kind, Pointer)
    )
    taken = [variable for variable in build.variables if variable.taken]
    function.lends_locals = bool(taken)
    for variable in taken:
        for slot, element, first, past in array_elements(variable.slot, variable.type):
            function.arrays[slot, element] = (first, past)
    lent = [variable.slot + o for variable in taken for o, _, _ in leaves(variable.type)]
    function.live = live_slots(build.code, lent)


def array_elements(start: int, kind: Type) -> Iterator[tuple[int, str, int, int]]:
    """Of every array in an object: each element's place (and the one past the end), its type, first and past."""
    if isinstance(kind, Array):
        step, name = size(kind.element), str(plain(kind.element))
        past = start + kind.count * step
        for index in range(kind.count + 1):
            yield start + index * step, name, start, past
        for index in range(kind.count):
            yield from array_elements(start + index * step, kind.element)
    elif isinstance(kind, Struct):
        for member in (kind.layout.members or {}).values():
            yield from array_elements(start + member.offset, member.type)


def calls(function: Function) -> Iterator[tuple[int, Span]]:
    """The functions that a function calls, with the places of the calls."""
    for instruction in function.code:
        if isinstance(instruction, CallFunction):
            yield instruction.function, instruction.span


def variables_at(function: Function, span: Span) -> Iterator[Variable]:
    """The named locals in scope at a place of the function, parameters first, then in order of declaration."""
    place = (span.line, span.column)
    for variable in function.variables:
        begins = (variable.span.line, variable.span.column)
        ends = (variable.scope_end.end_line, variable.scope_end.end_column)
        if variable in function.parameters or (begins <= place < ends):
            yield variable
