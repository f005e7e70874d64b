# SPDX-License-Identifier: GPL-2.0-or-later
"""The conditions of #if: integers, defined names, comparison and logic."""

from __future__ import annotations

import operator as operators
import re
from collections.abc import Callable, Mapping

from attrs import field

from sim.classes import define
from sim.kernelc.model.types import LONG

_TOKEN = re.compile(r"\s*(?:(0[xX][0-9a-fA-F]+|\d+)[uUlL]*|([A-Za-z_]\w*)|(&&|\|\||[<>=!]=|<<|>>|[-+*!<>()]))")
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("<<", ">>"), ("+", "-"), ("*",))
_MAX_NESTING = 50
_MAX_LENGTH = 1000


def holds(text: str, names: Mapping[str, str]) -> bool:
    """Whether the condition is true, where `names` are the defined names and their text.

    Raises ValueError when the text is no condition, is too long, names something undefined, or has operators without
    parentheses in the text of a name.
    """
    reader = _ConditionReader(_tokens(text), names)
    value = reader.level(0)
    if reader.tokens:
        raise ValueError(f"unexpected {reader.tokens[0]}")
    return value != 0


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        raise ValueError(f"it is longer than {_MAX_LENGTH} characters")
    while at < len(text):
        word = _TOKEN.match(text, at)
        if not word:
            raise ValueError(f"unexpected {text[at:].strip()[:20]}")
        tokens.append(word[1] or word[2] or word[3])
        at = word.end()
    return tokens


@define
class _ConditionReader:
    tokens: list[str]
    names: Mapping[str, str]
    depth: int = 0
    numbers: dict[str, int] = field(factory=dict)

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
        word = self.take()
        if word == "!":
            value = int(not self.unary())
        elif word == "-":
            value = -self.unary()
        elif word == "(":
            value = self.level(0)
            if not self.take(")"):
                raise ValueError("a ) is missing")
        else:
            value = self.atom(word)
        self.depth -= 1
        return value

    def atom(self, word: str) -> int:
        if not word or not (word[0].isalnum() or word[0] == "_"):
            raise ValueError(f"unexpected {word}" if word else "it ends too early")
        if word == "defined":
            bracket = self.take("(")
            name = self.take()
            if bracket and not self.take(")"):
                raise ValueError("a ) is missing")
            return int(name in self.names)
        if word[0].isdigit():
            return int(word, 16 if word[:2].lower() == "0x" else 8 if word[0] == "0" and word != "0" else 10)
        if word not in self.numbers:
            self.numbers[word] = self.named(word)
        return self.numbers[word]

    def named(self, word: str) -> int:
        if word not in self.names:
            raise ValueError(f"{word} is not defined")
        inner = _ConditionReader(_tokens(self.names[word]), self.names, self.depth, self.numbers)
        value = inner.unary()
        if inner.tokens:
            raise ValueError(f"the text of {word} needs parentheses")
        return value


def _apply(operator: str, left: int, right: int) -> int:
    if operator in ("<<", ">>") and not 0 <= right < 64:
        raise ValueError(f"shift by {right}")
    value = int(_OPERATIONS[operator](left, right))
    if not LONG.low <= value <= LONG.high:
        raise ValueError(f"{left} {operator} {right} does not fit into {LONG}")
    return value


_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "<<": operators.lshift,
    ">>": operators.rshift,
    "||": lambda left, right: bool(left or right),
    "&&": lambda left, right: bool(left and right),
    "==": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    ">": operators.gt,
    "<=": operators.le,
    ">=": operators.ge,
    "+": operators.add,
    "-": operators.sub,
    "*": operators.mul,
}
