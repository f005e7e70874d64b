# SPDX-License-Identifier: GPL-2.0-or-later
"""Statements to instructions."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from sim.kernelc.lower import lowering
from sim.kernelc.lower.builder import Builder
from sim.kernelc.lower.cuts import Cut
from sim.kernelc.meaning import expressions
from sim.kernelc.meaning.conversions import converted, truth, value_of
from sim.kernelc.meaning.declarators import (
    base_type,
    constant_value,
    declared,
    declared_name,
    define_type,
    define_typedef,
    open_array,
    rejected,
)
from sim.kernelc.meaning.initialisers import Item, completed, items
from sim.kernelc.meaning.scope import Scope, child, named, text
from sim.kernelc.model import values
from sim.kernelc.model.code import Choose, Compute, Forget, Return, Target
from sim.kernelc.model.nodes import Local, Part, Variable
from sim.kernelc.model.source import CompileError, Span
from sim.kernelc.model.types import (
    INT,
    Integer,
    Pointer,
    Struct,
    Type,
    Void,
    holds_lock,
    is_complete,
    leaves,
    plain,
    promote,
    size,
)
from sim.kernelc.syntax.tree import SyntaxNode


def statement(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    """Lower one statement or declaration; what is wrong in it is kept in `build.problems`."""
    cut = build.cuts.get(node)
    if node.type == "comment" or cut is Cut.AWAY:
        return
    if cut is Cut.ALWAYS:
        node = child(node, "consequence")
    with build.attempt():
        _RULES.get(node.type, _unsupported)(build, node, scope)
    build.end_statement()


def _unsupported(_: Builder, node: SyntaxNode, scope: Scope) -> None:
    """What a block cannot hold, but for other blocks: what it declares is known all the same."""
    if node.type == "type_definition":
        define_typedef(node, scope)
    elif node.type == "function_definition":
        scope.reject(declared_name(child(node, "declarator")))
    raise expressions.unsupported(node, scope)


def block(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    """Lower the statements of a compound statement in a scope of their own."""
    statements(build, node, Scope(scope.file, scope))


def statements(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    """Lower the statements of a compound statement in a scope that is there: a function's has its parameters."""
    for part in named(node):
        _in_block(build, part, scope, node)


def _in_block(build: Builder, node: SyntaxNode, scope: Scope, enclosing: SyntaxNode) -> None:
    if node.type == "declaration":
        _declaration(build, node, scope, enclosing)
    else:
        statement(build, node, scope)


def _declaration(build: Builder, node: SyntaxNode, scope: Scope, enclosing: SyntaxNode) -> None:
    for part in named(node):
        if part.type == "storage_class_specifier":
            scope.report(scope.error(part, f"a local that is {text(part)}", "make it a global of the file"))
            build.failed = True
    kind = base_type(node, scope)
    for part in node.children_by_field_name("declarator"):
        try:
            _declare(build, part, kind, scope, scope.span(enclosing))
        except CompileError as problem:
            rejected(part, scope, problem)
            build.failed = True
        build.end_statement()


def _declare(build: Builder, node: SyntaxNode, kind: Type, scope: Scope, end: Span) -> None:
    shape = declared(node, kind, scope)
    given = node.child_by_field_name("value") if node.type == "init_declarator" else None
    full = completed(shape.type, given, scope) if given is not None else shape.type
    if open_array(full):
        raise scope.error(node, "this array has no length", "give its length, or a list in braces")
    if shape.parameters is not None or not is_complete(full) or holds_lock(full):
        advice = "define its type first; functions and locks stand at file level"
        raise scope.error(node, f"a local of type {full}", advice)
    variable = build.variable(shape.name, full, scope.span(shape.node), end)
    scope.define(shape.node, shape.name, variable)
    _initialise(build, variable, given, scope)


def _initialise(build: Builder, variable: Variable, given: SyntaxNode | None, scope: Scope) -> None:
    if given is None:
        build.emit(Forget(variable.span, variable.slot, size(variable.type)))
        return
    if given.type == "initializer_list":
        for offset, _, _ in leaves(variable.type):
            build.emit(Compute(variable.span, variable.slot + offset, values.constant(0)))
    for item in items(given, plain(variable.type), scope):
        _initialise_item(build, variable, item)


def _initialise_item(build: Builder, variable: Variable, item: Item) -> None:
    span = item.value.span
    if isinstance(item.type, Struct):
        target = Part(item.type, span, Local(variable.type, span, variable), item.offset, free=True)
        lowering.copy_struct(build, target, item.value, span)
    else:
        build.emit(Compute(span, variable.slot + item.offset, lowering.lower(build, item.value)))


