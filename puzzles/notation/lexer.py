# SPDX-License-Identifier: GPL-2.0-or-later
"""Text to tokens, in one pass and in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from puzzles.characters import FORBIDDEN, forbidden_message, name_character
from puzzles.notation.errors import ReplayError

ReplayToken: TypeAlias = re.Match[str]
"""`lastgroup` is header, move, digest, comment, open or close; the groups within hold the parts."""

# Possessive repeats never give back what they took, so no input can make the matching slow.
_TOKEN: Final = re.compile(
    r"""
    (?P<space> \s++ )
  | (?P<header> \[ \s*+ (?P<name> [^\s"\[\]]++ ) \s*+
        "(?P<value> [^"\\\n]*+ (?: \\[^\n] [^"\\\n]*+ )*+ )" \s*+ \] )
  | (?P<move> (?P<drain> ~? ) \s*+ (?P<thread> [A-Za-z] ) (?: \s*+ (?P<count> [0-9]++ ) )? )
  | (?P<digest> \# (?P<digits> [0-9A-Fa-f]{4} ) (?! [0-9A-Za-z] ) )
  | (?P<comment> \{ (?P<text> [^}\\]*+ (?: \\. [^}\\]*+ )*+ ) \} )
  | (?P<open> \( )
  | (?P<close> \) )
    """,
    re.VERBOSE | re.DOTALL,
)

_DIGITS: Final = "a number needs a thread's letter before it: write A8, not 8A, and no move numbers."
_COMPLAINTS: Final = {
    "[": r'this header is malformed or cut: write [Name "value"] on one line, with \" for " and \\ for \.',
    "]": "this ] closes no header: delete it, or write [ in front of the header.",
    "{": r"this comment is never closed: write } at its end. A } inside it is written \}.",
    "}": r"this } closes no comment: delete it, or write \} if it belongs to one.",
    "#": "a digest is # and exactly four hex digits, like #a41f: correct it, and leave a space after it.",
    "~": "a drain is ~ and a thread's letter, like ~A: write the letter.",
    **dict.fromkeys("0123456789", _DIGITS),
}


def tokens(text: str) -> Iterator[ReplayToken]:
    """Yield the tokens of `text`; ReplayError at the first place that is none."""
    if forbidden := FORBIDDEN.search(text):
        raise ReplayError.at(text, forbidden.start(), forbidden_message(forbidden[0]))
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise ReplayError.at(text, position, _complain(text[position]))
        if token.lastgroup != "space":
            yield token
        position = token.end()


def _complain(character: str) -> str:
    other = f"{name_character(character)} means nothing here: delete it, or put it into a comment in {{ }}."
    return _COMPLAINTS.get(character, other)
