# SPDX-License-Identifier: GPL-2.0-or-later
"""Random kernel C programs: well-typed, without undefined behaviour, and with one possible result."""

from __future__ import annotations

import re
from random import Random

from attrs import evolve
from hypothesis import strategies as st

from tests.sim.gcc.expressions import ENUMERATORS, literal
from tests.sim.gcc.flow import body, indented
from tests.sim.gcc.integers import INT, KINDS, LONG, PRECEDENCE, UNSIGNED, UNSIGNED_LONG, Kind, binary, unary
from tests.sim.gcc.intrinsics import OBJECTS
from tests.sim.gcc.places import TYPEDEFS, Array, Function, Pointer, Struct, Type, Variable, Writer, declared
from tests.sim.gcc.pointers import argument
from tests.sim.gcc.statements import Lines

_NODES = 4
_SPELLINGS = {
    "int": ("int", "int", "signed int"),
    "unsigned int": ("unsigned int", "unsigned"),
    "long": ("long", "long", "long int"),
    "unsigned long": ("unsigned long", "unsigned long int", "long unsigned", "u64_t"),
    "enum heat": ("enum heat", "heat_t"),
}
_TYPE = re.compile(r"(\b(unsigned (int|long)|int|long)\b|enum heat)")


def program(random: Random) -> str:
    """The text of a program with entry run()."""
    start = Writer(random, {})
    inner, node = _structs(start)
    shared = _globals(start, inner, node)
    beside_locks = {"guarded.before": Variable(INT, shared=True), "guarded.after": Variable(UNSIGNED, shared=True)}
    w = evolve(start, variables=shared | beside_locks)
    head = [
        '#include "oomrace.h"', "",
        f"enum heat {{ {', '.join(f'{name} = {value}' for name, value in ENUMERATORS.items())} }};",
        "typedef unsigned long u64_t;", "typedef enum heat heat_t;",
        *(f"typedef {kind.name} {_spelled(start, name)};" for name, kind in TYPEDEFS.items()), "",
    ]  # fmt: skip
    lines = [
        *_definition(inner), *_definition(node), *_guarded(w),
        *(_declaration(w, name, v) for name, v in shared.items()), "",
    ]  # fmt: skip
    for written, function in _functions(w, inner, node):
        w = evolve(w, functions=(*w.functions, function))
        lines += [*written, ""]
    statements, end = body(w, 4, 10)
    kept = [n for n in sorted(end.taken) if isinstance(end.variables[n].type, Kind)]
    sums = [f"total = total * 31 + {name};" for name in kept]
    entry = ["unsigned long total;", "", "void run(void)", "{", *indented([*statements, *sums]), "}", ""]
    return "\n".join([*head, _respelled(random, "\n".join([*lines, *entry]))])


def _spelled(w: Writer, name: str) -> str:
    """A name as it is declared, at times in parentheses, which change nothing."""
    return w.choose(name, name, f"({name})")


def _respelled(random: Random, text: str) -> str:
    """The text with types in one of their usual spellings."""
    return _TYPE.sub(lambda spelling: random.choice(_SPELLINGS[spelling[0]]), text)


PROGRAMS = st.randoms(use_true_random=True).map(program)
"""Each program comes from one drawn seed, so that no two have anything in common."""


def _structs(w: Writer) -> tuple[Struct, Struct]:
    inner = Struct("inner", {"low": _kind(w), "high": _kind(w), "bits": Array(_kind(w), 2)})
    node = Struct("node", {"value": _kind(w), "range": inner, "cells": Array(_kind(w), 3), "flag": _kind(w)})
    node.members["next"] = Pointer(node)
    return inner, node


def _kind(w: Writer) -> Kind:
    return w.pick(KINDS)


def _globals(w: Writer, inner: Struct, node: Struct) -> dict[str, Variable]:
    walked = Array(_kind(w), 4)
    shared: dict[str, Type] = {"nodes": Array(node, _NODES), **{f"global{i}": _kind(w) for i in range(4)}}
    shared |= {
        "array": walked,
        "grid": Array(Array(_kind(w), 3), 2),
        "spans": Array(inner, 2),
        "span": inner,
        "single": node,
    }
    shared |= {"cursor": Pointer(node), "link": Pointer(Pointer(node))}
    shared |= {"walker": Pointer(walked.element, steps="array"), "order": Array(Pointer(node), 3)}
    variables = {name: Variable(kind, shared=True) for name, kind in shared.items()}
    return {"table": Variable(Array(_kind(w), 4), shared=True, writable=False), **variables}


