# SPDX-License-Identifier: GPL-2.0-or-later
"""Where C's grammar needs to know which names are types: casts and parentheses."""

from __future__ import annotations

import pytest

import sim
from sim.kernelc.model.types import UNSIGNED_LONG
from sim.kernelc.syntax.syntax import parse_expression
from sim.kernelc.syntax.typenames import shown_words
from tests.sim.programs import finish, machine, values


def as_types(code: str) -> list[str]:
    """The typedef names of a text that stand for a type, in order."""
    return [word for _, (word, shown) in sorted(shown_words(code, {}).items()) if shown == "int"]


def as_operands(code: str) -> list[str]:
    """The names of a text that are shown as numbers since they could be taken for types."""
    return [word for _, (word, shown) in sorted(shown_words(code, {}).items()) if shown == "1"]


@pytest.mark.parametrize(
    ("code", "types"),
    [
        ("", ""),
        ("int x;", ""),
        ("typedef int t; t x;", "t"),
        ("typedef unsigned long t, *p; t x; p y;", "t p"),
        ("typedef struct { int a, b; int c[2]; } t; t a; b c;", "t"),
        ("typedef struct s { struct { int a; } b; } t, u; a x; t y; u z;", "t u"),
        ("typedef enum { A, B = 2 } t; A x; t y;", "t"),
        ("typedef int t[3], u[N]; t x; u y; N z;", "t u"),
        ("typedef int\n\tt\n;typedef t u; u x;", "t u"),
        ("int typedef t; const t x; t const y;", "t t"),
        ("typedef int t; struct s { t t; t u; }; t x;", "t t t"),
        ("typedef int t; unsigned t; void f(void) { t x; }", ""),
        ("typedef int t; void f(int t) { t x; }", ""),
        ("typedef int t; void f(int t); void g(t x) { t y; }", "t t"),
        ("typedef int t; void f(void) { { int t; t x; } t y; }", "t"),
        ("typedef int t; void f(void) { t t; t x; }", "t"),
        ("typedef int t; void f(void) { for (t t = 0; t; t++) { t x; } t y; }", "t t"),
        ("typedef int t; void f(void) { for (int t = 0; t; t++) if (t) ; else t; t y; }", "t"),
        ("typedef int t; void f(void) { enum { t }; t x; }", ""),
        ("typedef int t; void f(void) { t: ; goto t; t x; }", "t"),
        ("typedef int t; void f(void) { x.t = 1; p->t = 2; s = { .t = 3 }; }", ""),
        ("typedef int t; void f(void) { struct t t; t x; }", ""),
        ("typedef int t; void f(void) { x = (t) - 1; x = (t)(y); x = (t) * p; }", "t t t"),
        ("typedef int t; void f(void) { x = (t *) p; x = (const t) y; x = (t *const *) p; }", "t t t"),
        ("typedef int t; void f(void) { x = f(t); x = (t); x = t + 1; }", ""),
        ("typedef", ""),
        ("typedef }}} ;", ""),
        ("typedef int t; void f(void) { ) ] t x; }", "t"),
    ],
)
def test_typedef_names_stand_for_types_where_they_are_in_scope(code: str, types: str) -> None:
    assert as_types(code) == types.split()


@pytest.mark.parametrize(
    ("code", "operands"),
    [
        ("void f(void) { x = (f()) & 15; }", "f"),
        ("void f(void) { x = (a * (b)) - c; }", "a b"),
        ("void f(void) { x = (a[0] * (b)) - c; }", "a b"),
        ("void f(void) { x = (a) - b; }", "a"),
        ("void f(void) { x = (a.b) - c; x = (a->b) - c; x = (a + b) - c; }", ""),
        ("int a; void f(void) { a * b; g(x); }", "a g"),
        ("void f(void) { t x; t *y; t z[2]; }", ""),
        ("int x = (a) - b;", "a"),
        ("enum { A = (a) - b };", "a"),
    ],
)
def test_other_names_are_operands_where_they_could_be_taken_for_types(code: str, operands: str) -> None:
    assert as_operands(code) == operands.split()


