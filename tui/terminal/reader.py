# SPDX-License-Identifier: GPL-2.0-or-later
"""The bytes that a terminal sends, divided into characters, escape sequences and pastes; what is none goes nowhere."""

from __future__ import annotations

import re
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator
from typing import TypeAlias

from attrs import define, field, frozen

ESC_DELAY = 0.1
"""Seconds after which an escape character alone is the escape key."""
QUIET = 0.5
"""Seconds of silence that end an escape sequence which was never finished, and whatever no keyboard sends."""
PASTE_QUIET = 1.0
"""Seconds of silence that end a paste which was never finished."""
PASTE_LIMIT = 1 << 16
"""Bytes of a paste that are kept."""
BURST = 32
"""More bytes at once than this that are no text are not typed: something binary was pasted."""

_ESC, _PASTE, _PASTE_END = b"\x1b", b"\x1b[200~", b"\x1b[201~"
_KEPT = 64  # bytes of an unfinished sequence: none that long is known
_SEQUENCE = re.compile(
    rb"\x1b\[(?:[378]|2[34])\$|"  # a shifted key of rxvt, the only kind that ends in such a byte
    rb"\x1b\[\[[\x20-\x7e]|"  # a function key of the Linux console
    rb"\x1b\[(?![M\[])[\x20-\x3f]*[\x40-\x7e]|"  # CSI
    rb"\x1bO[\x30-\x3f]*[\x40-\x7e]|"  # SS3
    rb"\x1b[\x00-\x0c\x0e-\x17\x19\x1c-\x1f\x30-\x39\x3b-\x4e\x51-\x57\x59\x5a\x5c\x60-\x7f]"  # alt and a key
)
_KEY_BEHIND = re.compile(rb"\x1b[\x1b:\r]")  # typed ahead behind the escape key; with alt these would be nothing
_BODY = rb"[^\x18\x1a\x1b\x40-\x7e]*"  # as terminals do, take what does not belong there for a part of the sequence
_STRING_END = rb"(?:\x1b\\|[\x18\x1a]|(?=\x1b[^\\]))"
_MOUSE = rb"\x1b\[M[^\x18\x1a\x1b]{3}"  # X10: raw bytes, from terminals that know no better; nothing here reads them
_UNKNOWN = re.compile(
    rb"\x1b\][^\x07\x18\x1a\x1b]*(?:\x07|%b)|"  # OSC
    rb"\x1b[PX^_][^\x18\x1a\x1b]*%b|"  # DCS, SOS, PM, APC
    rb"%b|\x1b(?:\[\[|\[(?![M\[])|O|[\x20-\x2f])%b[\x40-\x7e]|"
    rb"\x1b(?=[\x80-\xff])" % (_STRING_END, _STRING_END, _MOUSE, _BODY)
)
_UNFINISHED = re.compile(
    rb"\x1b(?:\[\[?%b|\[M[^\x18\x1a\x1b]{0,2}|[O\x20-\x2f]%b|\][^\x07\x18\x1a\x1b]*\x1b?|[PX^_][^\x18\x1a\x1b]*\x1b?)?\Z"
    % (_BODY, _BODY)
)
_NOT_TYPED = re.compile(rb"(?s:\x1b\[200~.*?(?:\x1b\[201~|\Z))|%b|%b" % (_SEQUENCE.pattern, _UNKNOWN.pattern))
_BROKEN_OFF = re.compile(rb"\x1b[^\x18\x1a\x1b]*[\x18\x1a]?")
_C1 = "([\x8f\x90\x98\x9b\x9d-\x9f])"
_LATE = re.compile(rb"\[[\x20-\x7e]|O[A-Z]\Z|\]\d|P[01>]")  # what comes behind an escape character, and came late


@frozen
class Characters:
    """Text that was typed."""

    text: str


@frozen
class Sequence:
    """An escape sequence, whole: a key, a mouse report, an answer of the terminal. One of two characters is alt."""

    text: str


@frozen
class Escape:
    """The escape key."""


@frozen
class Pasted:
    """Text that was pasted. Control characters are spaces, but for the ends of lines."""

    text: str


