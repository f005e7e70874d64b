# SPDX-License-Identifier: GPL-2.0-or-later
"""What a terminal sends, as messages of the screen library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import define, field
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.events import CursorPosition, Key, MouseEvent, Paste
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.terminal.reader import Characters, Escape, Pasted, Reader, Sequence, Token

MAX_SIZE = (1000, 500)
"""Columns and rows; a terminal that tells of more does not tell the truth."""
MAX_PIXELS = 100_000
"""Where a mouse can be, in pixels or in cells."""
LONGEST = 32
"""Characters of a sequence that the parser takes for one."""
_SIZE = re.compile(r"\x1b\[48;(\d{1,4})(?::\d*)*;(\d{1,4})(?::\d*)*;(\d{1,6})(?::\d*)*;(\d{1,6})(?::\d*)*t")
_KEY = re.compile(r"\x1b\[(\d*)(?::\d*)*(;\d*)?(?::(\d*))?((?:;[\d:]*)?)([u~A-FHPQRS])")
_RELEASED = "3"
_NO_KEYS = {*MODIFIER_FUNCTIONAL_KEYS, "caps_lock", "num_lock", "scroll_lock", "print_screen"}


class _Parser(XTermParser):
    """Knows the escape sequences. Left to itself it takes those that it does not know for keys."""

    @property
    def waiting(self) -> bool:
        """Whether it is inside of a sequence."""
        return self._awaiting.timeout is not None

    def restart(self) -> None:
        """Forget the sequence that was begun."""
        self._tokens.clear()
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        self._timeout_time = None


@define(eq=False)
class Input:
    """Feed it bytes as they come, and none now and then, each time with the time in seconds; it never raises."""

    _reader: Reader = field(factory=Reader)
    _parser: _Parser = field(factory=_Parser)
    _tells_size: bool = False

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """The messages that have come to their end by now, in order."""
        for token in self._reader.feed(data, now):
            yield from self._messages(token)

    def _messages(self, token: Token) -> Iterator[Message]:
        match token:
            case Characters(text):
                for character in text:
                    yield from self._parsed(character)
            case Sequence(text):
                yield from self._sequence(text)
            case Escape():
                yield Key("escape", "\x1b")
            case Pasted(text):
                yield Paste(text)

    def _sequence(self, text: str) -> Iterator[Message]:
        if text.endswith("t") and not (self._tells_size and _is_size(text)):
            return
        plain = _plain(text)
        names = None if plain else ANSI_SEQUENCES_KEYS.get(text)
        yield from (Key(name.value, None) for name in names) if isinstance(names, tuple) else ()
        for message in self._parsed(plain) if 0 < len(plain) <= LONGEST else ():
            self._tells_size = self._tells_size or isinstance(message, InBandWindowResize)
            yield message

    def _parsed(self, text: str) -> Iterable[Message]:
        """What the parser knows of a sequence or a character; alt and a key it does not need to know."""
        try:
            messages = list(self._parser.feed(text))
        except (ArithmeticError, LookupError, ValueError):
            messages = []  # a number in it was absurd
            self._parser.restart()
        if self._parser.waiting:
            self._parser.restart()
            messages = [Key(_alt(text[1]), None)] if len(text) == 2 else []
        return [fitting for fitting in map(_fit, messages) if fitting is not None]


def _fit(message: Message) -> Message | None:
    """A message as it may be sent on; a key that is no character brings none, or it would be typed at a prompt."""
    if isinstance(message, MouseEvent):
        return message if max(message.x, message.y) < MAX_PIXELS else None
    if isinstance(message, CursorPosition):
        return None  # late: nobody asks for it
    if not isinstance(message, Key):
        return message
    if message.key in _NO_KEYS:
        return None
    if message.character is None or message.is_printable:
        return message
    if any("\ud800" <= character <= "\udfff" for character in message.key):
        return None
    return message if len(message.key) > 1 else None


def _alt(character: str) -> str:
    """The name of alt and a key."""
    named = {" ": "space", "\r": "enter", "\n": "ctrl+j", "\x7f": "backspace"}.get(character)
    if named is None and character < " ":
        named = f"ctrl+{chr(ord(character) | 0x60)}"
    elif named is None:
        named = f"shift+{character.lower()}" if character.isupper() else character
    return f"alt+{named}"


def _is_size(text: str) -> bool:
    """Whether a report of the terminal's size can be true."""
    report = _SIZE.fullmatch(text)
    if report is None:
        return False
    rows, columns, height, width = (int(number) for number in report.groups())
    return 0 < columns <= MAX_SIZE[0] and 0 < rows <= MAX_SIZE[1] and width >= columns and height >= rows


def _plain(text: str) -> str:
    """A report of a key as far as it was asked for; "" where it tells of no key, or of one that was released."""
    report = _KEY.fullmatch(text)
    if report is None:
        return text
    code, modifiers, kind, rest, final = report.groups()
    if kind == _RELEASED or (final != "u" and f"{code or 1}{final}" not in FUNCTIONAL_KEYS):
        return ""
    return f"\x1b[{code}{modifiers or ''}{rest}{final}"
