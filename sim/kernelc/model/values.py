# SPDX-License-Identifier: GPL-2.0-or-later
"""Private computation: functions from the words of a frame to a word, checked as C leaves no room for doubt."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TypeAlias

from sim.classes import frozen
from sim.kernelc.model.source import Span
from sim.kernelc.model.types import Integer, Type

Words: TypeAlias = list[int | None]
Evaluate: TypeAlias = Callable[[Words], int]


class Fault(Exception):
    """The model did what C leaves undefined, or what kernel C forbids. Holds the place."""

    def __init__(self, span: Span, message: str) -> None:
        """Keep the place beside the sentence."""
        self.span = span
        self.message = message
        super().__init__(f"{span}: {message}")


@frozen(eq=False)
class Value:
    """A computation on a frame: how, which slots it reads, and its result if that is known at compile time."""

    evaluate: Evaluate
    reads: frozenset[int] = frozenset()
    constant: int | None = None


def constant(value: int) -> Value:
    """A constant."""
    return Value(lambda _words: value, frozenset(), value)


def slot(index: int, span: Span, name: str) -> Value:
    """The word in a slot. Faults when nothing was stored there yet."""

    def read(words: Words) -> int:
        word = words[index]
        if word is None:
            raise Fault(span, f"{name} is read before it has a value")
        return word

    return Value(read, frozenset((index,)))


def frame_address(index: int) -> Value:
    """The address of a slot of the running frame, whose own address is in slot 0."""
    return Value(lambda words: (words[0] or 0) + index, frozenset((0,)))


def offset(base: Value, words_on: int) -> Value:
    """An address some words further on; from the null pointer it stays null."""
    if not words_on:
        return base
    start = base.evaluate

    def add(words: Words) -> int:
        address = start(words)
        return address + words_on if address else 0

    return _fold(Value(add, base.reads), base)


def scaled(base: Value, index: Value, count: int, stride: int, span: Span) -> Value:
    """The address of an element; the index is checked against the array's length. From null it stays null."""
    start, which = base.evaluate, index.evaluate

    def add(words: Words) -> int:
        number = which(words)
        if not 0 <= number < count:
            raise Fault(span, f"index {number} is outside of an array of {count}")
        address = start(words)
        return address + number * stride if address else 0

    return Value(add, base.reads | index.reads)


def convert(operand: Value, target: Type) -> Value:
    """The value as another scalar type holds it."""
    if not isinstance(target, Integer):
        return operand
    evaluate, wrap = operand.evaluate, target.wrap
    return _fold(Value(lambda words: wrap(evaluate(words)), operand.reads), operand)


def unary(sign: str, operand: Value, kind: Integer, span: Span) -> Value:
    """- or ~ on a promoted operand of this type, or ! on any."""
    evaluate = operand.evaluate
    if sign == "!":
        return _fold(Value(lambda words: int(not evaluate(words)), operand.reads), operand)
    if sign == "~":
        wrap = kind.wrap
        return _fold(Value(lambda words: wrap(~evaluate(words)), operand.reads), operand)
    return binary("-", constant(0), operand, kind, span)


def binary(sign: str, left: Value, right: Value, kind: Integer, span: Span) -> Value:
    """Arithmetic on two operands of the same type (shifts: the left one's). Faults on what C leaves undefined."""
    make = _checked_signed if kind.signed and sign in "+-*" else _MAKERS[sign]
    evaluate = make(left.evaluate, right.evaluate, sign, kind, span)
    return _fold(Value(evaluate, left.reads | right.reads), left, right)


def comparison(sign: str, left: Value, right: Value) -> Value:
    """A comparison of two values of the same type."""
    first, second, compare = left.evaluate, right.evaluate, _COMPARE[sign]
    return _fold(Value(lambda words: int(compare(first(words), second(words))), left.reads | right.reads), left, right)


def logical(sign: str, left: Value, right: Value) -> Value:
    """&& or ||."""
    first, second = left.evaluate, right.evaluate
    both = left.reads | right.reads
    if sign == "&&":
        return _fold(Value(lambda words: int(bool(first(words) and second(words))), both), left, right)
    return _fold(Value(lambda words: int(bool(first(words) or second(words))), both), left, right)


def choice(test: Value, then: Value, otherwise: Value) -> Value:
    """Test ? then : otherwise."""
    is_met, if_met, if_not = test.evaluate, then.evaluate, otherwise.evaluate
    reads = test.reads | then.reads | otherwise.reads
    return _fold(Value(lambda words: if_met(words) if is_met(words) else if_not(words), reads), test, then, otherwise)


def _fold(value: Value, *operands: Value) -> Value:
    """The value, computed now if everything it depends on is known. Raises Fault as the computation does."""
    if all(operand.constant is not None for operand in operands):
        return constant(value.evaluate([]))
    return value


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_EXACT: dict[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "&": operator.and_, "|": operator.or_, "^": operator.xor,
}  # fmt: skip


def _checked_signed(left: Evaluate, right: Evaluate, sign: str, kind: Integer, span: Span) -> Evaluate:
    apply, low, high = _EXACT[sign], kind.low, kind.high

    def compute(words: Words) -> int:
        result = apply(left(words), right(words))
        if not low <= result <= high:
            raise Fault(span, f"signed overflow: {result} does not fit into {kind}")
        return result

    return compute


def _wrapping(left: Evaluate, right: Evaluate, sign: str, kind: Integer, _span: Span) -> Evaluate:
    apply, mask = _EXACT[sign], kind.high
    return lambda words: apply(left(words), right(words)) & mask


def _bitwise(left: Evaluate, right: Evaluate, sign: str, _kind: Integer, _span: Span) -> Evaluate:
    apply = _EXACT[sign]
    return lambda words: apply(left(words), right(words))


def _division(left: Evaluate, right: Evaluate, sign: str, kind: Integer, span: Span) -> Evaluate:
    def compute(words: Words) -> int:
        top, bottom = left(words), right(words)
        if bottom == 0:
            raise Fault(span, "division by zero")
        quotient = abs(top) // abs(bottom)
        quotient = quotient if (top < 0) == (bottom < 0) else -quotient
        if quotient > kind.high:
            raise Fault(span, f"signed overflow: {quotient} does not fit into {kind}")
        return quotient if sign == "/" else top - quotient * bottom

    return compute


def _shift(left: Evaluate, right: Evaluate, sign: str, kind: Integer, span: Span) -> Evaluate:
    def compute(words: Words) -> int:
        value, count = left(words), right(words)
        if not 0 <= count < kind.bits:
            raise Fault(span, f"shift by {count} of a value of {kind.bits} bits")
        if sign == ">>":
            return value >> count
        result = value << count
        if not kind.signed:
            return result & kind.high
        if value < 0 or result > kind.high:
            raise Fault(span, f"left shift of {value} by {count} overflows {kind}")
        return result

    return compute


_MAKERS: dict[str, Callable[[Evaluate, Evaluate, str, Integer, Span], Evaluate]] = {
    "+": _wrapping, "-": _wrapping, "*": _wrapping, "&": _bitwise, "|": _bitwise, "^": _bitwise,
    "/": _division, "%": _division, "<<": _shift, ">>": _shift,
}  # fmt: skip
