# SPDX-License-Identifier: GPL-2.0-or-later
"""The value of an expression in a frame of a thread."""

from __future__ import annotations

from collections.abc import Sequence

from sim.debugger.frames import local_name, object_text
from sim.debugger.naming import value_text
from sim.kernelc.lower.functions import variables_at
from sim.kernelc.model.code import Function
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import CompileError, Diagnostic
from sim.kernelc.model.types import Pointer
from sim.kernelc.model.values import Fault
from sim.machine.advance import Automaton
from sim.machine.letters import letters
from sim.machine.machine import Machine
from sim.machine.run import Bugged, NotPure
from sim.machine.snippet import compile_snippet
from sim.machine.state import STACK, State


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
    except CompileError as error:
        raise EvaluationError("; ".join(_brief(problem, function) for problem in error.diagnostics)) from None
    except Fault as fault:
        raise EvaluationError(f"fault: {fault.message}") from None
    except (NotPure, Bugged):
        raise EvaluationError(f"{source} has a side effect; stepping changes the machine") from None
    if snippet.place:
        return object_text(machine, state, thread, result, snippet.type)
    if isinstance(snippet.type, Pointer) and result >= STACK:
        return f"&{local_name(machine, state, thread, result)}"
    return value_text(machine.program, snippet.type, result, letters(machine))


def _brief(problem: Diagnostic, function: Function | None) -> str:
    if problem.message.startswith("unknown name "):  # nobody can declare anything here
        local = f" and no local of {function.name}" if function else ""
        return f"{problem.message}: it is no word of the kernel{local}; locals and state list some"
    return f"{problem.message} ({problem.advice})" if problem.advice else problem.message
