# SPDX-License-Identifier: GPL-2.0-or-later
"""Characters that a text of any origin may hold, and how it escapes its own closing mark."""

from __future__ import annotations

import re
from typing import Final

# Escape sequences could drive the reader's terminal, and direction overrides disguise one text as another.
FORBIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]",
)

_NOT_FOR_TERMINALS: Final = re.compile(f"\\r|{FORBIDDEN.pattern}")


def name_character(character: str) -> str:
    """Name one character for a message, showing it only if that is harmless."""
    number = f"U+{ord(character):04X}"
    return f"'{character}' ({number})" if character.isprintable() else number


def harmless(text: str) -> str:
    """A text of any origin with its control characters named instead of sent to a terminal; lines and tabs stay."""
    return _NOT_FOR_TERMINALS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def check_characters(text: str) -> None:
    """Raise ValueError at the first character that no replay may hold."""
    if forbidden := FORBIDDEN.search(text):
        raise ValueError(forbidden_message(forbidden[0]))


def forbidden_message(character: str) -> str:
    """Say that this character is not allowed."""
    return f"{name_character(character)} is a control character, which no replay may hold: delete it."


def escape(text: str, mark: str) -> str:
    r"""Put a backslash before each `mark` and each backslash."""
    return text.replace("\\", "\\\\").replace(mark, "\\" + mark)


def unescape(text: str, mark: str) -> str:
    """Undo `escape`. A backslash before any other character stands for itself."""
    return re.sub(rf"\\([\\{mark}])", r"\1", text)