_GUARDED = (
    "{ 1, { 0 }, 2, { { 0 } } }", "{ 1, 0, 2 }", "{ .after = 3, .lock = { 0 }, .before = 4 }", "{ { 0 } }", "{ 0 }",
    "{ .locks = { { 0 }, { COLD } } }", "{ .lock = { 0 }, 5, { [1] = { 0 } } }", "{ .locks[1] = { 0 }, .before = 6 }",
)  # fmt: skip


def _guarded(w: Writer) -> Lines:
    """A struct with locks, its initialiser, and what else intrinsics work on: no places for expressions."""
    members = ("int before;", "spinlock_t lock;", "unsigned int after;", "struct mutex locks[2];")
    struct = ["struct guarded {", *indented(list(members)), "};", f"struct guarded guarded = {w.choose(*_GUARDED)};"]
    return [*struct, *OBJECTS, ""]


def _definition(struct: Struct) -> Lines:
    members = [f"\t{declared(kind, name)};" for name, kind in struct.members.items()]
    return [f"struct {struct.tag} {{", *members, "};", ""]


def _declaration(w: Writer, name: str, variable: Variable) -> str:
    text = declared(variable.type, name)
    value = _static(w, name, variable.type)
    return f"{'' if variable.writable else 'const '}{text}{f' = {value}' if value else ''};"


def _static(w: Writer, name: str, kind: Type) -> str:
    if isinstance(kind, Pointer):
        places = {"walker": "&array[{}]", "link": "&nodes[{}].next"}
        return places.get(name, "&nodes[{}]").format(w.number(0, _NODES - 1))
    if isinstance(kind, Kind):
        return _number(w) if w.number(0, 2) else ""
    if isinstance(kind, Array):
        return _static_array(w, name, kind)
    given = [(m, _static(w, m, kind.members[m])) for m in kind.members]
    return f"{{ {', '.join(f'.{m} = {value}' for m, value in given if value) or '0'} }}"


def _static_array(w: Writer, name: str, kind: Array) -> str:
    parts = []
    for i in range(kind.count):
        value = _static(w, name, kind.element)
        if value:
            parts.append(f"[{i}] = {value}")
    return f"{{ {', '.join(parts)} }}" if parts else ""


def _number(w: Writer) -> str:
    first, second = (literal(w, w.pick((INT, UNSIGNED, LONG, UNSIGNED_LONG))) for _ in range(2))
    form = w.number(0, 4)
    if form < 2:
        return first.text
    if form < 4:
        return unary(w.choose("-", "~", "!"), first).text
    return binary(w.choose(*PRECEDENCE), first, second).text


def _functions(w: Writer, inner: Struct, node: Struct) -> list[tuple[Lines, Function]]:
    value, moved = _kind(w), _kind(w)
    forms: list[tuple[str, Type | None, dict[str, Type], bool]] = [
        ("mix", _kind(w), {"x": _kind(w), "y": _kind(w)}, True),
        ("change", value, {"node": Pointer(node), "x": _kind(w)}, False),
        ("spread", None, {"out": Pointer(moved), "given": inner}, False),
        ("redirect", None, {"where": Pointer(Pointer(node)), "cells": Pointer(moved)}, False),
        ("stretch", inner, {"given": inner, "x": _kind(w), "node": Pointer(node)}, False),
    ]
    made: list[tuple[Lines, Function]] = []
    for form in forms:
        if w.number(0, 4):
            lines, function = _function(w, *form)
            made.append((lines, function))
            w = evolve(w, functions=(*w.functions, function))
    return made


def _function(
    w: Writer, name: str, returns: Type | None, parameters: dict[str, Type], pure: bool
) -> tuple[Lines, Function]:
    seen = {n: v for n, v in w.variables.items() if not pure or not v.writable}
    seen |= {n: Variable(kind) for n, kind in parameters.items()}
    usable = tuple(f for f in w.functions if f.pure or not pure)
    names = frozenset(parameters)
    inside = Writer(w.random, seen, usable, taken=names, returns=returns, hidden=names)
    lines, end = body(inside, 1, 5)
    result = argument(end, returns) if returns else None
    takes = ", ".join(declared(kind, n if n in TYPEDEFS else _spelled(w, n)) for n, kind in parameters.items())
    head = f"static {declared(returns, name) if returns else f'void {name}'}({takes})"
    last = [f"\treturn {result};"] if result else []
    function = Function(name, returns, tuple(parameters.values()), pure, inside.meter.cost + 2)
    return [head, "{", *indented(lines), *last, "}"], function
