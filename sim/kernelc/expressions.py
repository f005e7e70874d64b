# SPDX-License-Identifier: GPL-2.0-or-later
"""Expressions: from syntax to typed nodes, by C's rules for kernel C's types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve
from tree_sitter import Node

from sim.kernelc import intrinsics
from sim.kernelc.conversions import (
    PLACES,
    address_of,
    balanced,
    common_pointer,
    converted,
    folded,
    is_null,
    promoted,
    truth,
    value_of,
)
from sim.kernelc.free import COMPARISONS
from sim.kernelc.literals import integer
from sim.kernelc.nodes import (
    Assign,
    Binary,
    Call,
    Conditional,
    Const,
    Convert,
    Deref,
    Element,
    Expr,
    Field,
    Local,
    Logical,
    Object,
    Part,
    Place,
    PointerDistance,
    PointerMove,
    Read,
    Unary,
    Update,
    Variable,
)
from sim.kernelc.preprocess import Macro
from sim.kernelc.scope import (
    Constant,
    GlobalObject,
    Scope,
    Signature,
    TypeName,
    child,
    named,
    struct_members,
    text,
)
from sim.kernelc.source import CompileError
from sim.kernelc.specifiers import described_type
from sim.kernelc.syntax import parse_expression
from sim.kernelc.types import (
    BOOL,
    INT,
    LONG,
    VOID_POINTER,
    Array,
    Integer,
    Lock,
    Pointer,
    Struct,
    Type,
    Void,
    constant,
    is_complete,
    is_scalar,
    plain,
    size,
)

Checked: TypeAlias = Expr | Place


def value(node: Node, scope: Scope) -> Expr:
    """The value of an expression. Raises CompileError."""
    return value_of(check(node, scope))


def check(node: Node, scope: Scope) -> Checked:
    """The typed form of an expression: a place where it names an object, else a value. Raises CompileError."""
    rule = _RULES.get(node.type)
    if rule is None:
        raise unsupported(node, scope)
    return rule(node, scope)


def place(node: Node, scope: Scope) -> Place:
    """An expression that must name an object which may be written. Raises CompileError."""
    found = check(node, scope)
    if not isinstance(found, PLACES):
        raise scope.error(node, f"{text(node)} is a value, not an object", "name a variable, member or element")
    if found.type.const or _has_const(found.type):
        raise scope.error(node, f"{text(node)} is const", "const objects never change after boot")
    if isinstance(found.type, Array | Lock):
        raise scope.error(node, f"{text(node)} cannot be assigned", "assign its elements, or use the lock functions")
    return found


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


def unsupported(node: Node, scope: Scope) -> CompileError:
    """The error for syntax that is C but not kernel C."""
    name = node.type.replace("_", " ")
    return scope.error(node, f"{name} is not part of kernel C", _ADVICE.get(node.type, "see docs/kernel-c.md"))


def _identifier(node: Node, scope: Scope) -> Checked:
    name = text(node)
    entry = scope.find(name)
    span = scope.span(node)
    match entry:
        case Variable():
            return Local(entry.type, span, entry)
        case GlobalObject():
            return Object(entry.type, span, entry.address)
        case Constant():
            return Const(entry.type, span, entry.value)
        case Macro():
            return _macro(node, name, entry, scope)
        case Signature():
            raise scope.error(node, f"{name} is a function", "call it; kernel C has no function pointers")
        case None if name == "current":
            return intrinsics.current(scope.find_tag("task_struct"), span)
        case None:
            raise scope.error(node, f"unknown name {name}", "declare it, or include its header")
        case _:
            raise scope.error(node, f"{name} is a type", "an expression is needed here")


# As the text of a named constant these would fall apart between other operators.
_LOOSE = frozenset(("binary_expression", "conditional_expression", "assignment_expression"))
MAX_MACROS = 20


def _macro(node: Node, name: str, macro: Macro, scope: Scope) -> Checked:
    if not macro.text:
        raise scope.error(node, f"{name} is defined without a value", "give it one in its #define")
    if scope.macros >= MAX_MACROS:
        raise scope.error(node, f"{name} is defined by more than {MAX_MACROS} names, or by itself", "give it a number")
    root_scope = list(scope.chain())[-1]
    parsed = parse_expression(macro.text)
    if parsed is None or parsed.type in _LOOSE:
        advice = f"its #define at {macro.span} must be one expression, in parentheses if it has operators"
        raise scope.error(node, f"{name} is not a constant", advice)
    try:
        found = value(parsed, Scope(name, root_scope, macros=scope.macros + 1))
    except CompileError as problem:
        raise CompileError(evolve(one, span=macro.span) for one in problem.diagnostics) from None
    if not isinstance(found, Const):
        raise scope.error(
            node, f"{name} is not a constant", f"its #define at {macro.span} must be known at compile time"
        )
    root_scope.names[name] = Constant(found.type, found.value)
    return Const(found.type, scope.span(node), found.value)


def _number(node: Node, scope: Scope) -> Checked:
    literal = text(node)
    try:
        kind, number = integer(literal.lstrip("+-"))
    except ValueError as problem:
        raise scope.error(node, str(problem), "write a decimal, octal or hexadecimal integer") from None
    found = Const(kind, scope.span(node), number)
    return folded(Unary(kind, found.span, "-", found, free=True)) if literal[0] == "-" else found


def _character(node: Node, scope: Scope) -> Checked:
    content = text(node)[1:-1]
    if len(content) != 1 or not content.isascii():
        raise scope.error(node, f"{text(node)} is not a plain character", "write one ASCII character, or its number")
    return Const(INT, scope.span(node), ord(content))


def _parenthesized(node: Node, scope: Scope) -> Checked:
    return check(named(node)[0], scope)


def _field(node: Node, scope: Scope) -> Checked:
    name = text(child(node, "field"))
    if text(child(node, "operator")) == "->":
        pointer = value(child(node, "argument"), scope)
        if not isinstance(pointer.type, Pointer):
            raise scope.error(node, f"{pointer.type} is not a pointer", "use . for members of an object")
        base: Checked = Deref(pointer.type.target, pointer.span, pointer, pointer.free)
    else:
        base = check(child(node, "argument"), scope)
    return member(base, name, node, scope)


def member(base: Checked, name: str, node: Node, scope: Scope) -> Checked:
    """A member of an object, or of a struct that a call returned, by name. Raises CompileError when there is none."""
    kind = base.type
    if not isinstance(kind, Struct):
        raise scope.error(node, f"{kind} has no members", "use -> on a pointer to a struct, . on a struct")
    found = (kind.layout.members or {}).get(name)
    if found is None:
        raise scope.error(node, f"{kind} has no member {name}", f"its members are: {struct_members(kind)}")
    type_ = constant(found.type) if kind.const else found.type
    if isinstance(base, PLACES):
        return Part(type_, scope.span(node), base, found.offset, base.free)
    if isinstance(type_, Array):
        raise scope.error(node, "an array inside of a value", "store the value in a variable first")
    return Field(plain(type_), scope.span(node), base, found.offset)


def _subscript(node: Node, scope: Scope) -> Checked:
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
    moved = _moved(pointer, index, negative=False, node=node, scope=scope)
    return Deref(pointer.type.target, span, moved, moved.free)


def element(base: Place, kind: Array, index: Expr, count: int, node: Node, scope: Scope) -> Place:
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


def _element_or_past(node: Node, scope: Scope) -> Checked:
    """What & is applied to: an element, or the place behind the last one, which has an address but no word."""
    base = check(child(node, "argument"), scope)
    if not isinstance(base, PLACES) or not isinstance(base.type, Array):
        return check(node, scope)
    index = value(child(node, "index"), scope)
    if not isinstance(index.type, Integer):
        return check(node, scope)
    return element(base, base.type, index, base.type.count + 1, node, scope)


def _moved(pointer: Expr, index: Expr, *, negative: bool, node: Node, scope: Scope) -> Expr:
    assert isinstance(pointer.type, Pointer)
    target = pointer.type.target
    if not is_complete(target):
        raise scope.error(node, f"{pointer.type} has no elements to count", "define the struct first")
    return PointerMove(plain(pointer.type), scope.span(node), pointer, converted(index, LONG), negative, size(target))


def _pointer(node: Node, scope: Scope) -> Checked:
    argument = child(node, "argument")
    if text(child(node, "operator")) == "*":
        pointer = value(argument, scope)
        if not isinstance(pointer.type, Pointer) or not is_complete(pointer.type.target):
            raise scope.error(node, f"{pointer.type} points to nothing that can be read", "dereference a pointer")
        return Deref(pointer.type.target, scope.span(node), pointer, pointer.free)
    found = _element_or_past(argument, scope) if argument.type == "subscript_expression" else check(argument, scope)
    if not isinstance(found, PLACES):
        raise scope.error(node, f"{text(argument)} has no address", "take the address of a variable or member")
    return address_of(found, found.type)


def _unary(node: Node, scope: Scope) -> Checked:
    operand = value(child(node, "argument"), scope)
    return _signed(text(child(node, "operator")), operand, node, scope)


def _signed(sign: str, operand: Expr, node: Node, scope: Scope) -> Expr:
    span = scope.span(node)
    if sign == "!":
        test = truth(operand)
        return folded(Unary(INT, span, "!", test, test.free))
    operand = promoted(operand)
    return operand if sign == "+" else folded(Unary(operand.type, span, sign, operand, operand.free))


def _binary(node: Node, scope: Scope) -> Checked:
    sign = text(child(node, "operator"))
    left, right = value(child(node, "left"), scope), value(child(node, "right"), scope)
    if sign in ("&&", "||"):
        left, right = truth(left), truth(right)
        return folded(Logical(INT, scope.span(node), sign, left, right, left.free and right.free))
    return arithmetic(sign, left, right, node, scope)


def arithmetic(sign: str, left: Expr, right: Expr, node: Node, scope: Scope) -> Expr:
    """A binary operation on two values. Raises CompileError."""
    span = scope.span(node)
    pointers = isinstance(left.type, Pointer) + isinstance(right.type, Pointer)
    if pointers and sign in COMPARISONS:
        left, right, _ = common_pointer(left, right, span)
        return folded(Binary(INT, span, sign, left, right, left.free and right.free))
    if pointers:
        return _pointer_arithmetic(sign, left, right, node, scope)
    if sign in ("<<", ">>"):
        left, right = promoted(left), promoted(right)
        return folded(Binary(left.type, span, sign, left, right, left.free and right.free))
    left, right, kind = balanced(left, right)
    result = INT if sign in COMPARISONS else kind
    return folded(Binary(result, span, sign, left, right, left.free and right.free))


def _pointer_arithmetic(sign: str, left: Expr, right: Expr, node: Node, scope: Scope) -> Expr:
    if isinstance(left.type, Pointer) and isinstance(right.type, Integer) and sign in "+-":
        return _moved(left, right, negative=sign == "-", node=node, scope=scope)
    if isinstance(right.type, Pointer) and isinstance(left.type, Integer) and sign == "+":
        return _moved(right, left, negative=False, node=node, scope=scope)
    if isinstance(left.type, Pointer) and isinstance(right.type, Pointer) and sign == "-":
        target = left.type.target
        if plain(target) == plain(right.type.target) and is_complete(target):
            return PointerDistance(LONG, scope.span(node), left, right, size(target))
    raise scope.error(
        node, f"{left.type} {sign} {right.type}", "pointers move by integers and subtract from each other"
    )


def _conditional(node: Node, scope: Scope) -> Checked:
    test = truth(value(child(node, "condition"), scope))
    if node.child_by_field_name("consequence") is None:
        raise scope.error(node, "?: without a middle", "write the condition twice, or use if")
    then, other = value(child(node, "consequence"), scope), value(child(node, "alternative"), scope)
    span = scope.span(node)
    kind: Type = then.type
    if isinstance(then.type, Integer) and isinstance(other.type, Integer):
        then, other, kind = balanced(then, other)
    elif is_scalar(then.type) and is_scalar(other.type):
        then, other, kind = common_pointer(then, other, span)
    elif then.type != other.type:
        raise scope.error(node, f"{then.type} or {other.type}", "both sides need one type")
    free = test.free and then.free and other.free and not isinstance(kind, Void | Struct)
    return folded(Conditional(kind, span, test, then, other, free))


def _cast(node: Node, scope: Scope) -> Checked:
    typedef = scope.find(scope.cast_name(node))
    target = typedef.type if isinstance(typedef, TypeName) else described_type(child(node, "type"), scope)
    operand = value(child(node, "value"), scope)
    if isinstance(target, Void):
        return Convert(target, scope.span(node), operand, free=False)
    if isinstance(target, Pointer) and is_null(operand):
        return Const(target, scope.span(node), 0)
    if not isinstance(target, Integer) or not isinstance(operand.type, Integer):
        raise scope.error(node, f"a cast from {operand.type} to {target}", "only integers can be cast in kernel C")
    return converted(operand, target)


def _assignment(node: Node, scope: Scope) -> Checked:
    target = place(child(node, "left"), scope)
    operand = value(child(node, "right"), scope)
    sign = text(child(node, "operator"))
    span = scope.span(node)
    if sign == "=":
        return Assign(plain(target.type), span, target, converted(operand, target.type))
    return _update(sign[:-1], target, operand, node, scope, postfix=False)


def _increment(node: Node, scope: Scope) -> Checked:
    argument = child(node, "argument")
    return _incremented(argument, node, scope, postfix=argument.start_byte == node.start_byte)


def _incremented(argument: Node, node: Node, scope: Scope, *, postfix: bool) -> Expr:
    if postfix and argument.type == "unary_expression":  # tree-sitter reads !x++ as (!x)++
        inner = _incremented(child(argument, "argument"), node, scope, postfix=True)
        return _signed(text(child(argument, "operator")), inner, node, scope)
    target = place(argument, scope)
    one = Const(INT, scope.span(node), 1)
    return _update(text(child(node, "operator"))[0], target, one, node, scope, postfix=postfix)


def _update(sign: str, target: Place, operand: Expr, node: Node, scope: Scope, *, postfix: bool) -> Update:
    if not is_scalar(target.type):
        raise scope.error(node, f"{target.type} cannot be computed with", "assign it as a whole, or its members")
    span = scope.span(node)
    old = Variable(text(node), plain(target.type), -1, span, span)
    step = Variable(text(node), operand.type, -1, span, span)
    left = Read(old.type, span, Local(old.type, span, old), free=True)
    right = operand if isinstance(operand, Const) else Read(step.type, span, Local(step.type, span, step), free=True)
    change = converted(arithmetic(sign, left, right, node, scope), target.type)
    return Update(plain(target.type), span, target, old, operand, step, change, postfix)


def _call(node: Node, scope: Scope) -> Checked:
    callee = child(node, "function")
    if callee.type != "identifier":
        raise scope.error(node, "a call of something that is not a name", "kernel C has no function pointers")
    name = text(callee)
    arguments = named(child(node, "arguments"))
    entry = scope.find(name)
    if entry is None and name in intrinsics.NAMES:
        checked = [check(argument, scope) for argument in arguments]
        return intrinsics.call(name, checked, scope.span(node), scope.find_tag("zone"))
    if not isinstance(entry, Signature):
        problem = f"{name} is not a function" if entry else f"unknown function {name}"
        raise scope.error(node, problem, "define it, or include its header")
    if len(arguments) != len(entry.parameters):
        raise scope.error(node, f"{name} takes {len(entry.parameters)} arguments, not {len(arguments)}", "match them")
    given = [converted(value(a, scope), p) for a, p in zip(arguments, entry.parameters, strict=True)]
    return Call(entry.returns, scope.span(node), entry.index, tuple(given))


_RULES: dict[str, Callable[[Node, Scope], Checked]] = {
    "identifier": _identifier,
    "number_literal": _number,
    "char_literal": _character,
    "true": lambda node, scope: Const(BOOL, scope.span(node), 1),
    "false": lambda node, scope: Const(BOOL, scope.span(node), 0),
    "null": lambda node, scope: Const(VOID_POINTER, scope.span(node), 0),
    "parenthesized_expression": _parenthesized,
    "field_expression": _field,
    "subscript_expression": _subscript,
    "pointer_expression": _pointer,
    "unary_expression": _unary,
    "binary_expression": _binary,
    "conditional_expression": _conditional,
    "cast_expression": _cast,
    "assignment_expression": _assignment,
    "update_expression": _increment,
    "call_expression": _call,
}
