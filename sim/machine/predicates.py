# SPDX-License-Identifier: GPL-2.0-or-later
"""The predicates of a level: pure kernel C, evaluated on memory without taking a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sim.kernelc.model.code import Function
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import NOWHERE
from sim.kernelc.model.types import Pointer, constant
from sim.kernelc.model.values import Fault
from sim.kernelc.program import Program
from sim.machine.advance import Automaton
from sim.machine.image import Image
from sim.machine.memo import Memo
from sim.machine.run import Bugged, NotPure, ThreadConstants
from sim.machine.setup import setup_error
from sim.machine.snippet import compile_snippet

Memory: TypeAlias = Sequence[int]  # only indexed


def compile_exhausted(automaton: Automaton, call: str, letter: str) -> Callable[[Memory], bool] | None:
    """Whether a thread's eligible nodes are exhausted, by the level's call; None without one.

    Raises CompileError for a call that does not fit, or goes wrong on the memory of boot. The result raises Fault.
    """
    if not call:
        return None
    function, arguments = automaton.program.call(call, f"thread {letter}: exhausted")

    verdict = Memo(lambda memory: bool(_ask(automaton, function, arguments, memory)))
    try:
        verdict(automaton.image.memory)
    except Fault as problem:
        raise setup_error(f"thread {letter}: exhausted", f"{call}: {problem}", "correct the call") from None
    return verdict


def compile_allowed(program: Program, image: Image, expression: str) -> Callable[[Memory, int], bool]:
    """Whether a page of a zone, by address, may be given out; always where the level says nothing.

    Raises CompileError; the result raises Fault.
    """
    if not expression:
        return lambda _memory, _zone: True
    zone = program.scope.find_tag("zone")
    if zone is None:
        raise setup_error("allowed", "the kernel has no struct zone", "leave `allowed` out")
    variable = Variable("zone", Pointer(constant(zone)), 1, NOWHERE, NOWHERE)
    snippet = compile_snippet(program, expression, "allowed", (variable,), truth=True, frame_size=2)
    snippet.function.parameters = (variable,)
    automaton = Automaton(snippet.program, image, ThreadConstants(0))
    return lambda memory, address: bool(_ask(automaton, snippet.function, (address,), memory))


def compile_condition(program: Program, image: Image, expression: str) -> Callable[[Memory], bool]:
    """The goal's condition on memory; always true where there is none. Raises CompileError; the result raises Fault."""
    if not expression:
        return lambda _memory: True
    snippet = compile_snippet(program, expression, "goal", truth=True)
    automaton = Automaton(snippet.program, image, ThreadConstants(0))
    return lambda memory: bool(_ask(automaton, snippet.function, (), memory))


def _ask(automaton: Automaton, function: Function, arguments: Sequence[int], memory: Memory) -> int:
    try:
        return automaton.evaluate(function, arguments, memory)[0] or 0
    except Bugged as bug:
        raise Fault(bug.span, "BUG_ON is true") from None
    except NotPure:
        raise Fault(function.span, f"{function.name} changes something; a predicate only reads") from None
