# SPDX-License-Identifier: GPL-2.0-or-later
"""Expressions of kernel C outside of a program's text: conditions of levels, what a debugger is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from attrs import evolve

from sim.classes import frozen
from sim.kernelc.lower.builder import Builder
from sim.kernelc.lower.functions import finish
from sim.kernelc.lower.lowering import address, lower
from sim.kernelc.meaning.conversions import PLACES, value_of
from sim.kernelc.meaning.conversions import truth as as_truth
from sim.kernelc.meaning.scope import Scope
from sim.kernelc.model.code import Function, Return
from sim.kernelc.model.nodes import Assign, Intrinsic, Update, Variable
from sim.kernelc.model.source import CompileError, Diagnostic, Span
from sim.kernelc.model.types import Array, Integer, Lock, Pointer, Struct, Type
from sim.kernelc.program import Program

_PURE_INTRINSICS = frozenset(("current", "numa_node_id"))


@frozen(eq=False)
class Snippet:
    """A compiled expression: `program` knows its `function`.

    `place` says that it yields the address of an object of this type, whose words are to be read.
    """

    program: Program
    function: Function
    type: Type
    place: bool


def compile_snippet(
    program: Program,
    source: str,
    origin: str,
    variables: Sequence[Variable] = (),
    *,
    truth: bool = False,
    frame_size: int = 1,
) -> Snippet:
    """Compile an expression without side effects; `variables` are locals it may name, in a frame of `frame_size`.

    Raises CompileError, also for a side effect that the text shows.
    """
    scope = Scope(origin, program.scope)
    for variable in variables:
        scope.names[variable.name] = variable
    expression = program.expression(source, origin, scope)
    _refuse_changes(expression, source, origin)
    whole = isinstance(expression, PLACES) and isinstance(expression.type, Struct | Array | Lock)
    build = Builder(origin, expression.type, scope, frame_size=frame_size)
    if whole and not truth:
        assert isinstance(expression, PLACES)
        result = address(build, expression)
    else:
        node = value_of(expression)
        if not isinstance(node.type, Integer | Pointer):
            raise _error(source, origin, f"{source} has no value", "ask for a word, a struct or an array")
        result = lower(build, as_truth(node) if truth else node)
    span = Span(origin, 1, 1, 1, len(source) + 1)
    build.emit(Return(span, (result,)))
    function = Function(len(program.functions), origin, expression.type, span, span)
    finish(function, build)
    grown = evolve(program, functions=(*program.functions, function))
    return Snippet(grown, function, expression.type, whole and not truth)


def _error(source: str, origin: str, message: str, advice: str) -> CompileError:
    return CompileError([Diagnostic(Span(origin, 1, 1, 1, len(source) + 1), message, advice, source)])


def _refuse_changes(node: object, source: str, origin: str) -> None:
    stack: list[Any] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Assign | Update) or (isinstance(part, Intrinsic) and part.name not in _PURE_INTRINSICS):
            raise _error(source, origin, f"{source} has a side effect", "ask for a value; stepping changes the machine")
        if isinstance(part, tuple):
            stack.extend(part)
        elif attrs.has(type(part)) and not isinstance(part, Variable):
            stack.extend(getattr(part, name.name) for name in attrs.fields(type(part)) if name.name != "type")
