# SPDX-License-Identifier: GPL-2.0-or-later
"""Integer values of generated programs: text, type, and bounds that show where C would leave them undefined.

The rules of C are written here a second time: the generator must not lean on the compiler under test.
"""

from __future__ import annotations

from attrs import evolve, frozen


@frozen
class Kind:
    """An integer type of C on x86-64."""

    name: str
    bits: int
    signed: bool

    @property
    def low(self) -> int:
        """The least value."""
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def high(self) -> int:
        """The greatest value."""
        return (1 << (self.bits - self.signed)) - 1


BOOL = Kind("bool", 1, signed=False)
INT = Kind("int", 32, signed=True)
UNSIGNED = Kind("unsigned int", 32, signed=False)
LONG = Kind("long", 64, signed=True)
UNSIGNED_LONG = Kind("unsigned long", 64, signed=False)
ENUM = Kind("enum heat", 32, signed=False)
KINDS = (INT, UNSIGNED, LONG, UNSIGNED_LONG, BOOL, ENUM)

TERNARY, OR, AND, BIT_OR, BIT_XOR, BIT_AND, EQUAL, ORDER, SHIFT, SUM, PRODUCT, UNARY, PRIMARY = range(13)
PRECEDENCE = {
    "||": OR, "&&": AND, "|": BIT_OR, "^": BIT_XOR, "&": BIT_AND, "==": EQUAL, "!=": EQUAL,
    "<": ORDER, ">": ORDER, "<=": ORDER, ">=": ORDER, "<<": SHIFT, ">>": SHIFT,
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT,
}  # fmt: skip
SMALL = 997
_TRUTHS = (OR, AND, EQUAL, ORDER)


@frozen
class Value:
    """An expression, its type, and bounds on what it can be."""

    text: str
    kind: Kind
    low: int
    high: int
    precedence: int = PRIMARY

    def at(self, precedence: int) -> str:
        """The text where at least this precedence is asked for."""
        return self.text if self.precedence >= precedence else f"({self.text})"

    def converted(self, kind: Kind) -> Value:
        """The bounds after an implicit conversion; the text stays."""
        if kind.low <= self.low and self.high <= kind.high:
            return evolve(self, kind=kind)
        return evolve(self, kind=kind, low=kind.low, high=kind.high)


def whole(text: str, kind: Kind, precedence: int = PRIMARY) -> Value:
    """An expression of which only the type is known."""
    return Value(text, kind, kind.low, kind.high, precedence)


def truth(text: str, precedence: int) -> Value:
    """What a comparison or a logical operator gives."""
    return Value(text, INT, 0, 1, precedence)


def promoted(kind: Kind) -> Kind:
    """C11 6.3.1.1: what int can hold becomes int; gcc keeps an enum without negatives as unsigned int."""
    return INT if kind == BOOL else UNSIGNED if kind == ENUM else kind


def common(left: Kind, right: Kind) -> Kind:
    """C11 6.3.1.8, the usual arithmetic conversions."""
    return max(promoted(left), promoted(right), key=lambda kind: (kind.bits, not kind.signed))


def joined(operator: str, left: Value, right: Value) -> str:
    """The text of a binary operation, parentheses only where needed."""
    level = PRECEDENCE[operator]
    return f"{left.at(level)} {operator} {right.at(level + 1)}"


def small(value: Value) -> Value:
    """The value brought between -SMALL and SMALL."""
    if value.low > -SMALL and value.high < SMALL:
        return value
    kind = promoted(value.kind)
    low = 1 - SMALL if kind.signed else 0
    return Value(f"{value.at(PRODUCT)} % {SMALL}", kind, low, SMALL - 1, PRODUCT)


def binary(operator: str, left: Value, right: Value) -> Value:
    """left operator right, with operands reduced where the operation would be undefined."""
    left, right = operands(operator, left, right)
    low, high = _bounds(operator, left, right)
    kind = _result(operator, left, right)
    if low < kind.low or high > kind.high:
        low, high = kind.low, kind.high
    return Value(joined(operator, left, right), kind, low, high, PRECEDENCE[operator])


