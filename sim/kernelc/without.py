# SPDX-License-Identifier: GPL-2.0-or-later
"""A program without some of its statements: only the functions that hold them are made anew."""

from __future__ import annotations

from attrs import evolve

from sim.kernelc.lower.cuts import Cuts
from sim.kernelc.model.code import Function
from sim.kernelc.model.source import CompileError, Diagnostic
from sim.kernelc.program import Body, Program
from sim.kernelc.syntax.tree import SyntaxNode


def without(program: Program, cuts: Cuts) -> Program:
    """The program with these statements changed. It keeps the tokens of the whole one, which must not be hashed.

    Raises CompileError where what is left is no kernel C: a goto whose label went.
    """
    functions = list(program.functions)
    for body in program.bodies:
        if any(_holds(body.node, node) for node in cuts):
            functions[body.function.index] = _lowered(program, body, cuts)
    return evolve(program, functions=tuple(functions))


def _holds(whole: SyntaxNode, part: SyntaxNode) -> bool:
    return whole.source is part.source and whole.start <= part.start < part.end <= whole.end


def _lowered(program: Program, body: Body, cuts: Cuts) -> Function:
    whole = body.function
    function = Function(whole.index, whole.name, whole.returns, whole.span, whole.end)
    problems: list[Diagnostic] = []
    body.lower(function, program.scope, problems, cuts)
    if problems:
        raise CompileError(problems)
    return function
