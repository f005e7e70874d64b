# SPDX-License-Identifier: GPL-2.0-or-later
"""Operators: arithmetic, comparison, logic, conversion."""

from __future__ import annotations

from sim.kernelc.meaning.checking import Checked, value
from sim.kernelc.meaning.conversions import balanced, common_pointer, converted, folded, is_null, promoted, truth
from sim.kernelc.meaning.free import COMPARISONS
from sim.kernelc.meaning.scope import Scope, child, text
from sim.kernelc.meaning.specifiers import described_type
from sim.kernelc.model.nodes import (
    Binary,
    Conditional,
    Const,
    Convert,
    Expr,
    Logical,
    PointerDistance,
    PointerMove,
    Unary,
)
from sim.kernelc.model.source import RejectedError
from sim.kernelc.model.types import (
    INT,
    LONG,
    Integer,
    Pointer,
    Struct,
    Type,
    Void,
    is_complete,
    is_rejected,
    is_scalar,
    plain,
    size,
)
from sim.kernelc.syntax.tree import SyntaxNode


def unary(node: SyntaxNode, scope: Scope) -> Checked:
    """Check + - ~ and !."""
    operand = value(child(node, "argument"), scope)
    return signed(text(child(node, "operator")), operand, node, scope)


def signed(sign: str, operand: Expr, node: SyntaxNode, scope: Scope) -> Expr:
    """The value of + - ~ or ! on a value."""
    span = scope.span(node)
    if sign == "!":
        test = truth(operand)
        return folded(Unary(INT, span, "!", test, test.free))
    operand = promoted(operand)
    return operand if sign == "+" else folded(Unary(operand.type, span, sign, operand, operand.free))


def binary(node: SyntaxNode, scope: Scope) -> Checked:
    """Check a binary operator."""
    sign = text(child(node, "operator"))
    left, right = value(child(node, "left"), scope), value(child(node, "right"), scope)
    if sign in ("&&", "||"):
        left, right = truth(left), truth(right)
        return folded(Logical(INT, scope.span(node), sign, left, right, left.free and right.free))
    return arithmetic(sign, left, right, node, scope)


def arithmetic(sign: str, left: Expr, right: Expr, node: SyntaxNode, scope: Scope) -> Expr:
    """A binary operation on two values. Raises CompileError."""
    span = scope.span(node)
    pointers = isinstance(left.type, Pointer) + isinstance(right.type, Pointer)
    if pointers and sign in COMPARISONS:
        left, right, _ = common_pointer(left, right, span)
        return folded(Binary(INT, span, sign, left, right, left.free and right.free))
    if pointers:
        return _pointer_arithmetic(sign, left, right, node, scope)
    if sign in ("<<", ">>"):
        left, right = promoted(left), promoted(right)
        return folded(Binary(left.type, span, sign, left, right, left.free and right.free))
    left, right, kind = balanced(left, right)
    result = INT if sign in COMPARISONS else kind
    return folded(Binary(result, span, sign, left, right, left.free and right.free))


def _pointer_arithmetic(sign: str, left: Expr, right: Expr, node: SyntaxNode, scope: Scope) -> Expr:
    if isinstance(left.type, Pointer) and isinstance(right.type, Integer) and sign in "+-":
        return moved(left, right, negative=sign == "-", node=node, scope=scope)
    if isinstance(right.type, Pointer) and isinstance(left.type, Integer) and sign == "+":
        return moved(right, left, negative=False, node=node, scope=scope)
    if isinstance(left.type, Pointer) and isinstance(right.type, Pointer) and sign == "-":
        target = left.type.target
        if plain(target) == plain(right.type.target) and is_complete(target):
            return PointerDistance(LONG, scope.span(node), left, right, size(target))
    raise scope.error(
        node, f"{left.type} {sign} {right.type}", "pointers move by integers and subtract from each other"
    )


def conditional(node: SyntaxNode, scope: Scope) -> Checked:
    """Check c ? a : b."""
    test = truth(value(child(node, "condition"), scope))
    if node.child_by_field_name("consequence") is None:
        raise scope.error(node, "?: without a middle", "write the condition twice, or use if")
    then, other = value(child(node, "consequence"), scope), value(child(node, "alternative"), scope)
    span = scope.span(node)
    kind: Type = then.type
    if isinstance(then.type, Integer) and isinstance(other.type, Integer):
        then, other, kind = balanced(then, other)
    elif is_scalar(then.type) and is_scalar(other.type):
        then, other, kind = common_pointer(then, other, span)
    elif then.type != other.type:
        raise scope.error(node, f"{then.type} or {other.type}", "both sides need one type")
    free = test.free and then.free and other.free and not isinstance(kind, Void | Struct)
    return folded(Conditional(kind, span, test, then, other, free))


def cast(node: SyntaxNode, scope: Scope) -> Checked:
    """Check a cast between integers, or of null."""
    target = described_type(child(node, "type"), scope)
    operand = value(child(node, "value"), scope)
    if is_rejected(target):
        raise RejectedError
    if isinstance(target, Void):
        return Convert(target, scope.span(node), operand, free=False)
    if isinstance(target, Pointer) and is_null(operand):
        return Const(target, scope.span(node), 0)
    if not isinstance(target, Integer) or not isinstance(operand.type, Integer):
        raise scope.error(node, f"a cast from {operand.type} to {target}", "only integers can be cast in kernel C")
    return converted(operand, target)


def moved(pointer: Expr, index: Expr, *, negative: bool, node: SyntaxNode, scope: Scope) -> Expr:
    """A pointer moved by an integer. Raises CompileError where it has no elements to count."""
    assert isinstance(pointer.type, Pointer)
    target = pointer.type.target
    if not is_complete(target):
        raise scope.error(node, f"{pointer.type} has no elements to count", "define the struct first")
    return PointerMove(plain(pointer.type), scope.span(node), pointer, converted(index, LONG), negative, size(target))
