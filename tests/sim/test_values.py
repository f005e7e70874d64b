# SPDX-License-Identifier: GPL-2.0-or-later
"""Private arithmetic against a model of C in plain Python: exact numbers first, then what the type makes of them."""

from __future__ import annotations

import ctypes
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernelc.model import values
from sim.kernelc.model.source import NOWHERE
from sim.kernelc.model.types import BOOL, INT, LONG, UNSIGNED, UNSIGNED_LONG, VOID_POINTER, Integer, common, promote
from sim.kernelc.model.values import Fault, Value
from sim.kernelc.text.literals import integer

KINDS = (INT, UNSIGNED, LONG, UNSIGNED_LONG)
CTYPES = {
    "int": ctypes.c_int32,
    "unsigned int": ctypes.c_uint32,
    "long": ctypes.c_int64,
    "unsigned long": ctypes.c_uint64,
}
BORDERS = [sign * (1 << bits) + more for bits in (0, 1, 5, 31, 32, 63, 64) for sign in (-1, 1) for more in (-1, 0, 1)]


def numbers(kind: Integer) -> st.SearchStrategy[int]:
    inside = [border for border in BORDERS if kind.low <= border <= kind.high]
    return st.one_of(st.sampled_from(inside), st.integers(kind.low, kind.high), st.integers(0, 70))


@st.composite
def operands(draw: st.DrawFn) -> tuple[Integer, int, int]:
    kind = draw(st.sampled_from(KINDS))
    return kind, draw(numbers(kind)), draw(numbers(kind))


def exact(sign: str, left: int, right: int) -> int | None:
    """The number that mathematics gives; None where there is none."""
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return math.trunc(Fraction(left, right)) if right else None
        case "%":
            return left - right * math.trunc(Fraction(left, right)) if right else None
        case "&":
            return left & right
        case "|":
            return left | right
        case _:
            return left ^ right


def model(sign: str, left: int, right: int, kind: Integer) -> int | None:
    """What C gives; None where it leaves the result undefined."""
    if sign in ("<<", ">>"):
        return shifted(sign, left, right, kind)
    result = exact(sign, left, right)
    if result is None or (kind.signed and sign == "%" and right == -1 and left == kind.low):
        return None
    if not kind.signed:
        return result % (1 << kind.bits)
    return result if -(1 << kind.bits - 1) <= result < 1 << kind.bits - 1 else None


def shifted(sign: str, left: int, right: int, kind: Integer) -> int | None:
    if not 0 <= right < kind.bits:
        return None
    if sign == ">>":
        return math.floor(Fraction(left, 2**right))
    result = left * (1 << right)
    if kind.signed:
        return result if left >= 0 and result < 1 << kind.bits - 1 else None
    return result % (1 << kind.bits)


def computed(value: Value, *words: int | None) -> int | None:
    """The result on a frame of these words; None for a fault."""
    try:
        return value.evaluate(list(words))
    except Fault:
        return None


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"])
@given(case=operands())
def test_arithmetic_is_that_of_c(sign: str, case: tuple[Integer, int, int]) -> None:
    kind, left, right = case
    expected = model(sign, left, right, kind)
    slots = values.slot(0, NOWHERE, "l"), values.slot(1, NOWHERE, "r")
    assert computed(values.binary(sign, *slots, kind, NOWHERE), left, right) == expected
    try:
        folded = values.binary(sign, values.constant(left), values.constant(right), kind, NOWHERE).constant
    except Fault:
        folded = None
    assert folded == expected


@given(operands())
def test_comparisons_are_those_of_numbers(case: tuple[Integer, int, int]) -> None:
    _, left, right = case
    slots = values.slot(0, NOWHERE, "l"), values.slot(1, NOWHERE, "r")
    expected = {"==": left == right, "!=": left != right, "<": left < right, ">": left > right}
    expected |= {"<=": left <= right, ">=": left >= right}
    assert {sign: bool(computed(values.comparison(sign, *slots), left, right)) for sign in expected} == expected


@given(operands())
def test_unary_operators_are_those_of_c(case: tuple[Integer, int, int]) -> None:
    kind, word, _ = case
    slot = values.slot(0, NOWHERE, "l")
    assert computed(values.unary("!", slot, kind, NOWHERE), word) == (word == 0)
    assert computed(values.unary("~", slot, kind, NOWHERE), word) == CTYPES[kind.name](-word - 1).value
    assert computed(values.unary("-", slot, kind, NOWHERE), word) == model("-", 0, word, kind)


@given(st.integers(-(2**70), 2**70), st.sampled_from(KINDS))
def test_conversion_is_that_of_the_machine(number: int, kind: Integer) -> None:
    assert kind.wrap(number) == CTYPES[kind.name](number).value
    assert BOOL.wrap(number) == (number != 0)
    assert values.convert(values.constant(number), kind).constant == kind.wrap(number)
    assert values.convert(values.constant(number), VOID_POINTER).constant == number


