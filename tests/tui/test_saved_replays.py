# SPDX-License-Identifier: GPL-2.0-or-later
"""P9: what is saved from an opened replay keeps all that the file says; what was tried is added as variations."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puzzles.notation import Replay, Variation, read_replay, write_replay
from puzzles.replays import play, verify
from puzzles.replays.showing import moves_to
from sim.debugger import Moment
from tests.tui.playing import NARROW, PACK, WIDE, playing
from tests.tui.program import call
from tui.actions.commands import CommandError, answered
from tui.game.game import Game
from tui.player.opening import replayed_game
from tui.player.replays import replay_text
from tui.screens.answers import AnswerScreen
from tui.screens.play import PlayScreen

LEVEL = PACK().level("in-place/1")
HEAD = '[Format "1"]\n[Event "A lecture"]\n[Level "in-place/1"]\n[Author "Ann"]\n\n'
ANNOTATED = HEAD + (
    "{ before all } A3 { the lock is ours } R1 { first } ( { instead } A2 #0000 { straight on } ( R1 { inner } R1 )"
    " A1 ) ( R1 A1 ) A3 R21 { now } A3 { it is over }"
)


def opened(text: str) -> Game:
    replay = read_replay(text.encode())
    return replayed_game(LEVEL, verify(replay, LEVEL), replay, None)


def saved(text: str, *lines: str) -> Replay:
    game = opened(text)
    for line in lines:
        answered(game, line)
    return read_replay(replay_text(game).encode())


def moves(text: str) -> str:
    """The moves of a replay as they are written, on one line."""
    return " ".join(text.partition("\n\n")[2].split())


def body(replay: Replay) -> str:
    return moves(write_replay(replay))


def test_nothing_is_lost_and_only_what_is_computed_changes() -> None:
    replay = saved(ANNOTATED)
    assert body(replay) == body(read_replay(ANNOTATED.encode())).replace("#0000", "#e9cc")
    assert [name for name, _ in replay.headers] == [
        "Event", "Level", "Author", "LevelHash", "Semantics", "Result", "Steps", "Preemptions", "Help",
    ]  # fmt: skip
    assert (replay.header("Author"), replay.header("Result"), replay.header("Help")) == (
        "Ann",
        "oom-premature",
        "shown",
    )
    verdict = verify(replay, LEVEL)
    assert verdict.notes == ()
    assert not verdict.won
    assert saved(write_replay(replay)) == replay


@pytest.mark.parametrize(
    ("text", "lines", "right"),
    [
        ("A3 { x } R1 A2", ("forward 2", "r2"), "A2 A1 { x } ( R2 ) R1 A2"),
        (
            "A3 { x } R1 A2",
            ("forward 2", "r2", "back 1", "a", "restart", "r"),
            "A1 ( R1 ) A1 A1 { x } ( R1 A1 ( R1 ) ) R1 A2",
        ),
        ("A3 R1", ("last", "a2 r1"), "A3 R1 A2 R1"),
        ("A3 { x } R1", ("last", "a2", "back 1", "r1"), "A3 { x } R1 A1 R1 ( A1 )"),
        ("A3 R1 ( A1 { y } ) A1", ("forward 3", "a", "a2"), "A3 R1 ( A1 { y } A2 ) A1"),
        ("A6 R99 A3", ("last",), "A6 R99 A3"),
        ("A6 { a } R99 A3", ("last", "a2"), "A6 { a } R22 A2"),
        ("", ("a2",), "A2"),
        # what several lines of the file lead to is told once, by the outermost of them
        ("A6 ( A1 R2 ) R22 A3", ("forward 5", "r3"), "A5 A1 ( A1 R2 ) ( R3 ) R22 A3"),
        ("A6 ( A1 R2 ( R1 A1 ) ) R1", ("forward 7", "a2"), "A5 A1 ( A1 R1 R1 ( R1 A1 ) ) R1 A2"),
        ("A6 ( A1 )", ("forward 6", "a1"), "A5 A1 ( A1 ) A1"),
    ],
)
def test_lines_are_gone_on_with(text: str, lines: Sequence[str], right: str) -> None:
    assert body(saved(HEAD + text, *lines)) == right


def test_headers_of_a_replay_that_does_not_fit_are_left_alone() -> None:
    assert saved(HEAD + "A6 R99 A3", "last").header("Steps") is None
    assert saved(HEAD + "A6 R99 A3", "last", "a2").header("Steps") == "30"


def test_a_claim_stays_a_claim() -> None:
    text = '[Format "1"]\n[Level "in-place/1"]\n[Result "safe"]\n[States "7"]\n\nA3'
    assert saved(text, "last", "r1").headers[1:3] == (("Result", "safe"), ("States", "7"))
    assert saved(f"{text} R22 A3", "last").header("Help") is None


COMMANDS = ("forward 1", "forward 5", "last", "back 1", "back 4", "restart", "a", "a2", "r", "r3", "branch")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(COMMANDS), max_size=12))
def test_all_that_was_played_is_in_what_is_saved(lines: list[str]) -> None:
    game = opened(ANNOTATED)
    for line in lines:
        with suppress(CommandError):
            answered(game, line)
    replay = read_replay(replay_text(game).encode())
    played = play(game.machine, replay)
    assert (played.main, played.others) == (None, [])
    assert tree(played.boot) == tree(game.boot)
    comments = [text for _, text in played.comments]
    assert comments == [text for _, text in play(game.machine, read_replay(ANNOTATED.encode())).comments]


def tree(boot: Moment) -> frozenset[tuple[int, ...]]:
    """All runs in a tree of moments, as far as they go."""
    runs = set()
    here = [boot]
    while here:
        moment = here.pop()
        runs.add(moves_to(moment))
        here += moment.children
    return frozenset(runs)


def test_a_file_is_written(tmp_path: Path) -> None:
    game = opened(ANNOTATED)
    path = tmp_path / "out.race"
    path.write_text(replay_text(game), "utf-8")
    assert any(isinstance(item, Variation) for item in read_replay(path.read_bytes()).line.items)


LONG = " ".join(["word"] * 700) + " the last word"


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_p10_a_long_comment_is_read_whole_and_gone_on_from(size: tuple[int, int]) -> None:
    async with playing(opened(HEAD + f"A3 {{ {LONG} }} R1 {{ short }} A1"), size) as player:
        await player.press("right right right")
        await player.until(AnswerScreen)
        assert "word word" in player.text
        await player.press("end")
        assert "the last word" in player.text
        await player.turn_page("right")
        assert player.game.session.now.steps == 4
        assert isinstance(player.app.screen, PlayScreen)
        assert "short" in player.text


async def test_p10_a_comment_before_the_first_move_is_shown() -> None:
    async with playing(opened(HEAD + "{ read this first } A3 R1 A1")) as player:
        assert "read this first" in " ".join(player.text.split())
        await player.press("right left")
        assert "at the start: read this first" in " ".join(player.text.split())
    async with playing(opened(HEAD + f"{{ {LONG} }} A3 R1 A1")) as player:
        await player.until(AnswerScreen)
        await player.turn_page("right")
        assert player.game.session.now.steps == 1


async def test_p10_what_is_said_at_the_end_is_not_covered() -> None:
    async with playing(opened(HEAD + "A6 R22 A3 { that was it }")) as player:
        await player.press("end")
        await player.until(AnswerScreen)
        assert "that was it" in player.text
        assert "was shown to you: no win" in " ".join(player.text.split())
        await player.turn_page("left")
        assert player.game.session.now.steps == 30


def test_p10_in_line_mode_all_of_it_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "long.race"
    path.write_text(HEAD + f"{{ before all }} A3 {{ {LONG} }} R1", "utf-8")
    said = call("replay", "--plain", str(path)).stdout.splitlines()
    assert said[1] == "  { before all }"
    assert f"  {{ {LONG} }}" in said