def _expression(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    for part in named(node):
        expression = expressions.check(part, scope)
        lowering.effect(build, value_of(expression))


def _if(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    then, otherwise, end = Target(), Target(), Target()
    _test(build, child(node, "condition"), scope, then, otherwise)
    build.place(then)
    statement(build, child(node, "consequence"), scope)
    alternative = node.child_by_field_name("alternative")
    if alternative is None:
        build.place(otherwise)
        return
    build.jump(end, scope.span(node))
    build.place(otherwise)
    statement(build, named(alternative)[0], scope)
    build.place(end)


def _test(build: Builder, node: SyntaxNode, scope: Scope, then: Target, otherwise: Target) -> None:
    with build.attempt():
        lowering.branch(build, truth(expressions.value(node, scope)), then, otherwise)
    build.end_statement()


def _while(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    again, body, end = Target(), Target(), Target()
    build.place(again)
    _test(build, child(node, "condition"), scope, body, end)
    build.place(body)
    _body(build, node, scope, end, again)
    build.jump(again, scope.span(child(node, "condition")))
    build.place(end)


def _do(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    again, test, end = Target(), Target(), Target()
    build.place(again)
    _body(build, node, scope, end, test)
    build.place(test)
    _test(build, child(node, "condition"), scope, again, end)
    build.place(end)


def _for(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    inner = Scope(scope.file, scope)
    again, body, update, end = Target(), Target(), Target(), Target()
    first = node.child_by_field_name("initializer")
    if first is not None and first.type == "declaration":
        _in_block(build, first, inner, node)
    elif first is not None:
        _effect(build, first, inner)
    build.place(again)
    condition = node.child_by_field_name("condition")
    if condition is not None:
        _test(build, condition, inner, body, end)
    build.place(body)
    _body(build, node, inner, end, update)
    build.place(update)
    step = node.child_by_field_name("update")
    if step is not None:
        _effect(build, step, inner)
    build.jump(again, scope.span(step or condition or node))
    build.place(end)


def _effect(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    with build.attempt():
        lowering.effect(build, expressions.value(node, scope))
    build.end_statement()


def _body(build: Builder, node: SyntaxNode, scope: Scope, end: Target, again: Target) -> None:
    build.breaks.append(end)
    build.continues.append(again)
    statement(build, child(node, "body"), scope)
    build.breaks.pop()
    build.continues.pop()


def _switch(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    kind, chosen = INT, Choose(scope.span(node), values.constant(0), {}, Target())
    with build.attempt():
        selector = expressions.value(child(node, "condition"), scope)
        if not isinstance(selector.type, Integer):
            raise scope.error(node, f"a switch on {selector.type}", "switch on an integer")
        kind = promote(selector.type)
        chosen = evolve(chosen, value=lowering.lower(build, converted(selector, kind)))
    build.emit(chosen)
    build.end_statement()
    end = Target()
    build.breaks.append(end)
    inner = Scope(scope.file, scope)
    body = child(node, "body")
    for part in named(body):
        if part.type == "case_statement":
            _case(build, part, inner, chosen, kind, body)
        else:
            _in_block(build, part, inner, body)
    build.breaks.pop()
    if chosen.otherwise.pc < 0:
        build.place(chosen.otherwise)
    build.place(end)


def _case(build: Builder, node: SyntaxNode, scope: Scope, chosen: Choose, kind: Integer, body: SyntaxNode) -> None:
    label = node.child_by_field_name("value")
    with build.attempt():
        _case_label(build, node, label, scope, chosen, kind)
    for part in named(node):
        if label is not None and part is label:
            continue
        if part.type == "case_statement":
            _case(build, part, scope, chosen, kind, body)
        else:
            _in_block(build, part, scope, body)


def _case_label(
    build: Builder, node: SyntaxNode, label: SyntaxNode | None, scope: Scope, chosen: Choose, kind: Integer
) -> None:
    target = Target()
    build.place(target)
    if label is None:
        if chosen.otherwise.pc >= 0:
            raise scope.error(node, "a second default", "a switch has one")
        build.place(chosen.otherwise)
        return
    number = kind.wrap(constant_value(label, scope))
    if number in chosen.cases:
        raise scope.error(label, f"case {text(label)} stands here twice", "remove one")
    chosen.cases[number] = target


def _break(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    if not build.breaks:
        raise scope.error(node, "break outside of a loop or switch", "remove it")
    build.jump(build.breaks[-1], scope.span(node))


def _continue(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    if not build.continues:
        raise scope.error(node, "continue outside of a loop", "remove it")
    build.jump(build.continues[-1], scope.span(node))


def _goto(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    name = text(child(node, "label"))
    build.label_uses.setdefault(name, (node, scope))
    build.jump(build.labels.setdefault(name, Target()), scope.span(node))


def _labelled(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    label = child(node, "label")
    name = text(label)
    with build.attempt():
        if name in build.labels and build.labels[name].pc >= 0:
            raise scope.error(label, f"label {name} stands here twice", "rename one")
        build.label(name, scope.span(label))
    for part in named(node):
        if part is not label:
            statement(build, part, scope)


def _return(build: Builder, node: SyntaxNode, scope: Scope) -> None:
    span = scope.span(node)
    parts = named(node)
    if isinstance(build.returns, Void) != (not parts):
        owed = f"a value of type {build.returns}" if not parts else "no value"
        raise scope.error(node, f"{build.name} returns {owed}", "match the function's type")
    if not parts:
        build.emit(Return(span, ()))
        return
    returned = converted(expressions.value(parts[0], scope), build.returns)
    pointers = tuple(place for place, (_, _, kind) in enumerate(leaves(build.returns)) if isinstance(kind, Pointer))
    build.emit(Return(span, lowering.return_values(build, returned), pointers))


def _type(_: Builder, node: SyntaxNode, scope: Scope) -> None:
    define_type(node, scope)


_RULES: dict[str, Callable[[Builder, SyntaxNode, Scope], None]] = {
    "struct_specifier": _type,
    "enum_specifier": _type,
    "compound_statement": block,
    "expression_statement": _expression,
    "if_statement": _if,
    "while_statement": _while,
    "do_statement": _do,
    "for_statement": _for,
    "switch_statement": _switch,
    "break_statement": _break,
    "continue_statement": _continue,
    "goto_statement": _goto,
    "labeled_statement": _labelled,
    "return_statement": _return,
}
