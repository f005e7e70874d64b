# SPDX-License-Identifier: GPL-2.0-or-later
"""Includes, named constants and conditionals: what is left of a text, and what its conditions are worth."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.kernelc.text.condition import holds
from sim.kernelc.text.preprocess import blank_comments, preprocess
from tests.sim.programs import machine, values


def words(text: str, headers: Mapping[str, str] | None = None) -> dict[str, int | str]:
    """The globals of a program as they are at boot."""
    one = machine(text + "\nvoid run(void) { }", headers=headers)
    return values(one, one.boot())


def kept(text: str) -> str:
    """The names of the globals that the conditionals leave."""
    return " ".join(words(text))


CONDITIONALS = {
    "true": ("#if 1\nint a;\n#endif", "a"),
    "false": ("#if 0\nint a;\n#endif", ""),
    "else of true": ("#if 1\nint a;\n#else\nint b;\n#endif", "a"),
    "else of false": ("#if 0\nint a;\n#else\nint b;\n#endif", "b"),
    "first elif": ("#if 0\nint a;\n#elif 1\nint b;\n#elif 1\nint c;\n#else\nint d;\n#endif", "b"),
    "elif after true": ("#if 1\nint a;\n#elif 1\nint b;\n#else\nint c;\n#endif", "a"),
    "no elif": ("#if 0\nint a;\n#elif 0\nint b;\n#endif\nint c;", "c"),
    "ifdef": ("#define X\n#ifdef X\nint a;\n#endif\n#ifdef Y\nint b;\n#endif", "a"),
    "ifndef": ("#define X\n#ifndef X\nint a;\n#else\nint b;\n#endif\n#ifndef Y\nint c;\n#endif", "b c"),
    "nested": ("#if 1\n#if 0\nint a;\n#else\nint b;\n#endif\nint c;\n#endif", "b c"),
    "nested in what is left out": ("#if 0\n#if 1\nint a;\n#else\nint b;\n#endif\n#else\nint c;\n#endif", "c"),
    "elif in what is left out": ("#if 0\n#if 0\nint a;\n#elif 1\nint b;\n#endif\n#endif\nint c;", "c"),
    "define in what is left out": ("#if 0\n#define X\n#endif\n#ifdef X\nint a;\n#endif\nint b;", "b"),
    "include in what is left out": ('#if 0\n#include "nosuch.h"\n#endif\nint a;', "a"),
    "unknown directive in what is left out": ("#if 0\n#pragma x\n#error no\n#endif\nint a;", "a"),
    "condition not asked": ("#if 1\nint a;\n#elif UNKNOWN + nonsense(\nint b;\n#endif", "a"),
    "condition not asked inside": ("#if 0\n#if UNKNOWN\n#endif\n#endif\nint a;", "a"),
    "blanks": ("  #  if 1 \nint a;\n #endif  ", "a"),
    "comments": ("#if 1 /* one */\nint a;\n#endif // end", "a"),
    "over a function": ("int a;\n#if 0\nvoid f(void)\n{\n#endif\nint b;\n#if 0\n}\n#endif", "a b"),
}


@pytest.mark.parametrize("name", CONDITIONALS)
def test_conditionals_keep_what_they_say(name: str) -> None:
    text, expected = CONDITIONALS[name]
    assert kept(text) == expected


def branch(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """A conditional over two texts, and what is left of it."""

    def build(true: bool, then: tuple[str, str], otherwise: tuple[str, str]) -> tuple[str, str]:
        text = f"#if {int(true)}\n{then[0]}\n#else\n{otherwise[0]}\n#endif"
        return text, (then if true else otherwise)[1]

    return st.builds(build, st.booleans(), inner, inner)


texts = st.recursive(
    st.sampled_from("abcdef").map(lambda letter: (letter, letter)),
    lambda inner: st.one_of(
        branch(inner),
        st.tuples(inner, inner).map(lambda both: (f"{both[0][0]}\n{both[1][0]}", both[0][1] + both[1][1])),
    ),
)


@given(texts)
def test_nested_conditionals_keep_what_a_plain_reading_keeps(case: tuple[str, str]) -> None:
    text, expected = case
    found = preprocess(text, {}, "kernel.c")
    assert "".join("".join(chunk.code.split()) for chunk in found.chunks) == expected


ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "<": operator.lt, ">": operator.gt, "<=": operator.le,
    ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
    "&&": lambda left, right: left != 0 and right != 0,
    "||": lambda left, right: left != 0 or right != 0,
}  # fmt: skip


def expression(inner: st.SearchStrategy[tuple[str, int]]) -> st.SearchStrategy[tuple[str, int]]:
    """A condition over two others, with its value by Python's arithmetic."""

    def build(sign: str, left: tuple[str, int], right: tuple[str, int]) -> tuple[str, int]:
        return f"({left[0]}) {sign} ({right[0]})", int(ARITHMETIC[sign](left[1], right[1]))

    return st.builds(build, st.sampled_from(list(ARITHMETIC)), inner, inner)


