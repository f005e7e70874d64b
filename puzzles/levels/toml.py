# SPDX-License-Identifier: GPL-2.0-or-later
"""TOML files of a pack as plain values."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from attrs import frozen

from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.files import PackPath, check_text, read_text
from puzzles.levels.limits import MAX_LEVEL_BYTES

MAX_NESTING: Final = 16
"""Tables and lists inside one another."""

MAX_LINE_LENGTH: Final = 2_000
"""Characters in a line of the file."""

_NAMES: Final = re.compile(r"\((?:'[^']*',? ?)+\)")
_LINE: Final = re.compile(r"line (\d+) ")
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@frozen
class _RefusedError(Exception):
    """A value that no level may have: the path of its key, and a sentence."""

    key: str
    message: str


def read_toml(place: PackPath) -> dict[str, Any]:
    """The table that a TOML file holds. Raises LevelError."""
    line = column = 0
    key = ""
    try:
        text = read_text(place, MAX_LEVEL_BYTES)
        _check_lines(text)
        data = tomllib.loads(text)
        _check(data, MAX_NESTING, "")
    except tomllib.TOMLDecodeError as problem:
        said = _NAMES.sub(lambda names: ".".join(re.findall("'([^']*)'", names[0])), _PLACE.sub("", str(problem)))
        message = f"is not TOML: {said}; see toml.io for what is"
        line, column = _where(text, str(problem))
    except RecursionError:
        message = "values are nested too deep; flatten them"
    except _RefusedError as problem:
        key, message = problem.key, problem.message
    except ValueError as problem:
        message = str(problem)
        line = int(numbered[1]) if (numbered := _LINE.match(message)) else 0
    else:
        return data
    raise LevelError([Problem(place.shown, key, message, line, column)])


def _where(text: str, message: str) -> tuple[int, int]:
    """Line and column of a mistake, as far as its message tells."""
    match = _PLACE.search(message)
    if match is None:
        return 0, 0
    return (int(match[1]), int(match[2])) if match[1] else (len(text.splitlines()), 0)


def _check_lines(text: str) -> None:
    """Refuse long lines: the time that a dotted key takes grows with the square of its length."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE_LENGTH:
            raise ValueError(f"line {number} has more than {MAX_LINE_LENGTH:,} characters; break it")


def _check(value: object, depth: int, path: str) -> None:
    """Refuse control characters that were written as escapes, and nesting that no level needs."""
    if depth == 0:
        raise RecursionError
    if isinstance(value, str):
        try:
            check_text(value)
        except ValueError:
            raise _RefusedError(path, f"the text {value[:40]!a} holds a control character; delete it") from None
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth, path)
            _check(inner, depth - 1, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check(inner, depth - 1, f"{path}[{index}]")
