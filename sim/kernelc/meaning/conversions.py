# SPDX-License-Identifier: GPL-2.0-or-later
"""From places to values, and from one type to another: what C does unasked, and what it refuses."""

from __future__ import annotations

from attrs import evolve

from sim.kernelc.meaning.free import COMPARISONS, free_value
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
from sim.kernelc.model.source import Span, error
from sim.kernelc.model.types import (
    BOOL,
    Array,
    Integer,
    Lock,
    Pointer,
    Struct,
    Type,
    Void,
    common,
    holds_lock,
    is_rejected,
    is_scalar,
    plain,
    promote,
)

PLACES = (Local, Object, Deref, Part, Element)


def place_is_free(place: Place) -> bool:
    """Whether reading the place needs no instruction: a local at a known slot."""
    while isinstance(place, Part):
        place = place.base
    return isinstance(place, Local)


def value_of(node: Expr | Place) -> Expr:
    """The value of an expression: places are read, arrays become the address of their first element."""
    if not isinstance(node, PLACES):
        return node
    if isinstance(node.type, Array):
        return address_of(node, node.type.element)
    if isinstance(node.type, Lock | Struct) and holds_lock(node.type):
        raise error(node.span, f"{node.type} is a lock or has one, and no value", "use the lock functions, or members")
    return Read(plain(node.type), node.span, node, is_scalar(node.type) and place_is_free(node))


def address_of(place: Place, target: Type) -> Expr:
    """The address of a place, as a pointer to `target`; a constant where the place is static."""
    kind = Pointer(target)
    static = static_address(place)
    if static is not None:
        return Const(kind, place.span, static)
    local = root(place)
    if isinstance(local, Local):
        local.variable.taken = True
    return Address(kind, place.span, place, place.free)


def static_address(place: Place) -> int | None:
    """The address of a global object or a known part of one."""
    if isinstance(place, Object):
        return place.address
    if isinstance(place, Part):
        base = static_address(place.base)
        return None if base is None else base + place.offset
    if isinstance(place, Deref) and isinstance(place.pointer, Const) and place.pointer.value:
        return place.pointer.value
    return None


def root(place: Place) -> Place:
    """The object that a place is a part of."""
    while isinstance(place, Part | Element):
        place = place.base
    return place


def is_null(node: Expr) -> bool:
    """Whether this is a null pointer constant."""
    if not isinstance(node, Const) or node.value:
        return False
    return isinstance(node.type, Integer) or (isinstance(node.type, Pointer) and isinstance(node.type.target, Void))


def converted(node: Expr, target: Type, span: Span | None = None) -> Expr:
    """The expression converted to a scalar type, as by assignment. Raises CompileError when C would refuse."""
    target = plain(target)
    kind = node.type
    where = span or node.span
    if is_rejected(target):
        return node
    if isinstance(target, Struct):
        if kind != target:
            raise error(where, f"{kind} is not {target}", f"give a {target}")
        return node
    if isinstance(kind, Integer) and isinstance(target, Integer):
        return _cast(node, target)
    if isinstance(target, Integer) and target.bits == 1 and isinstance(kind, Pointer):
        return truth(node)
    if isinstance(target, Pointer) and is_null(node):
        return Const(target, node.span, 0)
    if isinstance(target, Pointer) and isinstance(kind, Pointer):
        if plain(kind.target) != plain(target.target) or isinstance(target.target, Void):
            raise error(where, f"{kind} is not {target}", "pointers keep their type in kernel C")
        if kind.target.const and not target.target.const:
            raise error(where, f"{kind} to {target} would drop const", "make the target const as well")
        return Convert(target, node.span, node, node.free) if not isinstance(node, Const) else _retyped(node, target)
    raise error(where, f"{kind} is not {target}", f"give a value of type {target}")


def _retyped(node: Const, target: Type) -> Const:
    return Const(target, node.span, node.value)


def _cast(node: Expr, target: Integer) -> Expr:
    if isinstance(node, Const):
        return Const(target, node.span, target.wrap(node.value))
    if node.type == target:
        return node
    return Convert(target, node.span, node, node.free)


def truth(node: Expr) -> Expr:
    """The expression as a bool. Raises CompileError for what has no truth."""
    if not is_scalar(node.type):
        raise error(node.span, f"{node.type} is neither true nor false", "compare a member of it")
    if node.type == BOOL:
        return node
    if isinstance(node, Const):
        return Const(BOOL, node.span, int(node.value != 0))
    if _is_zero_or_one(node):
        return evolve(node, type=BOOL)
    zero = Const(node.type, node.span, 0)
    return Binary(BOOL, node.span, "!=", node, zero, node.free)


def _is_zero_or_one(node: Expr) -> bool:
    """Whether an int can only be what a comparison or logic yields."""
    if isinstance(node, Binary):
        return node.operator in COMPARISONS
    return isinstance(node, Logical) or (isinstance(node, Unary) and node.operator == "!")


def promoted(node: Expr) -> Expr:
    """An integer operand after integer promotion."""
    if not isinstance(node.type, Integer):
        raise error(node.span, f"{node.type} is not an integer", "this operator computes with integers")
    return _cast(node, promote(node.type))


def balanced(left: Expr, right: Expr) -> tuple[Expr, Expr, Integer]:
    """Two integer operands brought to their common type."""
    left, right = promoted(left), promoted(right)
    assert isinstance(left.type, Integer)
    assert isinstance(right.type, Integer)
    kind = common(left.type, right.type)
    return _cast(left, kind), _cast(right, kind), kind


def common_pointer(left: Expr, right: Expr, span: Span) -> tuple[Expr, Expr, Type]:
    """Two pointers, or a pointer and null, brought to one type; const if either target is."""
    kind = right.type if is_null(left) else left.type
    if isinstance(left.type, Pointer) and isinstance(right.type, Pointer) and not is_null(left):
        kind = right.type if right.type.target.const else left.type
    if not isinstance(kind, Pointer):
        raise error(span, f"{left.type} and {right.type} cannot be compared", "compare values of one type")
    return converted(left, kind, span), converted(right, kind, span), plain(kind)


def folded(node: Expr) -> Expr:
    """The expression as a constant, if its operands are. Raises CompileError where computing it would fault."""
    if not isinstance(node, Unary | Binary | Logical | Conditional | Convert) or not _operands_known(node):
        return node
    try:
        return Const(node.type, node.span, _compute(node))
    except values.Fault as fault:
        raise error(fault.span, fault.message, "correct the constant") from None


def _operands_known(node: Unary | Binary | Logical | Conditional | Convert) -> bool:
    if isinstance(node, Conditional):
        return all(isinstance(part, Const) for part in (node.test, node.then, node.otherwise))
    if isinstance(node, Unary | Convert):
        return isinstance(node.operand, Const)
    return isinstance(node.left, Const) and isinstance(node.right, Const)


def _compute(node: Unary | Binary | Logical | Conditional | Convert) -> int:
    return free_value(node).evaluate([])
