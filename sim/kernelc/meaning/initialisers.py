# SPDX-License-Identifier: GPL-2.0-or-later
"""Initialisers: which expression goes to which word."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sim.classes import frozen
from sim.kernelc.meaning.conversions import converted
from sim.kernelc.meaning.declarators import constant_value, open_array
from sim.kernelc.meaning.expressions import value
from sim.kernelc.meaning.scope import Scope, child, named, struct_members, text
from sim.kernelc.model.nodes import Const, Expr
from sim.kernelc.model.source import error
from sim.kernelc.model.types import INT, Array, Lock, Struct, Type, is_rejected, size
from sim.kernelc.syntax.tree import SyntaxNode


@frozen
class Item:
    """One expression of an initialiser, `offset` words into the object, converted to the type there."""

    offset: int
    type: Type
    value: Expr


def completed(kind: Type, node: SyntaxNode, scope: Scope) -> Type:
    """The type of an object whose initialiser gives the length of its array. Raises CompileError."""
    if not open_array(kind):
        return kind
    assert isinstance(kind, Array)
    if node.type != "initializer_list":
        raise scope.error(node, "this array has no length", "give its length, or a list in braces")
    length = highest = 0
    for part in named(node):
        if part.type == "initializer_pair":
            highest = constant_value(named(child(part, "designator"))[0], scope)
        highest += 1
        length = max(length, highest)
    return evolve(kind, count=max(length, 1))


def items(node: SyntaxNode, kind: Type, scope: Scope, offset: int = 0) -> Iterator[Item]:
    """The expressions of an initialiser in order of the text. Raises CompileError."""
    if is_rejected(kind):
        return
    if isinstance(kind, Lock):
        _free_lock(node, kind, scope)
    elif node.type != "initializer_list":
        yield Item(offset, kind, converted(value(node, scope), kind))
    elif _zero_for_all(node, kind):
        return
    elif isinstance(kind, Array):
        yield from _elements(node, kind, scope, offset)
    elif isinstance(kind, Struct):
        yield from _members(node, kind, scope, offset)
    else:
        parts = named(node)
        if len(parts) != 1:
            raise scope.error(node, f"{len(parts)} values for one word", "give one")
        yield from items(parts[0], kind, scope, offset)


def _zero_for_all(node: SyntaxNode, kind: Type) -> bool:
    """Whether this is `{ 0 }`, which C has for all of an object, however its first word is nested."""
    parts = named(node)
    return isinstance(kind, Array | Struct) and len(parts) == 1 and text(parts[0]) == "0"


_LOCK_ADVICE = "write { 0 }: a lock starts free"


def _free_lock(node: SyntaxNode, kind: Lock, scope: Scope) -> None:
    """Check the initialiser of a lock, which C has to write somehow: nothing but 0. Raises CompileError."""
    parts = named(node) if node.type == "initializer_list" else [node]
    if len(parts) > 1 or any(part.type in ("initializer_list", "initializer_pair") for part in parts):
        raise scope.error(node, f"an initialiser of {kind} with members", _LOCK_ADVICE)
    values = [converted(value(part, scope), INT) for part in parts]
    if any(not isinstance(element, Const) or element.value for element in values):
        raise scope.error(node, f"an initialiser of {kind} that is not 0", _LOCK_ADVICE)


def _elements(node: SyntaxNode, kind: Array, scope: Scope, offset: int) -> Iterator[Item]:
    index = 0
    for part in named(node):
        inner, rest = part, []
        if part.type == "initializer_pair":
            designator, *rest = part.children_by_field_name("designator")
            inner = child(part, "value")
            if designator.type != "subscript_designator":
                raise scope.error(part, f"{text(designator)} in an array", "write [index] = value")
            index = constant_value(named(designator)[0], scope)
        if not 0 <= index < kind.count:
            raise scope.error(part, f"element {index} of {kind}", f"it has elements 0 to {kind.count - 1}")
        yield from _designated(rest, inner, kind.element, scope, offset + index * size(kind.element))
        index += 1


def _members(node: SyntaxNode, kind: Struct, scope: Scope, offset: int) -> Iterator[Item]:
    members = list((kind.layout.members or {}).values())
    names = [member.name for member in members]
    position = 0
    for part in named(node):
        inner, rest = part, []
        if part.type == "initializer_pair":
            designator, *rest = part.children_by_field_name("designator")
            inner = child(part, "value")
            name = text(designator).lstrip(". \t")
            if designator.type != "field_designator" or name not in names:
                raise scope.error(part, f"{kind} has no member {name}", f"its members are: {struct_members(kind)}")
            position = names.index(name)
        if position >= len(members):
            raise scope.error(part, f"{kind} has only {len(members)} members", "remove this value")
        member = members[position]
        yield from _designated(rest, inner, member.type, scope, offset + member.offset)
        position += 1


def _designated(
    designators: list[SyntaxNode], node: SyntaxNode, kind: Type, scope: Scope, offset: int
) -> Iterator[Item]:
    """The initialiser of what a chain of designators, ".a[2].b", names inside of an object."""
    for designator in designators:
        if isinstance(kind, Array) and designator.type == "subscript_designator":
            index = constant_value(named(designator)[0], scope)
            if not 0 <= index < kind.count:
                raise scope.error(designator, f"element {index} of {kind}", f"it has elements 0 to {kind.count - 1}")
            offset += index * size(kind.element)
            kind = kind.element
        else:
            members = kind.layout.members if isinstance(kind, Struct) else None
            member = (members or {}).get(text(designator).lstrip(". \t"))
            if member is None:
                raise scope.error(designator, f"{kind} has no {text(designator)}", "name a member or element of it")
            offset += member.offset
            kind = member.type
    _refuse_elision(node, kind, scope)
    yield from items(node, kind, scope, offset)


def _refuse_elision(node: SyntaxNode, kind: Type, scope: Scope) -> None:
    if isinstance(kind, Array) and node.type != "initializer_list":
        raise scope.error(node, f"a value where {kind} begins", "put its elements into braces")


def constants(node: SyntaxNode, kind: Type, scope: Scope) -> Iterator[tuple[int, int]]:
    """Offset and value of each word that a static initialiser sets. Raises CompileError if one is not constant."""
    if isinstance(kind, Lock) and node.type != "initializer_list":
        raise scope.error(node, f"an initialiser of {kind} without braces", _LOCK_ADVICE)
    for item in items(node, kind, scope):
        if not isinstance(item.value, Const):
            raise error(
                item.value.span,
                "this initialiser is not constant",
                "use constants, &object and &array[index]",
            )
        yield item.offset, item.value.value
