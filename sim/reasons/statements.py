# SPDX-License-Identifier: GPL-2.0-or-later
"""The statements of a program that can be named as the reason why it is safe."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field

from sim.classes import frozen
from sim.kernelc.lower.cuts import Cut, Cuts
from sim.kernelc.meaning.intrinsics import BARRIERS, MARKS
from sim.kernelc.model.source import Span
from sim.kernelc.program import Body, Program
from sim.kernelc.syntax.tree import SyntaxNode

_JUMPS = frozenset(("goto_statement", "break_statement", "continue_statement", "return_statement"))
_BARRIERS = frozenset(kind.call for kind in BARRIERS)
_SIMPLE = frozenset(("expression_statement", "goto_statement", "break_statement", "continue_statement"))


@frozen
class Statement:
    """A statement that can be taken away: the function that it stands in, its syntax, and its text in one line.

    `head` is where it can be pointed at: all of a simple statement, an `if` up to the end of its condition.
    """

    function: str
    head: Span
    text: str
    node: SyntaxNode = field(repr=False, eq=False)
    body: Body = field(repr=False, eq=False)

    @property
    def barrier(self) -> bool:
        """Whether it is a memory barrier and nothing else."""
        return called(self.node) in _BARRIERS

    @property
    def changes(self) -> Iterator[Cut]:
        """How it can be changed: taken away; an `if` whose body does not jump also taken as always true."""
        yield Cut.AWAY
        if self.node.type == "if_statement" and not any(node.type in _JUMPS for node in inner(self.node)):
            yield Cut.ALWAYS


def statements(program: Program) -> Iterator[Statement]:
    """All statements that can be marked, file by file as translated, each before those inside it."""
    for body in program.bodies:
        for node in inner(body.node):
            if can_be_marked(node):
                yield _statement(body, node)


def statement_at(program: Program, file: str, line: int) -> Statement | None:
    """The statement that a line names: the outermost one with text of its own there; None where there is none.

    A line with nothing that can be marked names the `if` whose body it is.
    """
    around = None
    for statement in statements(program):
        whole = _span(statement.body, statement.node)
        if whole.file != file or not whole.line <= line <= whole.end_line:
            continue
        if statement.head.line <= line <= statement.head.end_line:
            return statement
        around = statement
    return around


def places(program: Program, cuts: Cuts) -> Iterator[Span]:
    """Where the statements of a program stand that are changed: of an `if` taken as always true the condition."""
    for body in program.bodies:
        for node in inner(body.node):
            if node in cuts:
                yield _span(body, node) if cuts[node] is Cut.AWAY else _statement(body, node).head


def inner(node: SyntaxNode) -> Iterator[SyntaxNode]:
    """A node and all below it, in order of the text."""
    yield node
    for part in node.children:
        yield from inner(part)


def tokens(node: SyntaxNode) -> str:
    """The text of a node in one line."""
    return " ".join(node.text.split())


def called(node: SyntaxNode) -> str:
    """The function that an expression statement calls and does nothing else; "" where it is another statement."""
    call = node.children[0] if node.type == "expression_statement" and node.children else None
    function = call.child_by_field_name("function") if call and call.type == "call_expression" else None
    return function.text if function else ""


def can_be_marked(node: SyntaxNode) -> bool:
    """Whether a node of a function is a statement that can be marked."""
    if node.type == "if_statement":
        return node.child_by_field_name("alternative") is None
    return node.type in _SIMPLE and bool(node.children or node.type in _JUMPS) and called(node) not in MARKS


def _statement(body: Body, node: SyntaxNode) -> Statement:
    condition = node.child_by_field_name("condition") if node.type == "if_statement" else None
    whole, end = _span(body, node), _span(body, condition) if condition else None
    head = Span(whole.file, whole.line, whole.column, end.end_line, end.end_column) if end else whole
    text = f"if {tokens(condition)}" if condition else tokens(node)
    return Statement(body.function.name, head, text, node, body)


def _span(body: Body, node: SyntaxNode) -> Span:
    start, end = node.start_point, node.end_point
    return Span(body.file, start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)