@pytest.mark.parametrize("kind", [*KINDS, BOOL], ids=str)
def test_limits_of_a_type_are_its_own(kind: Integer) -> None:
    assert kind.high - kind.low + 1 == 2**kind.bits
    assert [kind.wrap(border) for border in (kind.low, kind.high)] == [kind.low, kind.high]


def test_a_slot_without_a_value_faults_and_names_the_variable() -> None:
    with pytest.raises(Fault, match="count is read before it has a value"):
        values.slot(1, NOWHERE, "count").evaluate([0, None])


def test_logic_asks_the_right_side_only_if_needed() -> None:
    broken = values.slot(1, NOWHERE, "r")
    left = values.slot(0, NOWHERE, "l")
    assert [computed(values.logical("&&", left, broken), word, None) for word in (0, 1)] == [0, None]
    assert [computed(values.logical("||", left, broken), word, None) for word in (0, 1)] == [None, 1]
    chosen = values.choice(left, values.constant(7), broken)
    assert [computed(chosen, word, None) for word in (0, 1)] == [None, 7]


def test_a_value_knows_what_it_reads_and_what_is_known_needs_no_frame() -> None:
    slots = [values.slot(i, NOWHERE, "s") for i in range(4)]
    both = values.binary("+", slots[1], values.convert(slots[3], LONG), INT, NOWHERE)
    assert both.reads == {1, 3}
    assert values.choice(slots[0], both, slots[2]).reads == {0, 1, 2, 3}
    assert values.scaled(slots[0], slots[2], 3, 2, NOWHERE).reads == {0, 2}
    assert values.binary("+", values.constant(2), values.constant(3), INT, NOWHERE).constant == 5
    assert (both.constant, values.offset(slots[1], 0)) == (None, slots[1])


@given(st.integers(1, 1000), st.integers(-3, 12), st.integers(1, 10), st.integers(1, 5))
def test_an_index_is_checked_against_the_length(base: int, index: int, count: int, stride: int) -> None:
    found = computed(
        values.scaled(values.slot(0, NOWHERE, "b"), values.slot(1, NOWHERE, "i"), count, stride, NOWHERE), base, index
    )
    assert found == (base + index * stride if 0 <= index < count else None)


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_part_of_nothing_is_nothing(index: int, words: int) -> None:
    null = values.slot(0, NOWHERE, "p")
    assert computed(values.offset(null, words), 0) == 0
    assert computed(values.scaled(null, values.constant(index), 10, 3, NOWHERE), 0) == 0


ORDER = ("int", "unsigned int", "long", "unsigned long")


@pytest.mark.parametrize("left", KINDS, ids=str)
@pytest.mark.parametrize("right", KINDS, ids=str)
def test_two_types_meet_in_the_later_of_the_list(left: Integer, right: Integer) -> None:
    assert common(left, right).name == max(left.name, right.name, key=ORDER.index)


def test_what_is_narrower_than_int_becomes_int_and_an_enum_what_it_rests_on() -> None:
    assert promote(BOOL) == INT
    assert promote(Integer("enum e", 32, signed=False)) == UNSIGNED
    assert promote(Integer("enum e", 32, signed=True)) == INT
    assert [promote(kind) for kind in KINDS] == list(KINDS)


FITTING = {
    ("", True): ("int", "long"),
    ("", False): ("int", "unsigned int", "long", "unsigned long"),
    ("u", True): ("unsigned int", "unsigned long"),
    ("u", False): ("unsigned int", "unsigned long"),
    ("l", True): ("long",),
    ("l", False): ("long", "unsigned long"),
    ("ul", True): ("unsigned long",),
    ("ul", False): ("unsigned long",),
}


@given(
    st.one_of(st.sampled_from([abs(border) for border in BORDERS]), st.integers(0, 2**65)),
    st.sampled_from(["", "u", "U", "l", "L", "ul", "UL", "lu", "Lu"]),
    st.sampled_from(["d", "x", "X", "o"]),
)
def test_a_literal_has_the_first_type_that_it_fits_into(number: int, suffix: str, base: str) -> None:
    text = {"d": str(number), "x": f"0x{number:x}", "X": f"0X{number:X}", "o": f"0{number:o}"}[base]
    plain = "".join(sorted(suffix.lower(), reverse=True))
    fitting = [name for name in FITTING[plain, text[0] != "0"] if number == CTYPES[name](number).value and number >= 0]
    if fitting:
        kind, value = integer(text + suffix)
        assert (kind.name, value) == (fitting[0], number)
    else:
        with pytest.raises(ValueError, match="does not fit"):
            integer(text + suffix)


@pytest.mark.parametrize(
    "text", ["", "x", "1.0", "1e3", "09", "0x", "1ll", "1uu", "1lul", "1_000", "0b1", "-1", "1 ", "\u0661"]
)
def test_other_literals_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an integer"):
        integer(text)
