# SPDX-License-Identifier: GPL-2.0-or-later
"""From syntax to typed nodes: the entry, and the table of rules that `expressions` fills."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sim.kernelc.meaning.conversions import PLACES, value_of
from sim.kernelc.meaning.scope import Scope, text
from sim.kernelc.model.nodes import Expr, Place
from sim.kernelc.model.source import CompileError
from sim.kernelc.model.types import Array, Lock, Struct, Type
from sim.kernelc.syntax.tree import SyntaxNode

Checked: TypeAlias = Expr | Place
RULES: dict[str, Callable[[SyntaxNode, Scope], Checked]] = {}


def value(node: SyntaxNode, scope: Scope) -> Expr:
    """The value of an expression. Raises CompileError."""
    return value_of(check(node, scope))


def check(node: SyntaxNode, scope: Scope) -> Checked:
    """The typed form of an expression: a place where it names an object, else a value. Raises CompileError."""
    rule = RULES.get(node.type)
    if rule is None:
        raise unsupported(node, scope)
    return rule(node, scope)


def place(node: SyntaxNode, scope: Scope) -> Place:
    """An expression that must name an object which may be written. Raises CompileError."""
    place = check(node, scope)
    if not isinstance(place, PLACES):
        raise scope.error(node, f"{text(node)} is a value, not an object", "name a variable, member or element")
    if place.type.const or _has_const(place.type):
        raise scope.error(node, f"{text(node)} is const", "const objects never change after boot")
    if isinstance(place.type, Array | Lock):
        raise scope.error(node, f"{text(node)} cannot be assigned", "assign its elements, or use the lock functions")
    return place


def _has_const(kind: Type) -> bool:
    members = kind.layout.members if isinstance(kind, Struct) else None
    return any(m.type.const or _has_const(m.type) for m in (members or {}).values())


_ADVICE = {
    "comma_expression": "write two statements",
    "sizeof_expression": "kernel C counts elements, not bytes",
    "string_literal": "kernel C has no strings",
    "concatenated_string": "kernel C has no strings",
    "compound_literal_expression": "declare a variable with an initialiser",
    "offsetof_expression": "name the member instead",
    "gnu_asm_expression": "use an intrinsic of oomrace.h",
    "generic_expression": "write the call you mean",
    "compound_statement": "statement expressions become functions",
    "union_specifier": "use a struct",
    "variadic_parameter": "name every parameter",
    "type_definition": "write the typedef at file level",
    "function_definition": "define functions at file level",
    "case_statement": "case and default stand directly inside a switch",
    "expression_statement": "statements stand inside functions",
    "return_statement": "statements stand inside functions",
    "goto_statement": "statements stand inside functions",
}


def unsupported(node: SyntaxNode, scope: Scope) -> CompileError:
    """The error for syntax that is C but not kernel C."""
    if node.type == "reserved_word":
        advice = "choose another name; or is something missing before it?"
        return scope.error(node, f"{text(node)} is a word of C and no name", advice)
    name = node.type.replace("_", " ")
    return scope.error(node, f"{name} is not part of kernel C", _ADVICE.get(node.type, "see docs/kernel-c.md"))
