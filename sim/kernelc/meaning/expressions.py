# SPDX-License-Identifier: GPL-2.0-or-later
"""Expressions: from syntax to typed nodes, by C's rules for kernel C's types."""

from __future__ import annotations

from sim.kernelc.meaning import assignments, operators, places, primary
from sim.kernelc.meaning.checking import RULES, Checked, check, place, unsupported, value
from sim.kernelc.model.nodes import Const
from sim.kernelc.model.types import BOOL, VOID_POINTER

__all__ = ["Checked", "check", "place", "unsupported", "value"]

RULES.update(
    {
        "identifier": primary.identifier,
        "number_literal": primary.number,
        "char_literal": primary.character,
        "true": lambda node, scope: Const(BOOL, scope.span(node), 1),
        "false": lambda node, scope: Const(BOOL, scope.span(node), 0),
        "null": lambda node, scope: Const(VOID_POINTER, scope.span(node), 0),
        "parenthesized_expression": primary.parenthesized,
        "field_expression": places.field,
        "subscript_expression": places.subscript,
        "pointer_expression": places.pointer,
        "unary_expression": operators.unary,
        "binary_expression": operators.binary,
        "conditional_expression": operators.conditional,
        "cast_expression": operators.cast,
        "assignment_expression": assignments.assignment,
        "update_expression": assignments.increment,
        "call_expression": primary.call,
    }
)
