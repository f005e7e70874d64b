# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of a terminal: what becomes of each kind, whatever comes before it, behind it, and how it is cut."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.events import AppBlur, AppFocus, Key, MouseDown, MouseMove, MouseScrollUp, MouseUp, Paste, Resize
from textual.message import Message
from textual.messages import InBandWindowResize, TerminalSupportsSynchronizedOutput

from tui.terminal.input import Input
from tui.terminal.reader import BURST, ESC_DELAY, PASTE_LIMIT, PASTE_QUIET, QUIET

LONG = 2 * PASTE_QUIET


def received(*parts: bytes | float, received: Input | None = None) -> list[Message]:
    """What becomes of bytes that are read one after the other, with seconds of silence where there are numbers."""
    receiver, now = received or Input(), 1000.0
    messages: list[Message] = []
    for part in (*parts, LONG):
        now += part if isinstance(part, float) else 0.001
        messages += receiver.feed(b"" if isinstance(part, float) else part, now)
    return messages


def keys(*parts: bytes | float) -> str:
    """The names of the keys that bytes are, and nothing else that they may be."""
    return " ".join(one.key for one in received(*parts) if isinstance(one, Key))


@pytest.mark.parametrize("data", [b"\xe9", b"\xff", b"\x80", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"])
def test_t1_bytes_that_are_no_text_are_dropped_and_the_next_key_is_not(data: bytes) -> None:
    assert keys(data) == ""
    assert keys(data + b"a", data, b"r") == "a r"


def test_t1_meta_as_the_eighth_bit_is_no_key() -> None:
    assert keys(*(bytes([128 + one]) for one in b"arsq\x03\x11"), b"a") == "a"


def test_t1_much_that_comes_at_once_is_not_binary_for_a_byte_that_is_no_text() -> None:
    replies = b"\x1b]11;rgb:0000/0000/0000\x07\x1b[M\x20\xff\xff\x1b[200~" + b"\xe9" * 99 + b"\x1b[201~"
    assert keys(b"\xe9" + replies + b"\xffa") == "a"


def test_t1_something_binary_that_was_pasted_is_no_keys_until_it_is_over() -> None:
    assert keys(bytes(range(256)), b"and its end, in a read of its own") == ""
    assert keys(b"\x7fELF\x02\x01\x01" * BURST + b"\xff", QUIET / 2, b"aaa", QUIET, b"r") == "r"


def test_text_is_read_as_ever_however_it_is_cut() -> None:
    text = "a8 r14 фé€😀"
    whole = keys(text.encode())
    assert keys(*(bytes([one]) for one in text.encode())) == whole
    assert whole.split()[:4] == ["a", "8", "space", "r"]
    assert keys(b"a" * 5000) == " ".join("a" * 5000)


UNKNOWN = [
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b]52;c;YWFhYQ==\x07",
    b"\x1bP1$r0;1m\x1b\\",
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^a private message\x1b\\",
    b"\x1bXa string\x1b\\",
    b"\x1b[?62;4;6;22c",
    b"\x1b[>41;390;0c",
    b"\x1b[24;80R",
    b"\x1b[1;1R",
    b"\x1b[?1;1R",
    b"\x1b[0n",
    b"\x1b[?997;1n",
    b"\x1b[8;24;80t",
    b"\x1b[48;30;100;600;800t",
    b"\x1b[?2026;2",
    b"\x1b[?1u",
    b"\x1b[97~",
    b"\x1b[97;1A",
    b"\x1b[97;5;1R",
    b"\x1b[1;99A",
    b"\x1bO~",
    b"\x1b(B",
    b"\x1b#8",
    "\u009b24;80R".encode(),
    "\u009d11;rgb:aaaa\u0007".encode(),
    b"\x1b[M !!",
    b"\x1b[M\x23\xff\xff",
    b"\x1b[Maaa",
    b"\x1b[32;10;10M",
    b"\x1b[<0;1;M",
    b"\x1b[<0;99999999999999999999;1M",
    b"\x1b[<0;-3;-4M",
    b"\x1b[<" + b"9" * 5000 + b";1;1M",
    b"\x1b[1114112u",
    b"\x1b[55296u",
    b"\x1b[97;;55296u",
    b"\x1b[97;;27u",
    b"\x1b[97;1:3u",
    b"\x1b[57441u",
    b"\x1b[201~",
    b"\x1b[1;5\x18",
    b"\x1b]11;rgb\x1a",
]


def letters(*parts: bytes | float) -> str:
    """The keys that bytes are and that could be moves: those that type a character, or could."""
    return "".join(one.key for one in received(*parts) if isinstance(one, Key) and (one.character or len(one.key) == 1))


@pytest.mark.parametrize("data", UNKNOWN, ids=lambda data: repr(data)[2:30])
def test_t2_an_escape_sequence_that_is_not_known_is_never_keys(data: bytes) -> None:
    """Whole, cut anywhere, or broken off, in which case a key comes after a pause."""
    assert letters(data, QUIET, b"r") == "r"
    assert letters(*(bytes([one]) for one in data), QUIET, b"r") == "r"
    for end in range(2, min(len(data), 50)):
        assert letters(data[:end], QUIET, b"r") == "r"


def test_an_unfinished_sequence_waits_for_its_rest_and_not_for_ever() -> None:
    assert keys(b"\x1b]11;rgb:", QUIET / 2, b"aaaa/rrrr", QUIET / 2, b"\x07a") == "a"
    assert keys(b"\x1b]11;rgb:", QUIET, b"a") == "a"
    assert keys(b"\x1b[<0;12", QUIET, b"a") == "a"
    assert keys(b"\x1bP", *[b"q" * 4096] * 100, b"\x1b\\a") == "a"


def test_escape_alone_is_the_escape_key_and_before_a_letter_alt() -> None:
    assert keys(b"\x1b") == "escape"
    assert keys(b"\x1b", ESC_DELAY, b"a") == "escape a"
    assert keys(b"\x1b\x1b", b"\x1b") == "escape escape escape"
    assert keys(b"\x1ba\x1bA\x1b ", LONG, b"\x1b[", LONG, b"\x1bO") == "alt+a alt+shift+a alt+space alt+[ alt+shift+o"
    assert keys(b"\x1b:a\x1b\r") == "escape colon a escape enter"
    assert [one.character for one in received(b"\x1ba") if isinstance(one, Key)] == [None]


def test_an_arrow_that_a_slow_line_cuts_is_still_no_letter() -> None:
    assert keys(b"\x1b", 0.01, b"[", 0.01, b"A") == "up"
    assert keys(b"\x1b", 2 * ESC_DELAY, b"[A") == "escape up"
    assert keys(b"\x1b", 2 * ESC_DELAY, b"OA") == "escape up"
    assert keys(b"\x1b", ESC_DELAY, LONG, b"[A") == "escape left_square_bracket A"


def test_keys_that_are_known_are_read_alone_and_in_a_row() -> None:
    assert keys(b"\x1b[A\x1bOB\x1b[1;2C\x1b[15~\x1b[[A\x1b[3$\x1b[Z") == (
        "up down shift+right f5 f1 shift+delete shift+tab"
    )
    assert keys(b"\x1b[25~\x1b[34~\x1b[5A") == "f13 f20 ctrl+up"
    assert keys(b"\x1b\x1b[A") == "escape up"
    assert keys(b"\x01\x03\x1a\x7f\r\t") == "ctrl+a ctrl+c ctrl+z backspace enter tab"


def test_keys_as_kitty_reports_them_with_all_that_it_may_add() -> None:
    assert keys(b"\x1b[97u\x1b[97;;97u\x1b[97;5u\x1b[27u\x1b[13u\x1b[97;3u") == "a a ctrl+a escape enter alt+a"
    assert keys(b"\x1b[97;1:1u\x1b[97;1:2u\x1b[97:65;1u\x1b[1;1:1A") == "a a a up"
    assert keys(b"\x1b[1092;;1092u") == "ф"


@pytest.mark.parametrize(("one", "other"), list(pairwise(sorted(ANSI_SEQUENCES_KEYS))))
def test_every_key_of_the_table_is_read_as_alone_whatever_comes_next(one: str, other: str) -> None:
    if one not in ("\x1b", "\x9b"):
        alone = [keys(one.encode()), keys(other.encode())]
        assert keys(one.encode(), QUIET, other.encode(), LONG) == " ".join(filter(None, alone))


def test_mouse_reports_in_the_form_that_was_asked_for_are_read() -> None:
    reports = b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<35;11;5M\x1b[<64;11;5M"
    kinds = [type(one) for one in received(reports)]
    assert kinds == [MouseDown, MouseUp, MouseMove, MouseScrollUp]


def test_a_paste_is_text_and_nothing_in_it_is_a_key() -> None:
    def pastes(*parts: bytes | float) -> list[str]:
        assert all(isinstance(one, Paste) for one in received(*parts))
        return [one.text for one in received(*parts) if isinstance(one, Paste)]

    assert pastes(b"\x1b[200~a8 r3\x1b[201~") == ["a8 r3"]
    assert pastes(b"\x1b[200~a\x00\x1b[Aq\xff\n\x1b[2", b"01~") == ["a  [Aq\n"]
    assert pastes(b"\x1b[200~never ended", PASTE_QUIET / 2, b" but still") == ["never ended but still"]
    assert len(pastes(b"\x1b[200~", *[b"x" * 4096] * 100, b"\x1b[20", b"1~")[0]) == PASTE_LIMIT
    assert keys(b"\x1b[200~never ended", LONG, b"a") == "a"


def test_sizes_are_believed_where_they_were_asked_for_and_can_be_true() -> None:
    asked = b"\x1b[?2048;2$y"
    assert [type(one) for one in received(asked, b"\x1b[?2026;2$y")] == [
        InBandWindowResize,
        TerminalSupportsSynchronizedOutput,
    ]
    told = received(asked, b"\x1b[48;30;100;600;1000t")[-1]
    assert isinstance(told, Resize)
    assert tuple(told.size) == (100, 30)
    for absurd in (b"0;0;0;0", b"30;100;0;0", b"9999;9999;9999;9999", b"30;100;1;1", b"99999999;1;1;1"):
        assert len(received(asked, b"\x1b[48;" + absurd + b"t\x1b[<0;3;3M")) == 2


def test_focus_is_told() -> None:
    assert [type(one) for one in received(b"\x1b[O\x1b[I")] == [AppBlur, AppFocus]


PIECES = st.one_of(
    st.sampled_from([*UNKNOWN, *(one.encode() for one in ANSI_SEQUENCES_KEYS), b"\x1b[200~", b"\x1b[201~", b"\x1b["]),
    st.binary(max_size=40),
    st.builds(lambda parameters, final: b"\x1b[" + parameters + final, st.binary(max_size=8), st.binary(max_size=1)),
)


@given(st.lists(PIECES, max_size=12), st.lists(st.floats(0.0, 2.0), max_size=12))
@example([b"\x1b[48;1;1;0;0t", b"\x1b[<0;1;1M"], [])
def test_no_bytes_in_any_order_at_any_time_raise_and_a_key_gets_through_at_last(
    pieces: list[bytes], pauses: list[float]
) -> None:
    receiver = Input()
    parts: list[bytes | float] = [one for pair in zip(pieces, pauses, strict=False) for one in pair]
    received(*parts, *pieces[len(pauses) :], received=receiver)
    late = list(receiver.feed(b"a", 2000.0))
    assert [one.key for one in late if isinstance(one, Key)] == ["a"]


@given(st.lists(PIECES, max_size=6), st.lists(st.integers(0, BURST), max_size=5))
@example([b"\x1b[[D"], [3])
def test_it_does_not_matter_how_bytes_are_cut(pieces: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(pieces)[:BURST]
    parts = [stream[start:end] for start, end in pairwise([0, *sorted(cuts), len(stream)])]
    assert list(map(repr, received(stream))) == list(map(repr, received(*filter(None, parts))))


def _texts(messages: Iterable[Message]) -> str:
    return "".join(one.character or "" for one in messages if isinstance(one, Key))


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60))
def test_what_can_be_typed_comes_through_whole(text: str) -> None:
    assert _texts(received(text.encode())) == text