conditions = st.recursive(
    st.integers(-20, 20).map(lambda number: (str(number), number)),
    lambda inner: st.one_of(
        expression(inner),
        inner.map(lambda one: (f"!({one[0]})", int(not one[1]))),
        inner.map(lambda one: (f"-({one[0]})", -one[1])),
    ),
    max_leaves=6,
)


@given(conditions)
def test_a_condition_is_worth_what_arithmetic_says(case: tuple[str, int]) -> None:
    text, value = case
    if abs(value) < 2**63:
        assert holds(text, {}) == (value != 0)
        assert holds(f"({text}) == {value}", {})


@pytest.mark.parametrize(
    "text",
    [
        "2 + 3 * 4 == 14",
        "2 * 3 + 4 == 10",
        "10 - 4 - 3 == 3",
        "1 + 1 << 2 == 8",
        "8 >> 1 >> 1 == 2",
        "1 < 2 == 1",
        "1 || 0 && 0",
        "!0 && !!1",
        "-1 < 0",
        "0x10 == 16 && 010 == 8 && 0 == 00",
        "3ul == 3 && 4U == 4",
        "A == 7 && B == A && C == 8",
        "defined A && defined(B) && !defined D",
        "  ( 1 )  ",
    ],
)
def test_conditions_that_are_true(text: str) -> None:
    assert holds(text, {"A": "7", "B": "A", "C": "(B + 1)"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ends too early"),
        ("1 +", "ends too early"),
        ("1 1", "unexpected 1"),
        ("1)", r"unexpected \)"),
        ("(1", r"a \) is missing"),
        ("defined(A", r"a \) is missing"),
        ("X", "X is not defined"),
        ("SELF", "nested too deep"),
        ("LOOSE", "the text of LOOSE needs parentheses"),
        ("EMPTY", "ends too early"),
        ("1 / 2", "unexpected / 2"),
        ("1 ? 2 : 3", r"unexpected \? 2"),
        ("1 = 1", "unexpected = 1"),
        ("f(1)", "f is not defined"),
        ("'a'", "unexpected 'a'"),
        ("1 << 64", "shift by 64"),
        ("1 >> -1", "shift by -1"),
        ("9223372036854775807 + 1", "does not fit into long"),
        ("!" * 60 + "1", "nested too deep"),
        ("1 + " * 400 + "1", "longer than 1000"),
    ],
)
def test_conditions_that_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        holds(text, {"A": "1", "SELF": "SELF", "LOOSE": "1 + 2", "EMPTY": ""})


@given(st.text(alphabet="01AB()!&|<>=+-* defined#x'", max_size=40))
def test_any_condition_is_true_or_false_or_an_error(text: str) -> None:
    try:
        found: object = holds(text, {"A": "1", "B": "(A)"}) in (True, False)
    except ValueError as problem:
        found = str(problem)
    assert found


