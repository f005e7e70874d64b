# SPDX-License-Identifier: GPL-2.0-or-later
"""The header Because: the statements because of which a level is claimed to be safe, by function and tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from puzzles.notation.limits import MAX_HEADER_VALUE
from sim import Program
from sim.reasons import Statement, statements

BECAUSE: Final = "Because"

MAX_MARKS: Final = 16
"""Statements that one claim names."""

_BETWEEN: Final = " | "
_COMMENT: Final = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_TOKEN: Final = re.compile(r"\w+|\S")


def mark_text(statement: Statement) -> str:
    """A statement as the header names it: its function and its text, without comments, layout and the last semicolon.

    A lone | stands without spaces, so that none divides it from what is named beside it.
    """
    code = statement.text if statement.text.startswith("if ") else statement.node.text
    text = " ".join(_COMMENT.sub(" ", code).split()).removesuffix(";").rstrip()
    return f"{statement.function}: {text}".replace(_BETWEEN, "|")


def format_because(marks: Iterable[Statement]) -> str:
    """The value of the header for these statements. Raises ValueError for more than it can hold."""
    texts = list(dict.fromkeys(map(mark_text, marks)))
    value = _BETWEEN.join(texts)
    if len(texts) > MAX_MARKS or len(value) > MAX_HEADER_VALUE:
        raise ValueError(
            f"a claim names at most {MAX_MARKS} statements of {MAX_HEADER_VALUE} characters together: name fewer."
        )
    return value


def read_because(value: str | None) -> tuple[str, ...]:
    """The statements that a header names, each as its text; those beyond MAX_MARKS do not count."""
    texts = (text.strip() for text in (value or "").split(_BETWEEN))
    return tuple(dict.fromkeys(filter(None, texts)))[:MAX_MARKS]


def named(program: Program, text: str) -> tuple[Statement, ...]:
    """The statements of a program that a text in the header names: those of the same function and tokens."""
    tokens = _tokens(text)
    inside = (statement for statement in statements(program) if tokens[:1] == [statement.function])
    return tuple(statement for statement in inside if _tokens(mark_text(statement)) == tokens)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)
