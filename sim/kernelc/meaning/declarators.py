# SPDX-License-Identifier: GPL-2.0-or-later
"""Declarations: from specifiers and declarators to names with types; struct, enum and function shapes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sim.classes import frozen
from sim.kernelc.meaning import expressions
from sim.kernelc.meaning.scope import Constant, Scope, TypeName, child, named, text
from sim.kernelc.meaning.specifiers import named_type, qualifiers
from sim.kernelc.model.nodes import Const
from sim.kernelc.model.source import CompileError
from sim.kernelc.model.types import (
    INT,
    REJECTED,
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
    is_rejected,
    size,
)
from sim.kernelc.syntax.tree import SyntaxNode

MAX_WORDS = 4000
MAX_NESTING = 50


@frozen
class Parameter:
    """A parameter of a function."""

    name: str
    type: Type
    node: SyntaxNode


@frozen
class Shape:
    """What a declarator declares: a name with a type, and of a function its parameters."""

    name: str
    type: Type
    node: SyntaxNode
    parameters: tuple[Parameter, ...] | None = None


def base_type(node: SyntaxNode, scope: Scope) -> Type:
    """The type of a declaration before its declarators; bodies of structs and enums are read.

    What is wrong with it is reported.
    """
    try:
        kind = _specified(child(node, "type"), scope)
    except CompileError as problem:
        scope.report(problem)
        kind = REJECTED
    return constant(kind) if qualifiers(node, scope) else kind


def _specified(specifier: SyntaxNode, scope: Scope) -> Type:
    body = specifier.child_by_field_name("body")
    if body is None:
        return named_type(specifier, scope)
    if specifier.type == "struct_specifier":
        return define_struct(specifier, body, scope)
    if specifier.type == "enum_specifier":
        return define_enum(specifier, body, scope)
    raise expressions.unsupported(specifier, scope)


_NAMES = ("identifier", "field_identifier", "type_identifier")


def rejected(node: SyntaxNode, scope: Scope, problem: CompileError) -> None:
    """Report what is wrong with a declarator; its name is declared all the same, if it is not yet."""
    scope.report(problem)
    name = declared_name(node)
    if name and name not in scope.names:
        scope.reject(name)


def declared_name(node: SyntaxNode) -> str:
    """The name in a declarator; "" if there is none."""
    if node.type in _NAMES:
        return text(node)
    inner = node.child_by_field_name("declarator")
    parts = [inner] if inner is not None else [part for part in named(node) if _may_hold_name(part)]
    return next((name for part in parts if (name := declared_name(part))), "")


def _may_hold_name(node: SyntaxNode) -> bool:
    return node.type in _NAMES or node.type.endswith("declarator")


def declared(node: SyntaxNode, kind: Type, scope: Scope) -> Shape:
    """What one declarator of a declaration with this base type declares. Raises CompileError."""
    if node.type == "init_declarator":
        return declared(child(node, "declarator"), kind, scope)
    if node.type in _NAMES:
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
            raise _no_function_pointers(node, scope)
        return Shape(text(inner), kind, inner, tuple(_parameters(child(node, "parameters"), scope)))
    raise expressions.unsupported(node, scope)


def _no_function_pointers(node: SyntaxNode, scope: Scope) -> CompileError:
    return scope.error(node, "function pointers are not part of kernel C", "call functions by name")


def _nesting(kind: Type) -> int:
    """How many types stand inside each other here; a pointer to a struct ends the count."""
    if isinstance(kind, Pointer) and not isinstance(kind.target, Struct):
        return 1 + _nesting(kind.target)
    if isinstance(kind, Array):
        return 1 + _nesting(kind.element)
    return kind.layout.nesting if isinstance(kind, Struct) else 1


def _array(node: SyntaxNode, kind: Type, scope: Scope) -> Type:
    if is_rejected(kind):
        return REJECTED
    length = node.child_by_field_name("size")
    if not is_complete(kind) or open_array(kind):
        raise scope.error(node, f"an array of {kind}", "define the type first, with its length")
    if length is None:
        return Array(kind, -1, kind.const)
    count = constant_value(length, scope)
    if not 0 < count <= MAX_WORDS // size(kind):
        raise scope.error(length, f"an array of {count}", f"arrays have 1 to {MAX_WORDS // size(kind)} elements here")
    return Array(kind, count, kind.const)


def constant_value(node: SyntaxNode, scope: Scope) -> int:
    """The value of an integer constant expression. Raises CompileError."""
    length = expressions.value(node, scope)
    if not isinstance(length, Const) or not isinstance(length.type, Integer):
        raise scope.error(node, f"{text(node)} is not an integer constant", "use numbers, enumerators and #defines")
    return length.value


def _parameters(node: SyntaxNode, scope: Scope) -> Iterator[Parameter]:
    parts = named(node)
    if len(parts) == 1 and text(parts[0]) == "void":
        return
    for part in parts:
        if part.type == "identifier":
            raise scope.error(part, f"parameter {text(part)} has no type", "write one before its name")
        if part.type != "parameter_declaration":
            raise expressions.unsupported(part, scope)
        try:
            yield _parameter(part, scope)
        except CompileError as problem:
            scope.report(problem)
            yield Parameter(declared_name(part), REJECTED, part)


def _parameter(node: SyntaxNode, scope: Scope) -> Parameter:
    kind = base_type(node, scope)
    declarator = node.child_by_field_name("declarator")
    if declarator is None:
        return Parameter("", kind, node)
    if declarator.type.startswith("abstract_"):
        while declarator is not None:
            if declarator.type == "abstract_function_declarator":
                raise _no_function_pointers(node, scope)
            kind = Pointer(kind)
            declarator = declarator.child_by_field_name("declarator")
        return Parameter("", kind, node)
    shape = declared(declarator, kind, scope)
    if shape.parameters is not None:
        raise _no_function_pointers(node, scope)
    adjusted = Pointer(shape.type.element) if isinstance(shape.type, Array) else shape.type
    if isinstance(adjusted, Void) or holds_lock(adjusted):
        raise scope.error(node, f"a parameter of type {adjusted}", "pass its address")
    return Parameter(shape.name, adjusted, shape.node)


def define_type(node: SyntaxNode, scope: Scope) -> None:
    """Read a struct or enum that stands alone. Raises CompileError."""
    body = node.child_by_field_name("body")
    if body is None:
        named_type(node, scope)
    elif node.type == "struct_specifier":
        define_struct(node, body, scope)
    else:
        define_enum(node, body, scope)


def define_struct(node: SyntaxNode, body: SyntaxNode, scope: Scope, name: str = "") -> Type:
    """Read the body of a struct; `name` is the typedef's where there is no tag. What is wrong inside is reported.

    Raises CompileError when the struct cannot be defined here.
    """
    tag = node.child_by_field_name("name")
    kind = named_type(node, scope) if tag is not None else Struct(name or "struct", Layout())
    if not isinstance(kind, Struct):
        raise scope.error(node, f"{kind} belongs to oomrace.h", "choose another name")
    if kind.layout.members is not None:
        raise scope.error(node, f"{kind} is already defined", "choose another name")
    members: dict[str, Member] = {}
    offset = 0
    for declaration in named(body):
        for shape in _members(declaration, kind.layout, scope):
            if shape.name in members:
                scope.report(scope.error(shape.node, f"{kind} has two members {shape.name}", "rename one"))
            members[shape.name] = Member(shape.name, shape.type, offset)
            offset += size(shape.type)
    _lay_out(kind, members, offset, node, scope)
    return kind


def _lay_out(kind: Struct, members: dict[str, Member], words: int, node: SyntaxNode, scope: Scope) -> None:
    nesting = 1 + max((_nesting(member.type) for member in members.values()), default=0)
    problem = None
    if nesting > MAX_NESTING:
        problem = scope.error(node, f"structs nested more than {MAX_NESTING} deep", "point to the inner ones")
    elif words > MAX_WORDS or not (members or kind.layout.rejected):
        problem = scope.error(node, f"{kind} takes {words} words", f"a struct holds 1 to {MAX_WORDS}")
    if problem is not None:
        scope.report(problem)
        members, words, nesting, kind.layout.rejected = {}, 1, 1, True
    kind.layout.members, kind.layout.size, kind.layout.nesting = members, words, nesting


def _members(node: SyntaxNode, layout: Layout, scope: Scope) -> Iterator[Shape]:
    """The members that one declaration in a struct declares."""
    if node.type != "field_declaration":
        scope.report(expressions.unsupported(node, scope))
        layout.rejected = True
        return
    kind = base_type(node, scope)
    declarators = node.children_by_field_name("declarator")
    if not declarators or any(part.type == "bitfield_clause" for part in node.children):
        advice = "kernel C has no bit-fields and no anonymous members"
        scope.report(scope.error(node, "a member needs a plain name", advice))
        layout.rejected = True
    for part in declarators:
        try:
            yield _member(part, kind, scope)
        except CompileError as problem:
            scope.report(problem)
            yield Shape(declared_name(part), REJECTED, part)


def _member(node: SyntaxNode, kind: Type, scope: Scope) -> Shape:
    shape = declared(node, kind, scope)
    if shape.parameters is not None or not is_complete(shape.type) or open_array(shape.type):
        raise scope.error(node, f"a member of type {shape.type}", "its type must be complete")
    return shape


def open_array(kind: Type) -> bool:
    """Whether this is an array whose length its initialiser gives."""
    return isinstance(kind, Array) and kind.count < 0


def define_enum(node: SyntaxNode, body: SyntaxNode, scope: Scope) -> Type:
    """Read the body of an enum; what is wrong inside is reported. Raises CompileError for a tag that is taken."""
    names: list[tuple[int, str]] = []
    following: int | None = 0
    if not named(body):
        scope.report(scope.error(body, "an enum without names", "give it one at least"))
    for part in named(body):
        try:
            following = _enumerator(part, following, names, scope)
        except CompileError as problem:
            scope.report(problem)
            scope.reject(text(child(part, "name")))
            following = None
    tag = node.child_by_field_name("name")
    label = f"enum {text(tag)}" if tag is not None else "enum"
    basis = INT if any(number < 0 for number, _ in names) else UNSIGNED
    kind = evolve(basis, name=label, names=tuple(names))
    if tag is not None:
        if not is_rejected(scope.tags.get(text(tag), REJECTED)):
            raise scope.error(tag, f"{text(tag)} is already defined", "choose another name")
        scope.tags[text(tag)] = kind
    return kind


def _enumerator(node: SyntaxNode, following: int | None, names: list[tuple[int, str]], scope: Scope) -> int | None:
    """Read an enumerator; the number of the next one, None behind one whose number is not known."""
    given = node.child_by_field_name("value")
    number = constant_value(given, scope) if given is not None else following
    name = child(node, "name")
    if name.type != "identifier":
        raise expressions.unsupported(name, scope)
    if number is None:
        scope.reject(text(name))
        return None
    if not INT.low <= number <= INT.high:
        raise scope.error(node, f"{number} does not fit into int", "enumerators are ints")
    scope.define(name, text(name), Constant(INT, number))
    names.append((number, text(name)))
    return number + 1


def define_typedef(node: SyntaxNode, scope: Scope) -> None:
    """Read a typedef; what is wrong with it is reported. Raises CompileError where its struct cannot be defined."""
    specifier = child(node, "type")
    body = specifier.child_by_field_name("body")
    declarators = node.children_by_field_name("declarator")
    if body is not None and specifier.type == "struct_specifier" and specifier.child_by_field_name("name") is None:
        kind = define_struct(specifier, body, scope, text(declarators[0]))
        kind = constant(kind) if qualifiers(node, scope) else kind
    else:
        kind = base_type(node, scope)
    for part in declarators:
        try:
            _define_typedef(part, kind, scope)
        except CompileError as problem:
            rejected(part, scope, problem)


def _define_typedef(node: SyntaxNode, kind: Type, scope: Scope) -> None:
    shape = declared(node, kind, scope)
    if shape.parameters is not None:
        raise scope.error(node, "a typedef of a function", "kernel C has no function pointers")
    if scope.names.get(shape.name) != TypeName(shape.type):
        scope.define(node, shape.name, TypeName(shape.type))
