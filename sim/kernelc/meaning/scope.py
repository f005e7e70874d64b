# SPDX-License-Identifier: GPL-2.0-or-later
"""What a name means at a place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field

from sim.classes import define, frozen
from sim.kernelc.meaning.intrinsics import LOCK_TYPES
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import CompileError, Diagnostic, Span, error
from sim.kernelc.model.types import REJECTED, Struct, Type
from sim.kernelc.syntax.tree import SyntaxNode
from sim.kernelc.text.preprocess import Macro


@frozen
class GlobalObject:
    """A global object and where it starts."""

    type: Type
    address: int


@frozen
class Constant:
    """An enumerator or a named constant whose value is known; `uses` are the names in the text of a named constant."""

    type: Type
    value: int
    uses: frozenset[str] = frozenset()


@frozen
class TypeName:
    """A typedef."""

    type: Type


@frozen
class Signature:
    """A function: its index among the program's functions, what it returns and takes."""

    index: int
    name: str
    returns: Type
    parameters: tuple[Type, ...]


Meaning: TypeAlias = Variable | GlobalObject | Constant | TypeName | Signature | Macro


@define
class Scope:
    """Names and struct or enum tags, innermost first; `file` is the file being read, for places.

    `macros` counts the named constants inside which this scope reads the text of another; `problems` collects what is
    wrong with declarations, which go on as if they were right.
    """

    file: str
    outer: Scope | None = None
    names: dict[str, Meaning] = field(factory=dict)
    tags: dict[str, Type] = field(factory=dict)
    macros: int = 0
    problems: list[Diagnostic] | None = None

    def span(self, node: SyntaxNode) -> Span:
        """Where a syntax node stands."""
        start, end = node.start_point, node.end_point
        return Span(self.file, start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)

    def error(self, node: SyntaxNode, message: str, advice: str = "") -> CompileError:
        """An error at a syntax node."""
        return error(self.span(node), message, advice)

    def report(self, problem: CompileError) -> None:
        """Keep what is wrong with a declaration. Raises it where nobody collects."""
        collected = next((scope.problems for scope in self.chain() if scope.problems is not None), None)
        if collected is None:
            raise problem
        collected += problem.diagnostics

    def reject(self, name: str) -> None:
        """A name whose declaration was reported: what uses it is passed over in silence."""
        self.names[name] = Constant(REJECTED, 0)

    def find(self, name: str) -> Meaning | None:
        """The innermost meaning of a name."""
        for scope in self.chain():
            if name in scope.names:
                return scope.names[name]
        return None

    def find_tag(self, tag: str) -> Type | None:
        """The innermost struct or enum with this tag."""
        for scope in self.chain():
            if tag in scope.tags:
                return scope.tags[tag]
        return None

    def chain(self) -> Iterator[Scope]:
        """This scope, then the ones around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def names_type(self, name: str) -> bool | None:
        """Whether a name means a type here; None if it means nothing."""
        entry = self.find(name)
        if entry is None:
            return True if name in LOCK_TYPES else None
        return isinstance(entry, TypeName)

    def define(self, node: SyntaxNode, name: str, entry: Meaning) -> None:
        """Give a name its meaning in this scope. Raises CompileError when it has one already, and rejects it then."""
        if name in self.names:
            self.reject(name)
            raise self.error(node, f"{name} is already declared here", "choose another name")
        self.names[name] = entry


def text(node: SyntaxNode) -> str:
    """The source text of a syntax node."""
    return node.text


def named(node: SyntaxNode) -> list[SyntaxNode]:
    """The children of a syntax node that are more than punctuation."""
    return [child for child in node.children if child.named]


def child(node: SyntaxNode, name: str) -> SyntaxNode:
    """A field that the grammar guarantees; for broken trees, the node itself."""
    return node.child_by_field_name(name) or node


def struct_members(kind: Struct) -> str:
    """The names of a struct's members, for messages."""
    return ", ".join(kind.layout.members or {}) or "none"
