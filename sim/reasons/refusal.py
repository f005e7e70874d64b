# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a line names no statement that could be marked."""

from __future__ import annotations

from typing import Final

from sim.kernelc.meaning.intrinsics import MARKS
from sim.kernelc.program import Body, Program
from sim.kernelc.syntax.tree import SyntaxNode
from sim.reasons.statements import called, can_be_marked, inner

_LOOP: Final = "a loop cannot be marked"
_KINDS: Final = {
    "declaration": "a declaration cannot be marked",
    "for_statement": _LOOP,
    "while_statement": _LOOP,
    "do_statement": _LOOP,
    "return_statement": "a return cannot be marked: without it the function would not end",
    "if_statement": "an `if` with an `else` cannot be marked",
    "switch_statement": "a switch cannot be marked",
}
_EMPTY: Final = "nothing on this line can be marked"
_OUTSIDE: Final = "this line stands in no function: only statements can be marked"


def refusal(program: Program, file: str, line: int) -> str:
    """Why no statement is named by a line, in a clause; `statement_at` has found none there."""
    source = program.files.get(file)
    if source is None:
        return f"there is no file {file} in this kernel"
    if not 1 <= line <= len(source.lines):
        return f"{file} has no line {line}"
    if not source.lines[line - 1].strip():
        return _EMPTY
    bodies = [body for body in program.bodies if body.file == file and _on(body.node, line)]
    if not bodies:
        return _OUTSIDE
    return next(filter(None, (_kind(node) for body in bodies for node in _begun(body, line))), _EMPTY)


def _on(node: SyntaxNode, line: int) -> bool:
    return node.start_point[0] < line <= node.end_point[0] + 1


def _begun(body: Body, line: int) -> list[SyntaxNode]:
    """The nodes of a function that begin on a line, or else those that go on there, the innermost last."""
    nodes = [node for node in inner(body.node) if node is not body.node and _on(node, line)]
    return [node for node in nodes if node.start_point[0] + 1 == line] or nodes


def _kind(node: SyntaxNode) -> str:
    if called(node) in MARKS:
        return f"{called(node)}() belongs to the model, not to the kernel: it only tells the game where a thread is"
    why = _KINDS.get(node.type, "")
    inside = any(can_be_marked(part) for part in inner(node) if part is not node)
    return f"{why}; statements in it can" if why and inside else why
