# SPDX-License-Identifier: GPL-2.0-or-later
"""Best scores: each win is verified once, and what was not verified is not believed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.judging.score import Score
from puzzles.levels import Level, Pack, build_machine, game_pack
from puzzles.notation import Replay, expand, parse_schedule, write_replay
from puzzles.replays import make_replay
from puzzles.storage import sealed
from puzzles.wins import records
from puzzles.wins.records import save_win
from puzzles.wins.scores import Scores
from puzzles.wins.stars import Worth
from sim.debugger import Session, letters
from tests.puzzles.programs import be_another_program

LEVEL = game_pack().level("in-place/1")
BEST, NO_WIN = "A6 R22 A3", "A6"
WON = {LEVEL.id: Score(31, 1)}
Count = Callable[[], int]


def recorded(schedule: str) -> Replay:
    session = Session(build_machine(LEVEL))
    for move in expand(parse_schedule(schedule)):
        session.step(letters(session.machine).index(move.thread))
    return make_replay(LEVEL, session.machine, session.now)


def pretend(folder: Path, schedule: str, claim: str) -> Path:
    """A file whose name claims a win."""
    folder.mkdir(exist_ok=True)
    path = folder / f"in-place-1.{claim}.0123456789abcdef.race"
    path.write_text(write_replay(recorded(schedule)))
    return path


@pytest.fixture
def pack() -> Pack:
    """The game's own, as an index gives it."""
    return evolve(game_pack(), proved=True)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> Count:
    """How many files have been verified so far."""
    files: list[bytes] = []
    worth_of = records.worth_of

    def counting(data: bytes, level: Level) -> Worth | None:
        files.append(data)
        return worth_of(data, level)

    monkeypatch.setattr(records, "worth_of", counting)
    return lambda: len(files)


def test_a_win_is_verified_once(tmp_path: Path, pack: Pack, verified: Count) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    save_win(wins, LEVEL, recorded(BEST))
    scores = Scores(cache)
    assert scores.bests(wins, pack) == scores.bests(wins, pack) == (WON, "")
    assert Scores(cache).bests(wins, pack) == (WON, "")
    assert verified() == 1
    assert Scores().bests(wins, pack) == (WON, "")
    assert verified() == 2


def test_another_file_under_the_same_name_is_verified_anew(tmp_path: Path, pack: Pack, verified: Count) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    path = pretend(wins, BEST, "p1.s31")
    scores = Scores(cache)
    assert scores.bests(wins, pack)[0] == WON
    path.write_text(write_replay(recorded(NO_WIN)))
    assert scores.bests(wins, pack) == Scores(cache).bests(wins, pack) == ({}, "")
    assert verified() == 3


def test_a_copy_of_a_win_under_a_better_name_is_worth_what_it_was(tmp_path: Path, pack: Pack) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    path = pretend(wins, BEST, "p1.s31")
    assert Scores(cache).bests(wins, pack)[0] == WON
    path.rename(wins / path.name.replace("p1.s31", "p0.s3"))
    assert Scores(cache).bests(wins, pack)[0] == WON
    path = next(wins.iterdir())
    path.rename(wins / path.name.replace("in-place-1", "in-place-2"))
    assert Scores(cache).bests(wins, pack)[0] == {}


@pytest.mark.parametrize("kept", [b"", b"\xff", b"0" * 64 + b'{"a": [1, 2]}'])
def test_what_is_kept_is_believed_only_as_it_was_written(
    tmp_path: Path, pack: Pack, verified: Count, kept: bytes
) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    save_win(wins, LEVEL, recorded(BEST))
    assert Scores(cache).bests(wins, pack)[0] == WON
    (file,) = cache.iterdir()
    file.write_bytes(kept)
    assert Scores(cache).bests(wins, pack)[0] == WON
    assert verified() == 2


def test_what_another_program_has_verified_is_verified_again(
    tmp_path: Path, pack: Pack, verified: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    save_win(wins, LEVEL, recorded(BEST))
    Scores(cache).bests(wins, pack)
    be_another_program(monkeypatch, "0" * 64)
    assert Scores(cache).bests(wins, pack)[0] == WON
    assert verified() == 2


def test_scores_of_a_sealed_file_are_numbers(tmp_path: Path, pack: Pack) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    save_win(wins, LEVEL, recorded(BEST))
    wrong: tuple[object, ...] = ([], {"a": 1}, {"a": ["b"]}, {"a": [1, 2, 3]})
    for values in wrong:
        sealed.keep_sealed(cache, "wins", values)
        assert Scores(cache).bests(wins, pack)[0] == WON


def test_wins_of_a_pack_that_has_no_index_are_verified_at_each_start(tmp_path: Path, verified: Count) -> None:
    wins, cache = tmp_path / "wins", tmp_path / "cache"
    save_win(wins, LEVEL, recorded(BEST))
    for starts in (1, 2):
        assert Scores(cache).bests(wins, game_pack())[0] == WON
        assert verified() == starts
    assert not cache.exists()


def test_of_two_packs_with_the_same_ids_each_has_its_own_scores(tmp_path: Path, pack: Pack) -> None:
    other = pack.holding([evolve(game_pack().level("tour/7"), id=LEVEL.id)])
    save_win(tmp_path, LEVEL, recorded(BEST))
    scores = Scores()
    assert scores.bests(tmp_path, pack)[0] == WON
    assert scores.bests(tmp_path, other)[0] == {}
    assert scores.bests(tmp_path, pack)[0] == WON
