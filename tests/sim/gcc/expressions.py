# SPDX-License-Identifier: GPL-2.0-or-later
"""Random integer expressions without side effects and without undefined behaviour."""

from __future__ import annotations

from attrs import evolve

from tests.sim.gcc.integers import (
    EQUAL,
    INT,
    KINDS,
    LONG,
    ORDER,
    PRIMARY,
    SUM,
    UNARY,
    UNSIGNED,
    UNSIGNED_LONG,
    Kind,
    Value,
    binary,
    cast,
    conditional,
    truth,
    unary,
    whole,
)
from tests.sim.gcc.places import Array, Pointer, Writer, integer_place, place, walkers

ENUMERATORS = {"COLD": 0, "WARM": 1, "HOT": 7}
MOST_COST = 300
_EDGES = (0, 1, 2, 3, 5, 8, 64, 255, 4096, 0x7FFF)
_ARITHMETIC = ("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>")
_LITERALS = (INT, UNSIGNED, LONG, UNSIGNED_LONG)
_ORDERS = ("<", ">", "<=", ">=", "==", "!=")


def literal(w: Writer, kind: Kind) -> Value:
    """A literal of one of the four types that literals can have."""
    near_the_end = kind.high - w.number(0, 9)
    number = near_the_end if w.number(0, 4) == 0 else w.pick(_EDGES) + w.number(0, 9)
    suffix = {INT: "", UNSIGNED: "u", LONG: "l", UNSIGNED_LONG: w.choose("ul", "lu", "UL")}[kind]
    style = w.choose("{}", "{}", "{:#x}", "0{:o}")
    natural = [k for k in _LITERALS if number <= k.high and (k.signed or style != "{}")]
    suffix = "" if natural[:1] == [kind] and w.number(0, 1) else suffix
    return Value(style.format(number) + suffix, kind, number, number)


def integer(w: Writer, depth: int = 2) -> Value:
    """An integer expression with operators nested at most `depth` deep."""
    if depth == 0 or w.number(0, 5) == 0:
        return _parenthesised(w, _operand(w))
    forms = (_binary, _binary, _binary, _binary, _unary, _cast, _conditional, _pure_call, condition)
    return _parenthesised(w, w.pick(forms)(w, depth - 1))


def _parenthesised(w: Writer, value: Value) -> Value:
    text = w.parenthesised(value.text)
    return value if text == value.text else evolve(value, text=text, precedence=PRIMARY)


def _binary(w: Writer, depth: int) -> Value:
    return binary(w.choose(*_ARITHMETIC, *_ORDERS), integer(w, depth), integer(w, depth))


def _unary(w: Writer, depth: int) -> Value:
    return unary(w.choose("-", "~", "!", "+"), integer(w, depth))


def _cast(w: Writer, depth: int) -> Value:
    kind = w.pick(KINDS)
    return cast(kind, integer(w, depth), w.spelled(kind).name)


def _conditional(w: Writer, depth: int) -> Value:
    return conditional(condition(w, depth), integer(w, depth), integer(w, depth))


def condition(w: Writer, depth: int = 1) -> Value:
    """A comparison, a logical expression, or a question about pointers."""
    form = w.number(0, 5)
    if form < 2 or depth == 0:
        return binary(w.choose(*_ORDERS), integer(w, max(depth - 1, 0)), _operand(w))
    if form < 4:
        return binary(w.choose("&&", "||"), condition(w, depth - 1), integer(w, depth - 1))
    return _pointer_question(w)


def _operand(w: Writer) -> Value:
    form = w.number(0, 9)
    lvalue = integer_place(w) if form < 7 else None
    if lvalue:
        text, kind = lvalue
        return whole(f"READ_ONCE({text})" if w.number(0, 9) == 0 else text, kind)
    if form == 7:
        name, number = w.pick(sorted(ENUMERATORS.items()))
        return Value(name, INT, number, number)
    if form == 8:
        return unary("-", literal(w, INT))
    return literal(w, w.pick((INT, *_LITERALS)))


def _pure_call(w: Writer, depth: int) -> Value:
    pure = [f for f in w.functions if f.pure and w.turns * f.cost <= MOST_COST]
    if not pure:
        return _operand(w)
    function = w.pick(pure)
    w.meter.cost += w.turns * function.cost
    given = ", ".join(integer(w, depth).text for _ in function.parameters)
    assert isinstance(function.returns, Kind)
    return whole(f"{function.name}({given})", function.returns)


def _pointer_question(w: Writer) -> Value:
    walking = walkers(w)
    if walking and w.number(0, 1):
        return _walker_question(w, *w.pick(walking))
    lvalue = place(w, lambda kind: isinstance(kind, Pointer))
    if lvalue is None or not isinstance(lvalue[1], Pointer):
        return truth("!0", UNARY)
    if w.number(0, 3) == 0:
        return unary("!", whole(lvalue[0], INT)) if w.number(0, 1) else truth(f"{lvalue[0]} != NULL", EQUAL)
    target = lvalue[1].target
    other = place(w, lambda kind: kind == target)
    compared = f"&{other[0]}" if other else "NULL"
    return truth(f"{lvalue[0]} {w.choose('==', '!=')} {compared}", EQUAL)


def _walker_question(w: Writer, name: str, kind: Pointer) -> Value:
    array = w.variables[kind.steps].type
    assert isinstance(array, Array)
    if w.number(0, 2) == 0:
        return Value(f"{name} - {kind.steps}", LONG, 0, array.count - 1, SUM)
    step = w.number(0, array.count)
    operator = w.choose(*_ORDERS)
    compared = w.choose(f"{kind.steps} + {step}", f"{step} + {kind.steps}", f"&{kind.steps}[{step}]")
    return truth(f"{name} {operator} {compared}", EQUAL if operator in ("==", "!=") else ORDER)
