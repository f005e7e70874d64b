# SPDX-License-Identifier: GPL-2.0-or-later
"""Assignments: =, op=, ++ and --."""

from __future__ import annotations

from sim.kernelc.meaning.checking import Checked, place, value
from sim.kernelc.meaning.conversions import converted
from sim.kernelc.meaning.operators import arithmetic, signed
from sim.kernelc.meaning.scope import Scope, child, text
from sim.kernelc.model.nodes import Assign, Const, Expr, Local, Place, Read, Update, Variable
from sim.kernelc.model.types import INT, is_scalar, plain
from sim.kernelc.syntax.tree import SyntaxNode


def assignment(node: SyntaxNode, scope: Scope) -> Checked:
    """Check = and op=."""
    target = place(child(node, "left"), scope)
    operand = value(child(node, "right"), scope)
    sign = text(child(node, "operator"))
    span = scope.span(node)
    if sign == "=":
        return Assign(plain(target.type), span, target, converted(operand, target.type))
    return _update(sign[:-1], target, operand, node, scope, postfix=False)


def increment(node: SyntaxNode, scope: Scope) -> Checked:
    """Check ++ and --, before or behind."""
    argument = child(node, "argument")
    return _incremented(argument, node, scope, postfix=argument.start == node.start)


def _incremented(argument: SyntaxNode, node: SyntaxNode, scope: Scope, *, postfix: bool) -> Expr:
    if postfix and argument.type == "unary_expression":  # tree-sitter reads !x++ as (!x)++
        inner = _incremented(child(argument, "argument"), node, scope, postfix=True)
        return signed(text(child(argument, "operator")), inner, node, scope)
    target = place(argument, scope)
    step = Const(INT, scope.span(node), 1)
    return _update(text(child(node, "operator"))[0], target, step, node, scope, postfix=postfix)


def _update(sign: str, target: Place, operand: Expr, node: SyntaxNode, scope: Scope, *, postfix: bool) -> Update:
    if not is_scalar(target.type):
        raise scope.error(node, f"{target.type} cannot be computed with", "assign it as a whole, or its members")
    span = scope.span(node)
    old = Variable(text(node), plain(target.type), -1, span, span)
    step = Variable(text(node), operand.type, -1, span, span)
    left = Read(old.type, span, Local(old.type, span, old), free=True)
    right = operand if isinstance(operand, Const) else Read(step.type, span, Local(step.type, span, step), free=True)
    change = converted(arithmetic(sign, left, right, node, scope), target.type)
    return Update(plain(target.type), span, target, old, operand, step, change, postfix)
