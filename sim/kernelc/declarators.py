# SPDX-License-Identifier: GPL-2.0-or-later
"""Declarations: from specifiers and declarators to names with types; struct, enum and function shapes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from sim.kernelc import expressions
from sim.kernelc.nodes import Const
from sim.kernelc.scope import Constant, Scope, TypeName, child, named, text
from sim.kernelc.specifiers import named_type, qualifiers
from sim.kernelc.tree import Node
from sim.kernelc.types import (
    INT,
    UNSIGNED,
    Array,
    Integer,
    Layout,
    Member,
    Pointer,
    Struct,
    Type,
    Void,
    constant,
    holds_lock,
    is_complete,
    size,
)

MAX_WORDS = 4000
MAX_NESTING = 50


@frozen
class Parameter:
    """A parameter of a function."""

    name: str
    type: Type
    node: Node


@frozen
class Shape:
    """What a declarator declares: a name with a type, and of a function its parameters."""

    name: str
    type: Type
    node: Node
    parameters: tuple[Parameter, ...] | None = None


def base_type(node: Node, scope: Scope) -> Type:
    """The type of a declaration before its declarators; bodies of structs and enums are read. Raises CompileError."""
    specifier = child(node, "type")
    body = specifier.child_by_field_name("body")
    if body is None:
        kind = named_type(specifier, scope)
    elif specifier.type == "struct_specifier":
        kind = define_struct(specifier, body, scope)
    elif specifier.type == "enum_specifier":
        kind = define_enum(specifier, body, scope)
    else:
        raise expressions.unsupported(specifier, scope)
    return constant(kind) if qualifiers(node, scope) else kind


def declared(node: Node, kind: Type, scope: Scope) -> Shape:
    """What one declarator of a declaration with this base type declares. Raises CompileError."""
    if node.type == "init_declarator":
        return declared(child(node, "declarator"), kind, scope)
    if node.type in ("identifier", "field_identifier", "type_identifier"):
        return Shape(text(node), kind, node)
    if node.type == "parenthesized_declarator":
        return declared(named(node)[0], kind, scope)
    if node.type == "pointer_declarator":
        pointer: Type = Pointer(kind)
        if _nesting(pointer) > MAX_NESTING:
            raise scope.error(node, f"pointers nested more than {MAX_NESTING} deep", "point to a struct")
        return declared(child(node, "declarator"), constant(pointer) if qualifiers(node, scope) else pointer, scope)
    if node.type == "array_declarator":
        return declared(child(node, "declarator"), _array(node, kind, scope), scope)
    if node.type == "function_declarator":
        inner = child(node, "declarator")
        if inner.type != "identifier":
            raise scope.error(node, "function pointers are not part of kernel C", "call functions by name")
        return Shape(text(inner), kind, inner, tuple(_parameters(child(node, "parameters"), scope)))
    raise expressions.unsupported(node, scope)


def _nesting(kind: Type) -> int:
    """How many types stand inside each other here; a pointer to a struct ends the count."""
    if isinstance(kind, Pointer) and not isinstance(kind.target, Struct):
        return 1 + _nesting(kind.target)
    if isinstance(kind, Array):
        return 1 + _nesting(kind.element)
    return kind.layout.nesting if isinstance(kind, Struct) else 1


def _array(node: Node, kind: Type, scope: Scope) -> Array:
    length = node.child_by_field_name("size")
    if not is_complete(kind) or open_array(kind):
        raise scope.error(node, f"an array of {kind}", "define the type first, with its length")
    if length is None:
        return Array(kind, -1, kind.const)
    count = constant_value(length, scope)
    if not 0 < count <= MAX_WORDS // size(kind):
        raise scope.error(length, f"an array of {count}", f"arrays have 1 to {MAX_WORDS // size(kind)} elements here")
    return Array(kind, count, kind.const)


def constant_value(node: Node, scope: Scope) -> int:
    """The value of an integer constant expression. Raises CompileError."""
    found = expressions.value(node, scope)
    if not isinstance(found, Const) or not isinstance(found.type, Integer):
        raise scope.error(node, f"{text(node)} is not an integer constant", "use numbers, enumerators and #defines")
    return found.value


def _parameters(node: Node, scope: Scope) -> Iterator[Parameter]:
    parts = named(node)
    if len(parts) == 1 and text(parts[0]) == "void":
        return
    for part in parts:
        if part.type != "parameter_declaration":
            raise expressions.unsupported(part, scope)
        yield _parameter(part, scope)


def _parameter(node: Node, scope: Scope) -> Parameter:
    kind = base_type(node, scope)
    declarator = node.child_by_field_name("declarator")
    if declarator is None:
        return Parameter("", kind, node)
    if declarator.type.startswith("abstract_"):
        while declarator is not None:
            kind = Pointer(kind)
            declarator = declarator.child_by_field_name("declarator")
        return Parameter("", kind, node)
    shape = declared(declarator, kind, scope)
    adjusted = Pointer(shape.type.element) if isinstance(shape.type, Array) else shape.type
    if isinstance(adjusted, Void) or holds_lock(adjusted):
        raise scope.error(node, f"a parameter of type {adjusted}", "pass its address")
    return Parameter(shape.name, adjusted, shape.node)


def define_type(node: Node, scope: Scope) -> None:
    """Read a struct or enum that stands alone. Raises CompileError."""
    body = node.child_by_field_name("body")
    if body is None:
        named_type(node, scope)
    elif node.type == "struct_specifier":
        define_struct(node, body, scope)
    else:
        define_enum(node, body, scope)


def define_struct(node: Node, body: Node, scope: Scope, name: str = "") -> Type:
    """Read the body of a struct; `name` is the typedef's where there is no tag. Raises CompileError."""
    tag = node.child_by_field_name("name")
    kind = named_type(node, scope) if tag is not None else Struct(name or "struct", Layout())
    if not isinstance(kind, Struct):
        raise scope.error(node, f"{kind} belongs to oomrace.h", "choose another name")
    if kind.layout.members is not None:
        raise scope.error(node, f"{kind} is already defined", "choose another name")
    members: dict[str, Member] = {}
    offset = 0
    for declaration in named(body):
        if declaration.type != "field_declaration":
            raise expressions.unsupported(declaration, scope)
        for shape in _members(declaration, scope):
            if shape.name in members:
                raise scope.error(shape.node, f"{kind} has two members {shape.name}", "rename one")
            members[shape.name] = Member(shape.name, shape.type, offset)
            offset += size(shape.type)
    if not members or offset > MAX_WORDS:
        raise scope.error(node, f"{kind} takes {offset} words", f"a struct holds 1 to {MAX_WORDS}")
    kind.layout.nesting = 1 + max(_nesting(member.type) for member in members.values())
    if kind.layout.nesting > MAX_NESTING:
        raise scope.error(node, f"structs nested more than {MAX_NESTING} deep", "point to the inner ones")
    kind.layout.members, kind.layout.size = members, offset
    return kind


