# SPDX-License-Identifier: GPL-2.0-or-later
"""Names, literals, parentheses and calls."""

from __future__ import annotations

from attrs import evolve

from sim.kernelc.meaning import intrinsics
from sim.kernelc.meaning.checking import Checked, check, value
from sim.kernelc.meaning.conversions import converted, folded
from sim.kernelc.meaning.scope import Constant, GlobalObject, Meaning, Scope, Signature, TypeName, child, named, text
from sim.kernelc.model.nodes import Call, Const, Local, Object, Unary, Variable
from sim.kernelc.model.source import CompileError, RejectedError
from sim.kernelc.model.types import INT, is_rejected
from sim.kernelc.syntax.syntax import parse_expression
from sim.kernelc.syntax.tree import SyntaxNode
from sim.kernelc.text.literals import integer
from sim.kernelc.text.preprocess import Macro
from sim.kernelc.text.tokens import TOKEN


def identifier(node: SyntaxNode, scope: Scope) -> Checked:
    """Check a name."""
    name = text(node)
    entry = scope.find(name)
    span = scope.span(node)
    _pass_over_rejected(entry)
    match entry:
        case Variable():
            return Local(entry.type, span, entry)
        case GlobalObject():
            return Object(entry.type, span, entry.address)
        case Constant():
            _refuse_hidden(node, entry.uses, scope)
            return Const(entry.type, span, entry.value)
        case Macro():
            return _named_constant(node, name, entry, scope)
        case Signature():
            raise scope.error(node, f"{name} is a function", "call it; kernel C has no function pointers")
        case None if name == "current":
            return intrinsics.current(scope.find_tag("task_struct"), span)
        case None:
            raise scope.error(node, f"unknown name {name}", "declare it, or include its header")
        case _:
            raise scope.error(node, f"{name} is a type", "an expression is needed here")


def _pass_over_rejected(entry: Meaning | None) -> None:
    if isinstance(entry, Variable | GlobalObject | Constant | TypeName) and is_rejected(entry.type):
        raise RejectedError


# As the text of a named constant these would fall apart between other operators.
_LOOSE = frozenset(("binary_expression", "conditional_expression", "assignment_expression"))
MAX_MACROS = 20


def _named_constant(node: SyntaxNode, name: str, macro: Macro, scope: Scope) -> Checked:
    try:
        return _macro(node, name, macro, scope)
    except CompileError:
        root_scope = list(scope.chain())[-1]
        if root_scope.problems is not None:
            root_scope.reject(name)
        raise


def _macro(node: SyntaxNode, name: str, macro: Macro, scope: Scope) -> Checked:
    if not macro.text:
        raise scope.error(node, f"{name} is defined without a value", "give it one in its #define")
    if scope.macros >= MAX_MACROS:
        raise scope.error(node, f"{name} is defined by more than {MAX_MACROS} names, or by itself", "give it a number")
    root_scope = list(scope.chain())[-1]
    parsed = parse_expression(macro.text, root_scope.names_type)
    if parsed is None or parsed.type in _LOOSE:
        advice = f"its #define at {macro.span} must be one expression, in parentheses if it has operators"
        raise scope.error(node, f"{name} is not a constant", advice)
    try:
        constant = value(parsed, Scope(name, root_scope, macros=scope.macros + 1))
    except CompileError as problem:
        raise CompileError(evolve(diagnostic, span=macro.span) for diagnostic in problem.diagnostics) from None
    if not isinstance(constant, Const):
        raise scope.error(
            node, f"{name} is not a constant", f"its #define at {macro.span} must be known at compile time"
        )
    root_scope.names[name] = Constant(constant.type, constant.value, _uses(macro, root_scope))
    return identifier(node, scope)


def _uses(macro: Macro, root_scope: Scope) -> frozenset[str]:
    """The names from which a named constant is made, over all others that it is made from."""
    direct = {word for word in TOKEN.findall(macro.text) if word in root_scope.names}
    entries = [root_scope.names[word] for word in direct]
    return frozenset(direct.union(*(entry.uses for entry in entries if isinstance(entry, Constant))))


def _refuse_hidden(node: SyntaxNode, uses: frozenset[str], scope: Scope) -> None:
    """Raise CompileError where a named constant, which is put in as text, would take names for inner ones."""
    inner = [block for block in scope.chain() if block.outer is not None]
    for name in sorted(uses):
        if any(name in block.names for block in inner):
            message = f"{text(node)} is made from {name}, which means something else here"
            raise scope.error(node, message, f"give the inner {name} another name")


def number(node: SyntaxNode, scope: Scope) -> Checked:
    """Check an integer literal."""
    literal = text(node)
    try:
        kind, number = integer(literal.lstrip("+-"))
    except ValueError as problem:
        raise scope.error(node, str(problem), "write a decimal, octal or hexadecimal integer") from None
    magnitude = Const(kind, scope.span(node), number)
    return folded(Unary(kind, magnitude.span, "-", magnitude, free=True)) if literal[0] == "-" else magnitude


def character(node: SyntaxNode, scope: Scope) -> Checked:
    """Check a character literal."""
    content = text(node)[1:-1]
    if len(content) != 1 or not content.isascii():
        raise scope.error(node, f"{text(node)} is not a plain character", "write one ASCII character, or its number")
    return Const(INT, scope.span(node), ord(content))


def parenthesized(node: SyntaxNode, scope: Scope) -> Checked:
    """Check what stands in parentheses."""
    return check(named(node)[0], scope)


def call(node: SyntaxNode, scope: Scope) -> Checked:
    """Check a call of a function or an intrinsic."""
    callee = child(node, "function")
    while callee.type == "parenthesized_expression":
        callee = named(callee)[0]
    if callee.type != "identifier":
        check(callee, scope)
        raise scope.error(node, "a call of something that is not a name", "kernel C has no function pointers")
    name = text(callee)
    arguments = named(child(node, "arguments"))
    entry = scope.find(name)
    if entry is None and name in intrinsics.NAMES:
        checked = [check(argument, scope) for argument in arguments]
        return intrinsics.call(name, checked, scope.span(node), scope.find_tag("zone"))
    _pass_over_rejected(entry)
    if not isinstance(entry, Signature):
        problem = f"{name} is not a function" if entry else f"unknown function {name}"
        raise scope.error(node, problem, "define it, or include its header")
    if len(arguments) != len(entry.parameters):
        raise scope.error(node, f"{name} takes {len(entry.parameters)} arguments, not {len(arguments)}", "match them")
    given = [converted(value(a, scope), p) for a, p in zip(arguments, entry.parameters, strict=True)]
    if is_rejected(entry.returns):
        raise RejectedError
    return Call(entry.returns, scope.span(node), entry.index, tuple(given))
