# SPDX-License-Identifier: GPL-2.0-or-later
"""A replay to its canonical text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from puzzles.characters import escape
from puzzles.notation.headers import FORMAT, FORMAT_VERSION
from puzzles.notation.limits import MAX_BYTES
from puzzles.notation.model import Comment, Digest, Line, LineItem, Replay, Variation

WIDTH: Final = 78
"""Columns after which a line of moves is wrapped. Headers, and words longer than this, stay in one piece."""


def write_replay(replay: Replay) -> str:
    """Write a replay: Format first, one header a line, an empty line, the moves.

    `read_replay` gives back an equal replay. Raises ValueError if the text has more than MAX_BYTES, which
    takes very many comments or digests.
    """
    headers = ((FORMAT, FORMAT_VERSION), *replay.headers)
    lines = [f'[{name} "{escape(value, chr(34))}"]' for name, value in headers]
    if replay.line.items:
        lines += ["", *_wrap(_words(replay.line))]
    text = "\n".join(lines) + "\n"
    if len(text.encode()) > MAX_BYTES:
        raise ValueError(f"the replay is larger than {MAX_BYTES:,} bytes: shorten or delete comments.")
    return text


def format_line(line: Line) -> str:
    """Write a line without headers, in one line however long; a replay of it reads back as an equal line."""
    return " ".join(_words(line))


def _words(line: Line) -> Iterator[str]:
    """Yield what must not be broken: `( A2`, `#a41f`, `{ too`, `early }`, `)`."""
    open_lines = [iter(line.items)]
    prefix = ""
    while open_lines:
        item = next(open_lines[-1], None)
        if item is None:
            open_lines.pop()
            yield from [")"] if open_lines else []
        elif isinstance(item, Variation):
            open_lines.append(iter(item.line.items))
            prefix = "( "
        else:
            first, *rest = _item_words(item)
            yield prefix + first
            yield from rest
            prefix = ""


def _item_words(item: LineItem) -> list[str]:
    if isinstance(item, Digest):
        return [f"#{item.digits}"]
    if not isinstance(item, Comment):
        return [str(item)]
    words = escape(item.text, "}").split()
    words[0] = "{ " + words[0]
    words[-1] += " }"
    return words


def _wrap(words: Iterable[str]) -> Iterator[str]:
    """Fill lines greedily."""
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield line
