# SPDX-License-Identifier: GPL-2.0-or-later
"""A replay while it is being read. Open variations stand on a list, so nothing recurses on the input."""

from __future__ import annotations

from attrs import define, field

from puzzles.characters import unescape
from puzzles.notation.headers import FORMAT, FORMAT_VERSION, HeaderBlock
from puzzles.notation.lexer import ReplayToken
from puzzles.notation.limits import MAX_DEPTH, MAX_STEPS
from puzzles.notation.model import Comment, Digest, Line, LineItem, Replay, Variation
from puzzles.notation.moves import Move


@define
class _OpenLine:
    """A line whose end has not been read; `place` is the offset of its opening parenthesis."""

    place: int
    items: list[LineItem] = field(factory=list)
    has_move: bool = False


@define
class Draft:
    """Takes tokens in order. Each method raises ValueError for a token that cannot stand there."""

    _headers: HeaderBlock = field(factory=HeaderBlock, init=False)
    _lines: list[_OpenLine] = field(factory=lambda: [_OpenLine(0)], init=False)
    _steps: int = field(default=0, init=False)
    _in_moves: bool = field(default=False, init=False)

    def take(self, token: ReplayToken) -> None:
        """Add one token."""
        if token.lastgroup == "header":
            self._take_header(token)
            return
        self._end_headers()
        match token.lastgroup:
            case "move":
                self._take_move(token)
            case "open":
                self._open_variation(token.start())
            case "close":
                self._close_variation()
            case "digest":
                self._lines[-1].items.append(Digest(token["digits"].lower()))
            case _:
                self._take_comment(token)

    def finish(self) -> Replay:
        """Return the replay once all tokens are taken."""
        self._end_headers()
        if len(self._lines) > 1:
            raise ValueError("this variation is never closed: write ) at its end.")
        return Replay(self._headers.without_format(), Line(self._lines[0].items))

    def open_place(self, end: int) -> int:
        """Return the offset of the innermost open parenthesis, `end` if there is none."""
        return self._lines[-1].place if len(self._lines) > 1 else end

    def _take_header(self, token: ReplayToken) -> None:
        if self._in_moves:
            raise ValueError("headers stand before the moves, one game a file: move or delete this one.")
        name, value = token["name"], unescape(token["value"], '"')
        self._headers.add(name, value)
        if name.lower() == FORMAT.lower() and value != FORMAT_VERSION:
            raise ValueError(f"only format {FORMAT_VERSION} can be read here: use a newer oomrace.")

    def _end_headers(self) -> None:
        if not self._in_moves and self._headers.get(FORMAT) is None:
            header = f'[{FORMAT} "{FORMAT_VERSION}"]'
            raise ValueError(f"the header {header} is missing: write it as the first line.")
        self._in_moves = True

    def _take_move(self, token: ReplayToken) -> None:
        move = read_move(token, MAX_STEPS - self._steps)
        self._steps += move.count
        self._lines[-1].items.append(move)
        self._lines[-1].has_move = True

    def _open_variation(self, place: int) -> None:
        if not self._lines[-1].has_move:
            raise ValueError("a variation needs a move before it, to be its alternative: write one.")
        if len(self._lines) > MAX_DEPTH:
            raise ValueError(f"variations stand more than {MAX_DEPTH} deep in one another: flatten them.")
        self._lines.append(_OpenLine(place))

    def _close_variation(self) -> None:
        if len(self._lines) == 1:
            raise ValueError("this ) closes no variation: delete it, or write ( in front of the variation.")
        variation = Variation(Line(self._lines.pop().items))
        self._lines[-1].items.append(variation)

    def _take_comment(self, token: ReplayToken) -> None:
        text = unescape(token["text"], "}")
        if text.strip():
            self._lines[-1].items.append(Comment(text))


def read_move(token: ReplayToken, room: int) -> Move:
    """Return the move of a move token; ValueError if it has no step or more than `room`."""
    digits = (token["count"] or "1").lstrip("0")
    if not digits:
        raise ValueError("a move has at least one step: delete it, or write a count from 1.")
    # A very long number is refused by its length, since turning it into an int is slow.
    if len(digits) > len(str(MAX_STEPS)) or int(digits) > room:
        raise ValueError(f"with this move there are more than {MAX_STEPS:,} steps: shorten the schedule.")
    return Move(token["thread"].upper(), int(digits), bool(token["drain"]))
