# SPDX-License-Identifier: GPL-2.0-or-later
"""Members, elements, and what pointers point to."""

from __future__ import annotations

from sim.kernelc.meaning.checking import Checked, check, value
from sim.kernelc.meaning.conversions import PLACES, address_of, converted, value_of
from sim.kernelc.meaning.operators import moved
from sim.kernelc.meaning.scope import Scope, child, struct_members, text
from sim.kernelc.model.nodes import Const, Deref, Element, Expr, Field, Local, Part, Place
from sim.kernelc.model.source import RejectedError
from sim.kernelc.model.types import (
    LONG,
    Array,
    Integer,
    Pointer,
    Struct,
    constant,
    is_complete,
    is_rejected,
    plain,
    size,
)
from sim.kernelc.syntax.tree import SyntaxNode


def field(node: SyntaxNode, scope: Scope) -> Checked:
    """Check . and ->."""
    name = text(child(node, "field"))
    if text(child(node, "operator")) == "->":
        pointer = value(child(node, "argument"), scope)
        if not isinstance(pointer.type, Pointer):
            raise scope.error(node, f"{pointer.type} is not a pointer", "use . for members of an object")
        base: Checked = Deref(pointer.type.target, pointer.span, pointer, pointer.free)
    else:
        base = check(child(node, "argument"), scope)
    return member(base, name, node, scope)


def member(base: Checked, name: str, node: SyntaxNode, scope: Scope) -> Checked:
    """A member of an object, or of a struct that a call returned, by name. Raises CompileError when there is none."""
    kind = base.type
    if not isinstance(kind, Struct):
        raise scope.error(node, f"{kind} has no members", "use -> on a pointer to a struct, . on a struct")
    member = (kind.layout.members or {}).get(name)
    if member is None and kind.layout.rejected:
        raise RejectedError
    if member is None and kind.layout.members is None:
        raise scope.error(node, f"{kind} is not defined", "define it, or include its header")
    if member is None:
        raise scope.error(node, f"{kind} has no member {name}", f"its members are: {struct_members(kind)}")
    if is_rejected(member.type):
        raise RejectedError
    type_ = constant(member.type) if kind.const else member.type
    if isinstance(base, PLACES):
        return Part(type_, scope.span(node), base, member.offset, base.free)
    if isinstance(type_, Array):
        raise scope.error(node, "an array inside of a value", "store the value in a variable first")
    return Field(plain(type_), scope.span(node), base, member.offset)


def subscript(node: SyntaxNode, scope: Scope) -> Checked:
    """Check an element."""
    base = check(child(node, "argument"), scope)
    index = value(child(node, "index"), scope)
    span = scope.span(node)
    if not isinstance(index.type, Integer):
        raise scope.error(node, f"an index of type {index.type}", "index with an integer")
    if isinstance(base, PLACES) and isinstance(base.type, Array):
        return element(base, base.type, index, base.type.count, node, scope)
    pointer = value_of(base)
    if not isinstance(pointer.type, Pointer):
        raise scope.error(node, f"{pointer.type} cannot be indexed", "index an array or a pointer")
    target = moved(pointer, index, negative=False, node=node, scope=scope)
    return Deref(pointer.type.target, span, target, target.free)


def element(base: Place, kind: Array, index: Expr, count: int, node: SyntaxNode, scope: Scope) -> Place:
    """An element of an array object, of the first `count`. Raises CompileError when a known index is outside."""
    stride = size(kind.element)
    span = scope.span(node)
    if isinstance(index, Const):
        if not 0 <= index.value < count:
            raise scope.error(node, f"index {index.value} is outside of {kind}", f"use 0 to {kind.count - 1}")
        return Part(kind.element, span, base, index.value * stride, base.free)
    holder: Checked = base
    while isinstance(holder, Part | Element):
        holder = holder.base
    if isinstance(holder, Local):
        holder.variable.taken = True
    free = base.free and index.free
    return Element(kind.element, span, base, converted(index, LONG), count, stride, free)


def _element_or_past(node: SyntaxNode, scope: Scope) -> Checked:
    """What & is applied to: an element, or the place behind the last one, which has an address but no word."""
    base = check(child(node, "argument"), scope)
    if not isinstance(base, PLACES) or not isinstance(base.type, Array):
        return check(node, scope)
    index = value(child(node, "index"), scope)
    if not isinstance(index.type, Integer):
        return check(node, scope)
    return element(base, base.type, index, base.type.count + 1, node, scope)


def pointer(node: SyntaxNode, scope: Scope) -> Checked:
    """Check * and &."""
    argument = child(node, "argument")
    if text(child(node, "operator")) == "*":
        pointer = value(argument, scope)
        if not isinstance(pointer.type, Pointer) or not is_complete(pointer.type.target):
            raise scope.error(node, f"{pointer.type} points to nothing that can be read", "dereference a pointer")
        return Deref(pointer.type.target, scope.span(node), pointer, pointer.free)
    place = _element_or_past(argument, scope) if argument.type == "subscript_expression" else check(argument, scope)
    if not isinstance(place, PLACES):
        raise scope.error(node, f"{text(argument)} has no address", "take the address of a variable or member")
    return address_of(place, place.type)