def _members(node: Node, scope: Scope) -> Iterator[Shape]:
    kind = base_type(node, scope)
    declarators = node.children_by_field_name("declarator")
    if not declarators or any(part.type == "bitfield_clause" for part in node.children):
        raise scope.error(node, "a member needs a plain name", "kernel C has no bit-fields and no anonymous members")
    for part in declarators:
        shape = declared(part, kind, scope)
        if shape.parameters is not None or not is_complete(shape.type) or open_array(shape.type):
            raise scope.error(part, f"a member of type {shape.type}", "its type must be complete")
        yield shape


def open_array(kind: Type) -> bool:
    """Whether this is an array whose length its initialiser gives."""
    return isinstance(kind, Array) and kind.count < 0


def define_enum(node: Node, body: Node, scope: Scope) -> Type:
    """Read the body of an enum. Raises CompileError."""
    names: list[tuple[int, str]] = []
    following = 0
    for part in named(body):
        given = part.child_by_field_name("value")
        number = constant_value(given, scope) if given is not None else following
        if not INT.low <= number <= INT.high:
            raise scope.error(part, f"{number} does not fit into int", "enumerators are ints")
        name = child(part, "name")
        scope.define(name, text(name), Constant(INT, number))
        names.append((number, text(name)))
        following = number + 1
    tag = node.child_by_field_name("name")
    label = f"enum {text(tag)}" if tag is not None else "enum"
    basis = INT if any(number < 0 for number, _ in names) else UNSIGNED
    kind = evolve(basis, name=label, names=tuple(names))
    if tag is not None:
        if text(tag) in scope.tags:
            raise scope.error(tag, f"{text(tag)} is already defined", "choose another name")
        scope.tags[text(tag)] = kind
    return kind


def define_typedef(node: Node, scope: Scope) -> None:
    """Read a typedef. Raises CompileError."""
    specifier = child(node, "type")
    body = specifier.child_by_field_name("body")
    declarators = node.children_by_field_name("declarator")
    if body is not None and specifier.type == "struct_specifier" and specifier.child_by_field_name("name") is None:
        kind = define_struct(specifier, body, scope, text(declarators[0]))
        kind = constant(kind) if qualifiers(node, scope) else kind
    else:
        kind = base_type(node, scope)
    for part in declarators:
        shape = declared(part, kind, scope)
        if shape.parameters is not None:
            raise scope.error(part, "a typedef of a function", "kernel C has no function pointers")
        if scope.names.get(shape.name) != TypeName(shape.type):
            scope.define(part, shape.name, TypeName(shape.type))
