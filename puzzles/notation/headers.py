# SPDX-License-Identifier: GPL-2.0-or-later
"""The headers of a replay: their names and what they may hold."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from attrs import define, field

from puzzles.characters import check_characters
from puzzles.notation.limits import MAX_HEADER_NAME, MAX_HEADER_VALUE, MAX_HEADERS

FORMAT: Final = "Format"
LEVEL: Final = "Level"
LEVEL_HASH: Final = "LevelHash"
SEMANTICS: Final = "Semantics"
RESULT: Final = "Result"
STEPS: Final = "Steps"
PREEMPTIONS: Final = "Preemptions"
STATES: Final = "States"

FORMAT_VERSION: Final = "1"
"""The only format that is read or written."""

Header: TypeAlias = tuple[str, str]
"""Name and value."""


@define
class HeaderBlock:
    """Headers in order, each checked as it is added. Names are the same whatever their case."""

    _by_key: dict[str, Header] = field(factory=dict, init=False)

    def add(self, name: str, value: str) -> None:
        """Add one header; ValueError if it is malformed, too long, a duplicate or one too many."""
        _check_name(name)
        _check_value(name, value)
        if name.lower() in self._by_key:
            raise ValueError(f"the header {name} stands twice: keep one of them.")
        if len(self._by_key) == MAX_HEADERS:
            raise ValueError(f"there are more than {MAX_HEADERS} headers: delete some.")
        self._by_key[name.lower()] = (name, value)

    def get(self, name: str) -> str | None:
        """Return the value of a header, None if it is not there."""
        header = self._by_key.get(name.lower())
        return header[1] if header else None

    def without_format(self) -> tuple[Header, ...]:
        """Return all headers but Format, in order."""
        return tuple(header for key, header in self._by_key.items() if key != FORMAT.lower())


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        raise ValueError("a header's name is a letter followed by letters, digits, - and _: rename it.")
    if len(name) > MAX_HEADER_NAME:
        raise ValueError(f"a header's name has at most {MAX_HEADER_NAME} characters: shorten it.")


def _check_value(name: str, value: str) -> None:
    check_characters(value)
    if re.search(r"[\t\r\n]", value):
        raise ValueError(f"the value of {name} holds a tab or a line break: put a space there.")
    if len(value) > MAX_HEADER_VALUE:
        raise ValueError(f"the value of {name} has more than {MAX_HEADER_VALUE} characters: shorten it.")
