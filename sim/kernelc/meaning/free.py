# SPDX-License-Identifier: GPL-2.0-or-later
"""Typed expressions that need no instruction, as computations on the frame."""

from __future__ import annotations

from sim.kernelc.model import values
from sim.kernelc.model.nodes import (
    Address,
    Binary,
    Conditional,
    Const,
    Convert,
    Deref,
    Element,
    Expr,
    Local,
    Logical,
    Object,
    Part,
    Place,
    Read,
    Unary,
)
from sim.kernelc.model.types import INT, Integer, Pointer
from sim.kernelc.model.values import Value

COMPARISONS = frozenset(("==", "!=", "<", ">", "<=", ">="))


def free_value(node: Expr) -> Value:
    """The computation of a free expression."""
    match node:
        case Const():
            return values.constant(node.value)
        case Read():
            index, name = local_slot(node.place)
            return values.slot(index, node.span, name)
        case Address():
            return free_address(node.place)
        case Unary():
            return values.unary(node.operator, free_value(node.operand), _integer(node), node.span)
        case Binary():
            return operation(node, free_value(node.left), free_value(node.right))
        case Logical():
            return values.logical(node.operator, free_value(node.left), free_value(node.right))
        case Conditional():
            return values.choice(free_value(node.test), free_value(node.then), free_value(node.otherwise))
        case Convert():
            return values.convert(free_value(node.operand), node.type)
        case _:
            raise AssertionError(f"{node} needs instructions")


def operation(node: Binary, left: Value, right: Value) -> Value:
    """A binary operation on computed operands."""
    if node.operator in COMPARISONS:
        return values.comparison(node.operator, left, right)
    return values.binary(node.operator, left, right, _integer(node), node.span)


def local_slot(place: Place) -> tuple[int, str]:
    """The slot of a local object or a known part of one, and the variable's name."""
    offset = 0
    while isinstance(place, Part):
        offset += place.offset
        place = place.base
    assert isinstance(place, Local)
    return place.variable.slot + offset, place.variable.name


def free_address(place: Place) -> Value:
    """The address of a place whose address is free."""
    match place:
        case Local():
            return values.frame_address(place.variable.slot)
        case Object():
            return values.constant(place.address)
        case Part():
            return values.offset(free_address(place.base), place.offset)
        case Deref():
            return free_value(place.pointer)
        case Element():
            index = free_value(place.index)
            return values.scaled(free_address(place.base), index, place.count, place.stride, place.span)


def _integer(node: Expr) -> Integer:
    if isinstance(node.type, Pointer):
        return INT
    assert isinstance(node.type, Integer)
    return node.type
