# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from string import ascii_letters, ascii_uppercase

from hypothesis import given
from hypothesis import strategies as st

from puzzles.characters import FORBIDDEN
from puzzles.notation import (
    Comment,
    Digest,
    Line,
    LineItem,
    Move,
    Replay,
    ReplayError,
    Variation,
    expand,
    format_schedule,
    merge_runs,
    parse_schedule,
    read_replay,
    write_replay,
)

FREE_TEXT = st.one_of(
    st.text(alphabet='ab \\}{)("[]#', max_size=60),
    st.text(max_size=60).filter(lambda text: not FORBIDDEN.search(text)),
)
MOVES = st.builds(Move, st.sampled_from("ABRZ"), st.integers(1, 20), st.booleans())
REMARKS: st.SearchStrategy[LineItem] = st.one_of(
    st.builds(Digest, st.text("0123456789abcdef", min_size=4, max_size=4)),
    st.builds(Comment, FREE_TEXT.filter(str.strip)),
)


def lines(variation_lines: st.SearchStrategy[Line]) -> st.SearchStrategy[Line]:
    """Lines with at least one move, that turn away into the given ones only after it."""
    any_item: st.SearchStrategy[LineItem] = st.one_of(MOVES, REMARKS, variation_lines.map(Variation))
    return st.builds(
        lambda before, move, after: Line((*before, move, *after)),
        st.lists(REMARKS, max_size=2),
        MOVES,
        st.lists(any_item, max_size=6),
    )


LINES = st.recursive(lines(st.nothing()), lines, max_leaves=8)
NAMES = st.text(ascii_letters, min_size=1, max_size=10).filter(lambda name: name.lower() != "format")
VALUES = FREE_TEXT.filter(lambda text: not set(text) & set("\t\r\n"))
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=5, unique_by=lambda header: header[0].lower()).map(tuple)
REPLAYS = st.builds(Replay, HEADERS, st.one_of(st.just(Line()), LINES))

SCRAPS = st.lists(
    st.sampled_from(['[Level "', '"]', "[", "A8 ", "r", "~", "12", "#a41f ", "{", "}", "(", ")", "\\", "\n", "\u00e9"]),
    max_size=30,
).map(lambda scraps: ('[Format "1"]' + "".join(scraps)).encode())


def read_or_refuse(data: bytes) -> Replay | ReplayError:
    try:
        return read_replay(data)
    except ReplayError as error:
        return error


@given(REPLAYS)
def test_what_is_written_is_read_back(replay: Replay) -> None:
    assert read_replay(write_replay(replay).encode()) == replay


@given(st.one_of(st.binary(), SCRAPS, st.binary().map(b'[Format "1"]'.__add__)))
def test_any_bytes_are_a_replay_or_refused(data: bytes) -> None:
    answer = read_or_refuse(data)
    if isinstance(answer, Replay):
        assert read_replay(write_replay(answer).encode()) == answer
    else:
        assert min(answer.line, answer.column) >= 1


@given(REPLAYS, st.data())
def test_a_cut_file_is_a_replay_or_refused_inside_it(replay: Replay, data: st.DataObject) -> None:
    whole = write_replay(replay).encode()
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    answer = read_or_refuse(cut)
    if isinstance(answer, Replay):
        assert answer.line.steps <= replay.line.steps
    else:
        assert answer.line <= cut.count(b"\n") + 1


@given(REPLAYS)
def test_writing_is_stable(replay: Replay) -> None:
    text = write_replay(replay)
    assert write_replay(read_replay(text.encode())) == text


@given(REPLAYS)
def test_line_ends_do_not_matter(replay: Replay) -> None:
    assert read_replay(write_replay(replay).replace("\n", "\r\n").encode("utf-8-sig")) == replay


@given(LINES)
def test_a_variation_follows_a_single_step(line: Line) -> None:
    last = None
    for item in line.items:
        if isinstance(item, Move):
            last = item
        elif isinstance(item, Variation):
            assert last is not None
            assert last.count == 1


@given(st.lists(MOVES))
def test_schedules_come_back_merged(moves: list[Move]) -> None:
    merged = parse_schedule(format_schedule(moves))
    assert merged == tuple(merge_runs(moves))
    assert list(expand(merged)) == list(expand(moves))
    assert format_schedule(expand(moves)) == format_schedule(merged)


@given(st.text(ascii_uppercase))
def test_letters_in_a_row_are_steps(letters: str) -> None:
    assert "".join(step.thread for step in expand(parse_schedule(letters.lower()))) == letters