CASTS = "typedef unsigned int gfp_t; typedef enum { IDLE, BUSY } mode_t; typedef struct { int a, b; } pair_t; "
GLOBALS = "int x = 5, y = 2; int *p = &y; unsigned long r; int f(int v) { return v * 10; } "


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(gfp_t)-1", 2**32 - 1),
        ("(gfp_t) - 1", 2**32 - 1),
        ("(gfp_t)+x", 5),
        ("(gfp_t)*p", 2),
        ("(gfp_t)(x)", 5),
        ("(gfp_t)(x) - y", 3),
        ("(gfp_t)~0", 2**32 - 1),
        ("(mode_t)-1", 2**32 - 1),
        ("(x) - y", 3),
        ("(x) * (y)", 10),
        ("(x) & y", 0),
        ("(x) - (y) - 1", 2),
        ("((x)) - y", 3),
        ("f((x) - y)", 30),
        ("f (x) - y", 48),
        ("f(x) - y", 48),
        ("x ? (x) - y : (y) - 1", 3),
        ("-(x) + 6ul", 1),
        ("!(x) + 1", 1),
        ("(long)(x) - y", 3),
        ("(x) /* - */ - y", 3),
        ("!x++ + 1", 1),
        ("-x-- + 6ul", 1),
    ],
)
def test_parentheses_around_a_name_are_a_cast_if_it_is_a_type(expression: str, value: int) -> None:
    one = machine(f"{CASTS}{GLOBALS}void run(void) {{ r = {expression}; }}")
    assert values(one, finish(one).state)["r"] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("typedef int tt1; int r; void run(void) { int tt1 = 3; r = (tt1) - 1; }", 2),
        ("typedef int tt1; int r; void run(void) { { int tt1 = 3; r = tt1; } r += (tt1) - 1; }", 2),
        ("typedef int t; int r = 3; void run(void) { for (t t = 3; (t) - 2; t--) r = (t) - 1; }", 2),
        ("typedef int t; int r; static int f(int t) { return (t) - 1; } void run(void) { r = f(3); }", 2),
        ("typedef int t; int r; void run(void) { enum { t = 3 }; r = (t) - 1; }", 2),
        ("typedef int t; int r; void run(void) { t t = 3; r = (t) - 1; }", 2),
        ("typedef int t; enum { A = 3 }; int r; void run(void) { r = (A) - 1 + (t) - 0; }", 2),
        ("typedef unsigned long size_t; size_t r = (size_t) - 1; void run(void) { r = r - (r) + 2; }", 2),
    ],
)
def test_a_name_is_what_the_innermost_declaration_says(text: str, value: int) -> None:
    """C1: an inner declaration hides a typedef, so that what looks like a cast is none."""
    one = machine(text)
    assert values(one, finish(one).state)["r"] == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(f(23)) & 15", 6),
        ("(f(2)) - 1", 19),
        ("(x * (y)) - x", 5),
        ("!(f(2)) - 1 + 2", 1),
        ("(p[0] * (y)) - x + 2", 1),
        ("(gfp_t) - x", 2**32 - 5),
        ("(gfp_t) - x * 1ul", 2**32 - 5),
        ("(x) - y * y", 1),
        ("(f)(x)", 50),
        ("(gfp_t)(x) * (y)", 10),
        ("(NONE) + 6", 5),
    ],
)
def test_parentheses_are_a_cast_if_a_type_is_declared(expression: str, value: int) -> None:
    """C2: what is declared decides, not what it looks like; also in named constants."""
    one = machine(f"#define NONE ((gfp_t) - 1)\n{CASTS}{GLOBALS}void run(void) {{ r = {expression}; }}")
    assert values(one, finish(one).state)["r"] == value


@pytest.mark.parametrize(("source", "value"), [("(gfp_t) - 1", 2**32 - 1), ("(x) - y", None), ("(mode_t)(1) - 1", 0)])
def test_expressions_of_a_level_know_the_types_of_the_kernel_file(source: str, value: int | None) -> None:
    program = sim.compile(f"{CASTS}{GLOBALS}void run(void) {{ }}")
    if value is None:
        with pytest.raises(sim.CompileError, match="not constant"):
            program.constant(source, UNSIGNED_LONG)
    else:
        assert program.constant(source, UNSIGNED_LONG) == value


def test_an_error_shows_what_the_author_wrote() -> None:
    text = "typedef unsigned int u; u a; u *p;\nvoid run(void) { u b = (u)(a) - (a)(p); f(); }"
    with pytest.raises(sim.CompileError) as problem:
        sim.compile(text)
    first, second = problem.value.diagnostics
    assert (str(first.span), first.excerpt) == ("kernel.c:2:33", text.split("\n")[1])
    assert (str(second.span), second.span.end_column) == ("kernel.c:2:41", 44)


@pytest.mark.parametrize("source", ["x", "x + 1", "  a->b[ 2 ] ", "(x)", "f(x, &y)", "x\n+ 1", "-1", "c ? a : b"])
def test_one_expression_is_an_expression(source: str) -> None:
    assert parse_expression(source, lambda _: None) is not None


@pytest.mark.parametrize(
    "source",
    ["", " ", "x;", "x; y", "1 2", "{ 1 }", "x,", "x, y = 1", "int x", "return 1", "(", "x)", "=", "x\0", "/* x"],
)
def test_anything_else_is_not(source: str) -> None:
    assert parse_expression(source, lambda _: None) is None