Token: TypeAlias = Characters | Sequence | Escape | Pasted


def _utf8() -> IncrementalDecoder:
    return getincrementaldecoder("utf-8")("ignore")


@define(eq=False)
class Reader:
    """Feed it bytes as they come, and none now and then, each time with the time in seconds; it never raises."""

    _pending: bytes = b""
    _paste: bytes | None = None
    _binary: bool = False
    _heard: float = 0.0
    _escaped: float = -QUIET
    _decoder: IncrementalDecoder = field(factory=_utf8)

    def feed(self, data: bytes, now: float) -> Iterator[Token]:
        """What has come to its end by now, in order."""
        yield from self._give_up(now)
        if not data:
            return
        self._heard = now
        if self._paste is None and not self._pending:
            if now - self._escaped < QUIET and _LATE.match(data):
                data = _ESC + data
            self._binary = self._binary or _is_binary(data)
        if not self._binary:
            self._pending += data
            yield from self._tokens()

    def _give_up(self, now: float) -> Iterator[Token]:
        """Silence ends what is unfinished."""
        silence = now - self._heard
        if self._paste is not None:
            if silence >= PASTE_QUIET:
                yield _pasted(self._paste)
                self._paste = None
        elif self._pending == _ESC:
            if silence >= ESC_DELAY:
                self._pending, self._escaped = b"", now
                yield Escape()
        elif silence >= QUIET:
            if len(self._pending) == 2:
                yield Sequence(self._pending.decode("ascii"))
            self._pending, self._binary = b"", False

    def _tokens(self) -> Iterator[Token]:
        """Divide what is pending; what may go on stays."""
        while self._pending:
            if self._pending.startswith(_ESC):
                self._decoder.reset()
            if self._paste is not None:
                yield from self._paste_on(self._paste + self._take(len(self._pending)))
            elif not self._pending.startswith(_ESC):
                yield from self._characters()
            elif sequence := _SEQUENCE.match(self._pending):
                self._take(sequence.end())
                if sequence[0] == _PASTE:
                    self._paste = b""
                else:
                    yield Sequence(sequence[0].decode("ascii"))
            elif unknown := _UNKNOWN.match(self._pending):
                self._take(unknown.end())
            elif _KEY_BEHIND.match(self._pending):
                self._take(1)
                yield Escape()
            elif _UNFINISHED.match(self._pending):
                self._pending = self._pending[:_KEPT] + (_ESC if self._pending[_KEPT:].endswith(_ESC) else b"")
                return
            elif broken_off := _BROKEN_OFF.match(self._pending):
                self._take(broken_off.end())

    def _take(self, size: int) -> bytes:
        taken, self._pending = self._pending[:size], self._pending[size:]
        return taken

    def _characters(self) -> Iterator[Token]:
        """What comes before the next escape character, or the C1 control that stands for one and a letter."""
        before, escape, rest = self._pending.partition(_ESC)
        text, *control = re.split(_C1, self._decoder.decode(before), maxsplit=1)
        self._pending = escape + rest
        if control:
            self._pending = _ESC + bytes([ord(control[0]) - 0x40]) + control[1].encode() + self._pending
        text = "".join(character for character in text if not "\x80" <= character <= "\x9f")
        if text:
            yield Characters(text)

    def _paste_on(self, data: bytes) -> Iterator[Token]:
        before, end, rest = data.partition(_PASTE_END)
        if end:
            self._paste, self._pending = None, rest
            yield _pasted(before)
        else:
            self._paste = data[:PASTE_LIMIT] + data[PASTE_LIMIT:][1 - len(_PASTE_END) :]


def _pasted(data: bytes) -> Pasted:
    text = data[:PASTE_LIMIT].decode("utf-8", "ignore")
    return Pasted("".join(character if character.isprintable() or character in "\r\n" else " " for character in text))


def _is_binary(data: bytes) -> bool:
    """Whether much came at once that is no text. A character that is cut at the end is one."""
    typed = re.sub(_NOT_TYPED, b"", data)
    try:
        typed.decode("utf-8")
    except UnicodeDecodeError as problem:
        return len(typed) > BURST and problem.reason != "unexpected end of data"
    return False
