# SPDX-License-Identifier: GPL-2.0-or-later
"""Where C's grammar needs to know which names are types: casts and parentheses."""

from __future__ import annotations

import pytest

from sim.kernelc.syntax import parse_expression, typedef_names
from tests.sim.programs import finish, machine, values


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("", set()),
        ("int x;", set()),
        ("typedef int t;", {"t"}),
        ("typedef unsigned long t, *p;", {"t", "p"}),
        ("typedef struct { int a, b; int c[2]; } t;", {"t"}),
        ("typedef struct s { struct { int a; } b; } t, u; int x;", {"t", "u"}),
        ("typedef enum { A, B = 2 } t;", {"t"}),
        ("typedef int t[3], u[N];", {"t", "u"}),
        ("typedef int\n\tt\n;typedef t u;", {"t", "u"}),
        ("typedef", set()),
        ("typedef }}} ;", set()),
    ],
)
def test_names_that_typedefs_introduce(code: str, names: set[str]) -> None:
    assert typedef_names(code) == names


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


@pytest.mark.parametrize("source", ["x", "x + 1", "  a->b[ 2 ] ", "(x)", "f(x, &y)", "x\n+ 1", "-1", "c ? a : b"])
def test_one_expression_is_an_expression(source: str) -> None:
    assert parse_expression(source) is not None


@pytest.mark.parametrize(
    "source",
    ["", " ", "x;", "x; y", "1 2", "{ 1 }", "x,", "x, y = 1", "int x", "return 1", "(", "x)", "=", "x\0", "/* x"],
)
def test_anything_else_is_not(source: str) -> None:
    assert parse_expression(source) is None
