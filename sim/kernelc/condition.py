# SPDX-License-Identifier: GPL-2.0-or-later
"""The conditions of #if: integers, defined names, comparison and logic."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import define

_TOKEN = re.compile(r"\s*(?:(0[xX][0-9a-fA-F]+|\d+)[uUlL]*|([A-Za-z_]\w*)|(&&|\|\||[<>=!]=|<<|>>|[-+*!<>()]))")
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("<<", ">>"), ("+", "-"), ("*",))
_MAX_NESTING = 50


def holds(text: str, names: Mapping[str, str]) -> bool:
    """Whether the condition is true, where `names` are the defined names and their text.

    Raises ValueError when the text is no condition, or names something undefined.
    """
    reader = _Reader(_tokens(text), names)
    value = reader.level(0)
    if reader.tokens:
        raise ValueError(f"unexpected {reader.tokens[0]}")
    return value != 0


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token:
            raise ValueError(f"unexpected {text[at:].strip()[:20]}")
        found.append(token[1] or token[2] or token[3])
        at = token.end()
    return found


@define
class _Reader:
    tokens: list[str]
    names: Mapping[str, str]
    depth: int = 0

    def take(self, *wanted: str) -> str:
        return self.tokens.pop(0) if self.tokens and (not wanted or self.tokens[0] in wanted) else ""

    def level(self, index: int) -> int:
        if index == len(_LEVELS):
            return self.unary()
        left = self.level(index + 1)
        while operator := self.take(*_LEVELS[index]):
            left = _apply(operator, left, self.level(index + 1))
        return left

    def unary(self) -> int:
        self.depth += 1
        if self.depth > _MAX_NESTING:
            raise ValueError("it is nested too deep")
        token = self.take()
        if token == "!":
            value = int(not self.unary())
        elif token == "-":
            value = -self.unary()
        elif token == "(":
            value = self.level(0)
            if not self.take(")"):
                raise ValueError("a ) is missing")
        else:
            value = self.atom(token)
        self.depth -= 1
        return value

    def atom(self, token: str) -> int:
        if not token or not (token[0].isalnum() or token[0] == "_"):
            raise ValueError(f"unexpected {token}" if token else "it ends too early")
        if token == "defined":
            bracket = self.take("(")
            name = self.take()
            if bracket and not self.take(")"):
                raise ValueError("a ) is missing")
            return int(name in self.names)
        if token[0].isdigit():
            return int(token, 16 if token[:2].lower() == "0x" else 8 if token[0] == "0" and token != "0" else 10)
        if token not in self.names:
            raise ValueError(f"{token} is not defined")
        inner = _Reader(_tokens(self.names[token]), {k: v for k, v in self.names.items() if k != token}, self.depth)
        return inner.level(0)


def _apply(operator: str, left: int, right: int) -> int:
    if operator in ("<<", ">>"):
        if not 0 <= right < 64:
            raise ValueError(f"shift by {right}")
        return left << right if operator == "<<" else left >> right
    return int(
        {
            "||": lambda: bool(left or right),
            "&&": lambda: bool(left and right),
            "==": lambda: left == right,
            "!=": lambda: left != right,
            "<": lambda: left < right,
            ">": lambda: left > right,
            "<=": lambda: left <= right,
            ">=": lambda: left >= right,
            "+": lambda: left + right,
            "-": lambda: left - right,
            "*": lambda: left * right,
        }[operator]()
    )
