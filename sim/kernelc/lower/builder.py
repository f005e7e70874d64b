# SPDX-License-Identifier: GPL-2.0-or-later
"""The code of one function while it grows: slots, labels and instructions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from attrs import field

from sim.classes import define
from sim.kernelc.lower.cuts import Cuts
from sim.kernelc.meaning.declarators import MAX_WORDS
from sim.kernelc.meaning.scope import Scope
from sim.kernelc.model import values
from sim.kernelc.model.code import Compute, Enter, Instruction, Jump, Target
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import NOWHERE, CompileError, Diagnostic, Span, error
from sim.kernelc.model.types import Type, size
from sim.kernelc.model.values import Value
from sim.kernelc.syntax.tree import SyntaxNode

MAX_INSTRUCTIONS = 20_000


@define
class Builder:
    """Instructions and slots of the function being lowered, and what is wrong with it.

    `cuts` are left out. `failed` says that something was left out, with or without a problem of its own.
    """

    name: str
    returns: Type
    scope: Scope
    end: Span = NOWHERE
    problems: list[Diagnostic] = field(factory=list)
    cuts: Cuts = field(factory=dict)
    failed: bool = False
    code: list[Instruction] = field(factory=list)
    variables: list[Variable] = field(factory=list)
    labels: dict[str, Target] = field(factory=dict)
    label_uses: dict[str, tuple[SyntaxNode, Scope]] = field(factory=dict)
    frame_size: int = 1
    temporaries: set[int] = field(factory=set)
    idle: list[int] = field(factory=list)
    used: list[int] = field(factory=list)
    breaks: list[Target] = field(factory=list)
    continues: list[Target] = field(factory=list)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Keep the problems of what is lowered inside, and go on behind it."""
        try:
            yield
        except CompileError as problem:
            self.problems += problem.diagnostics
            self.failed = True

    def emit(self, instruction: Instruction) -> None:
        """Append an instruction. Raises CompileError when the function gets too long."""
        if len(self.code) >= MAX_INSTRUCTIONS:
            what = f"{self.name} takes more than {MAX_INSTRUCTIONS} instructions"
            raise error(instruction.span, what, "copy less, or split it up")
        self.code.append(instruction)

    def place(self, target: Target) -> None:
        """Let a target be the next instruction."""
        target.pc = len(self.code)

    def jump(self, target: Target, span: Span) -> None:
        """Go on at a target."""
        self.emit(Jump(span, target))

    def label(self, name: str, span: Span) -> None:
        """A label of the source stands here."""
        self.place(self.labels.setdefault(name, Target()))
        self.emit(Enter(span, name))

    def variable(self, name: str, kind: Type, span: Span, scope_end: Span) -> Variable:
        """A new named local with slots of its own. Raises CompileError when the frame gets too large."""
        variable = Variable(name, kind, self.frame_size, span, scope_end)
        self.frame_size += size(kind)
        if self.frame_size > MAX_WORDS:
            raise error(span, f"the locals of {self.name} take more than {MAX_WORDS} words", "make them smaller")
        self.variables.append(variable)
        return variable

    def temporary(self) -> int:
        """A slot for a value within the current statement."""
        if self.idle:
            index = self.idle.pop()
        else:
            index = self.frame_size
            self.frame_size += 1
            self.temporaries.add(index)
        self.used.append(index)
        return index

    def end_statement(self) -> None:
        """The temporaries of the statement are free again."""
        self.idle += reversed(self.used)
        self.used.clear()

    def captured(self, value: Value, span: Span) -> Value:
        """The value as it is now: later changes of variables do not reach it."""
        if value.constant is not None or value.reads <= self.temporaries:
            return value
        index = self.temporary()
        self.emit(Compute(span, index, value))
        return self.held(index, span)

    def held(self, index: int, span: Span) -> Value:
        """What a temporary slot holds."""
        return values.slot(index, span, "a word of this expression")
