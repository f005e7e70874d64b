# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes to a replay: lenient about layout, strict about meaning, bounded in everything."""

from __future__ import annotations

from codecs import BOM_UTF8

from puzzles.notation.draft import Draft
from puzzles.notation.errors import ReplayError
from puzzles.notation.lexer import tokens
from puzzles.notation.limits import MAX_BYTES
from puzzles.notation.model import Replay


def read_replay(data: bytes) -> Replay:
    """Read the bytes of one `.race` file (UTF-8; BOM and CRLF are accepted).

    Raises ReplayError, and nothing else, for bytes that are no replay or exceed the bounds in `limits`.
    """
    text = _decode(data)
    draft = Draft()
    for token in tokens(text):
        try:
            draft.take(token)
        except ValueError as fault:
            raise ReplayError.at(text, token.start(), str(fault)) from None
    try:
        return draft.finish()
    except ValueError as fault:
        raise ReplayError.at(text, draft.open_place(len(text)), str(fault)) from None


def _decode(data: bytes) -> str:
    """Return the text with line feeds only."""
    if len(data) > MAX_BYTES:
        raise ReplayError(1, 1, f"the file is larger than {MAX_BYTES:,} bytes: shorten it (is it a replay?).")
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = _unify_line_ends(data[: fault.start].decode("utf-8"))
        problem = "the text is not UTF-8 from here on: save the file as UTF-8."
        raise ReplayError.at(before, len(before), problem) from None
    return _unify_line_ends(text)


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