def operands(operator: str, left: Value, right: Value) -> tuple[Value, Value]:
    """The operands, changed where the operation would be undefined."""
    if operator in ("<<", ">>"):
        signed = operator == "<<" and promoted(left.kind).signed
        bits = 7 if signed else promoted(left.kind).bits - 1
        return _masked(left, 255) if signed else left, _masked(right, bits)
    kind = common(left.kind, right.kind)
    if operator in ("/", "%"):
        return small(left) if kind.signed else left, _not_zero(right, kind)
    low, high = _bounds(operator, left, right)
    if operator in ("+", "-", "*") and kind.signed and (low < kind.low or high > kind.high):
        return small(left), small(right)
    return left, right


def _result(operator: str, left: Value, right: Value) -> Kind:
    if PRECEDENCE[operator] in _TRUTHS:
        return INT
    return promoted(left.kind) if operator in ("<<", ">>") else common(left.kind, right.kind)


def _bounds(operator: str, left: Value, right: Value) -> tuple[int, int]:
    """Bounds of the result, before it wraps."""
    if PRECEDENCE[operator] in _TRUTHS:
        return 0, 1
    if operator == "<<":
        return 0, left.high << right.high
    kind = _result(operator, left, right)
    left, right = left.converted(kind), right.converted(kind)
    if operator in ("&", "|", "^"):
        return _bit_bounds(operator, left, right)
    if operator in ("/", "%", ">>"):
        most = max(abs(left.low), abs(left.high))
        return (-most if kind.signed else 0), most
    compute = {"+": int.__add__, "-": int.__sub__, "*": int.__mul__}[operator]
    corners = [compute(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    return min(corners), max(corners)


def _bit_bounds(operator: str, left: Value, right: Value) -> tuple[int, int]:
    if left.low < 0 or right.low < 0:
        return left.kind.low, left.kind.high
    most = min if operator == "&" else max
    return 0, (1 << most(left.high.bit_length(), right.high.bit_length())) - 1


def _not_zero(value: Value, kind: Kind) -> Value:
    if value.converted(kind).low > 0:
        return value
    return whole(joined("|", value, Value("1", INT, 1, 1)), promoted(value.kind), BIT_OR)


def _masked(value: Value, mask: int) -> Value:
    if value.low >= 0 and value.high <= mask:
        return value
    return Value(f"{value.at(BIT_AND)} & {mask}", promoted(value.kind), 0, mask, BIT_AND)


def unary(operator: str, value: Value) -> Value:
    """operator value, for + - ~ and !."""
    kind = promoted(value.kind)
    if operator == "-" and kind.signed and value.converted(kind).low == kind.low:
        value = small(value)
    operand = value.at(UNARY)
    text = f"{operator}({operand})" if operand.startswith(("-", "+")) else f"{operator}{operand}"
    if operator == "!":
        return truth(text, UNARY)
    if operator == "+":
        return evolve(value.converted(kind), text=text, precedence=UNARY)
    if operator == "-" and kind.signed:
        bounds = value.converted(kind)
        return Value(text, kind, -bounds.high, -bounds.low, UNARY)
    return whole(text, kind, UNARY)


def cast(kind: Kind, value: Value, spelling: str) -> Value:
    """(kind)value, the type by one of its names."""
    return evolve(value.converted(kind), text=f"({spelling}){value.at(UNARY)}", precedence=UNARY)


def conditional(test: Value, then: Value, otherwise: Value) -> Value:
    """test ? then : otherwise, of the common type of its arms."""
    kind = common(then.kind, otherwise.kind)
    first, second = then.converted(kind), otherwise.converted(kind)
    text = f"{test.at(OR)} ? {then.at(OR)} : {otherwise.at(TERNARY)}"
    return Value(text, kind, min(first.low, second.low), max(first.high, second.high), TERNARY)