MACROS = {
    "number": ("#define N 5\nint x = N;", 5),
    "hexadecimal": ("#define N 0x1f\nint x = N;", 31),
    "negative": ("#define N -5\nint x = 3 - N;", 8),
    "in parentheses": ("#define N (1 + 2)\nint x = N * 2;", 6),
    "of others": ("#define A 2\n#define B (A * A)\n#define C (B + A)\nint x = C;", 6),
    "of later ones": ("#define A (B + 1)\n#define B 2\nint x = A;", 3),
    "of an enumerator": ("#define N (LAST - 1)\nenum { FIRST, MIDDLE, LAST };\nint x = N;", 1),
    "as a length": ("#define N 3\nint a[N] = { [N - 1] = 4 };\nint x = N;", 3),
    "as a case": ("#define N 3\nint x;\nvoid f(void) { switch (x) { case N: x = 1; } }", 0),
    "twice alike": ("#define N 5\n#define N 5\nint x = N;", 5),
    "with a comment": ("#define N 5 /* five */\nint x = N; // N", 5),
    "hidden by a local": ("#define N 5\nint x = N;\nvoid f(void) { int n = N; x = n; }", 5),
}


@pytest.mark.parametrize("name", MACROS)
def test_named_constants_stand_for_their_value(name: str) -> None:
    text, expected = MACROS[name]
    assert words(text)["x"] == expected


def test_headers_come_from_the_given_ones_only_and_guards_work() -> None:
    headers = {"a.h": "#ifndef A_H\n#define A_H\nint a = 1;\n#endif\n", "b.h": '#include "a.h"\nint b = 2;\n'}
    assert words('#include "b.h"\n#include "a.h"\n#include "oomrace.h"\nint c = 3;', headers) == {
        "a": 1,
        "b": 2,
        "c": 3,
    }


def test_a_header_stands_where_it_is_included() -> None:
    text = 'int a;\n#include "a.h"\nint c;\n#include "b.h"\n'
    assert list(words(text, {"a.h": "int b;", "b.h": "int d;"})) == ["a", "b", "c", "d"]


def test_a_header_with_a_path_is_refused_even_if_it_is_given() -> None:
    for name in ("../a.h", "sub/a.h", "/a.h", "a.c", "..h", ""):
        with pytest.raises(sim.CompileError):
            sim.compile(f'#include "{name}"\n', {name: "int a;"})


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("a/* b */c", "a       c"),
        ("a// b\nc", "a    \nc"),
        ("a/*\n*/c", "a  \n  c"),
        ("a/* // */c", "a        c"),
        ("a// /*\nc", "a     \nc"),
        ("a/**/c", "a    c"),
        ("a/*/c*/d", "a      d"),
        ("a/*/", "a/*/"),
        ("a / * b", "a / * b"),
    ],
)
def test_comments_become_blanks_of_the_same_length(text: str, blanked: str) -> None:
    assert blank_comments(text) == blanked


@given(st.text(alphabet="ab/*\n ", max_size=30))
def test_blanking_comments_moves_nothing(text: str) -> None:
    found = blank_comments(text)
    assert [len(line) for line in found.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(after in (before, " ") for before, after in zip(text, found, strict=True))


SAME = "int x = 1;\nvoid run(void) { x = x + 1; }"


@pytest.mark.parametrize(
    "text",
    [
        "int x=1;void run(void){x=x+1;}",
        "/* a */ int x = 1; // b\n\n\nvoid run(void)\n{\n\tx = x + 1;\n}\n",
        "#if 0\nint y;\n#endif\nint x = 1;\r\nvoid run(void) { x = x + 1; }",
    ],
)
def test_layout_comments_and_what_is_left_out_do_not_count_as_tokens(text: str) -> None:
    assert sim.compile(text).tokens == sim.compile(SAME).tokens


@pytest.mark.parametrize(
    "text",
    [
        "int x = 2;\nvoid run(void) { x = x + 1; }",
        "int x = 1;\nvoid run(void) { x = x - 1; }",
        "#define Y 1\nint x = 1;\nvoid run(void) { x = x + 1; }",
        "int x = 1;\nvoid run(void) { x = x + 1;; }",
    ],
)
def test_everything_else_counts_as_tokens(text: str) -> None:
    assert sim.compile(text).tokens != sim.compile(SAME).tokens
