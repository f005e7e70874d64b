# SPDX-License-Identifier: GPL-2.0-or-later
"""Types by name: `unsigned long`, `struct zone`, `nodemask_t`, and pointers to them in casts."""

from __future__ import annotations

from sim.kernelc.meaning.intrinsics import LOCK_TAGS, LOCK_TYPES
from sim.kernelc.meaning.scope import Constant, Scope, TypeName, child, named, text
from sim.kernelc.model.types import (
    BOOL,
    INT,
    LONG,
    REJECTED,
    UNSIGNED,
    UNSIGNED_LONG,
    VOID,
    Integer,
    Layout,
    Pointer,
    Struct,
    Type,
    constant,
    is_rejected,
)
from sim.kernelc.syntax.tree import SyntaxNode

_PRIMITIVES: dict[str, Type] = {"int": INT, "bool": BOOL, "void": VOID}
_SIZED: dict[tuple[str, ...], Type] = {
    ("unsigned",): UNSIGNED, ("int", "unsigned"): UNSIGNED, ("signed",): INT, ("int", "signed"): INT,
    ("long",): LONG, ("int", "long"): LONG, ("long", "signed"): LONG, ("int", "long", "signed"): LONG,
    ("long", "unsigned"): UNSIGNED_LONG, ("int", "long", "unsigned"): UNSIGNED_LONG,
}  # fmt: skip
_KINDS = "bool, int, unsigned int, long and unsigned long"


def named_type(node: SyntaxNode, scope: Scope) -> Type:
    """The type that a specifier names, without a body. Raises CompileError."""
    if node.type == "primitive_type" and text(node) in _PRIMITIVES:
        return _PRIMITIVES[text(node)]
    if node.type == "sized_type_specifier":
        words = (text(part) for part in node.children if part.type != "type_qualifier")
        sized = _SIZED.get(tuple(sorted(words)))
        if sized is not None:
            return sized
    if node.type == "type_identifier":
        return _typedef(node, scope)
    if node.type == "struct_specifier":
        return _struct(node, scope)
    if node.type == "enum_specifier":
        return _enum(node, scope)
    raise scope.error(node, f"{text(node)} is not a type of kernel C", f"there are {_KINDS}, structs, enums, pointers")


def _typedef(node: SyntaxNode, scope: Scope) -> Type:
    name = text(node)
    entry = scope.find(name)
    if name == "_Bool":
        return BOOL
    if isinstance(entry, TypeName):
        return entry.type
    if isinstance(entry, Constant) and is_rejected(entry.type):
        return REJECTED
    if entry is None and name in LOCK_TYPES:
        return LOCK_TYPES[name]
    raise scope.error(node, f"unknown type {name}", "define it, or include its header")


def _struct(node: SyntaxNode, scope: Scope) -> Type:
    tag = text(child(node, "name"))
    if tag in LOCK_TAGS:
        return LOCK_TAGS[tag]
    struct = scope.find_tag(tag)
    if struct is None:
        struct = Struct(f"struct {tag}", Layout())
        list(scope.chain())[-1].tags[tag] = struct
    if not (isinstance(struct, Struct) or is_rejected(struct)):
        raise scope.error(node, f"{tag} is an enum", f"write enum {tag}")
    return struct


def _enum(node: SyntaxNode, scope: Scope) -> Type:
    tag = text(child(node, "name"))
    enum = scope.find_tag(tag)
    if enum is None:
        list(scope.chain())[-1].tags[tag] = REJECTED
    if enum is None or not (isinstance(enum, Integer) or is_rejected(enum)):
        raise scope.error(node, f"unknown enum {tag}", "define it first")
    return enum


def described_type(node: SyntaxNode, scope: Scope) -> Type:
    """The type written in a cast. Raises CompileError."""
    kind = named_type(child(node, "type"), scope)
    kind = constant(kind) if qualifiers(node, scope) else kind
    inner = node.child_by_field_name("declarator")
    while inner is not None:
        if inner.type != "abstract_pointer_declarator":
            raise scope.error(node, f"a cast to {text(node)}", "only integers can be cast in kernel C")
        kind = Pointer(kind)
        inner = inner.child_by_field_name("declarator")
    return kind


_INSTEAD = {
    "volatile": "leave it out: every access happens anyway",
    "_Atomic": "use atomic_t, READ_ONCE, WRITE_ONCE or cmpxchg",
}


def qualifiers(node: SyntaxNode, scope: Scope) -> bool:
    """Whether a declaration says const; other qualifiers are reported."""
    const = False
    for part in (*named(node), *_between_words(node)):
        if part.type == "type_qualifier":
            if text(part) != "const":
                scope.report(
                    scope.error(part, f"{text(part)} is not part of kernel C", _INSTEAD.get(text(part), "leave it out"))
                )
            const = const or text(part) == "const"
    return const


def _between_words(node: SyntaxNode) -> list[SyntaxNode]:
    """The qualifiers between the words of a type, or behind them: those of `long const`."""
    specifier = node.child_by_field_name("type")
    return named(specifier) if specifier is not None and specifier.type == "sized_type_specifier" else []
