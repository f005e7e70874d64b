# SPDX-License-Identifier: GPL-2.0-or-later
"""Wins on disk: complete or not there, side by side, and believed only when verified."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from puzzles.judging.score import Score
from puzzles.levels import Level, build_machine, game_pack
from puzzles.notation import Replay, expand, parse_schedule, read_replay, write_replay
from puzzles.replays import make_replay
from puzzles.wins.files import RecordError
from puzzles.wins.records import best_win, save_win
from sim.debugger import Session, letters

LEVEL = game_pack().level("in-place/1")


def recorded(schedule: str, level: Level = LEVEL, sets: tuple[str, ...] = ()) -> Replay:
    session = Session(build_machine(level, sets=sets))
    for move in expand(parse_schedule(schedule)):
        session.step(letters(session.machine).index(move.thread))
    return make_replay(level, session.machine, session.now, sets)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_win_is_a_replay_file_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    win = save_win(folder, LEVEL, recorded("A6 R22 A3"))
    assert win.score == Score(31, 1)
    assert win.path.name.startswith("in-place-1.p1.s31.")
    assert names(folder) == [win.path.name]
    assert read_replay(win.path.read_bytes()) == recorded("A6 R22 A3")


def test_wins_stand_side_by_side(tmp_path: Path) -> None:
    first = save_win(tmp_path, LEVEL, recorded("A6 R22 A3"))
    second = save_win(tmp_path, LEVEL, recorded("A6 R19 A3"))
    third = save_win(tmp_path, LEVEL, recorded("A6 R22 A3").with_header("Author", "me"))
    again = save_win(tmp_path, LEVEL, recorded("A6 R22 A3"))
    assert again == first
    assert names(tmp_path) == sorted(win.path.name for win in (first, second, third))


def test_the_best_win_has_the_fewest_preemptions(tmp_path: Path) -> None:
    assert best_win(tmp_path, LEVEL) is None
    assert best_win(tmp_path / "nowhere", LEVEL) is None
    save_win(tmp_path, LEVEL, recorded("A6 R19 A3"))
    found = best_win(tmp_path, LEVEL)
    assert found is not None
    assert found.score == Score(28, 2)
    better = save_win(tmp_path, LEVEL, recorded("A6 R22 A3"))
    assert best_win(tmp_path, LEVEL) == better
    assert best_win(tmp_path, game_pack().level("in-place/2")) is None


def test_a_claim_is_not_believed(tmp_path: Path) -> None:
    true = save_win(tmp_path, LEVEL, recorded("A6 R19 A3"))
    lie = write_replay(recorded("A3 R3").with_header("Result", "oom-premature").with_header("Steps", "1"))
    (tmp_path / "in-place-1.p0.s1.0123456789abcdef.race").write_text(lie, encoding="utf-8")
    (tmp_path / "in-place-1.p0.s2.0123456789abcdef.race").write_bytes(true.path.read_bytes())
    (tmp_path / "in-place-1.p0.s3.0123456789abcdef.race").write_bytes(b"\xff\x00")
    (tmp_path / "in-place-1.p0.s4.0123456789abcdef.race").write_bytes(b"")
    (tmp_path / "in-place-1.p0.s5.0123456789abcdef.race").mkdir()
    os.mkfifo(tmp_path / "in-place-1.p0.s6.0123456789abcdef.race")
    other = write_replay(recorded("A13", game_pack().level("tour/7")))
    (tmp_path / "in-place-1.p0.s7.0123456789abcdef.race").write_text(other, encoding="utf-8")
    (tmp_path / "in-place-1.p0.s8.0123456789abcdef.race").symlink_to(tmp_path / "gone")
    found = best_win(tmp_path, LEVEL)
    assert found is not None
    assert found.score == true.score
    better = save_win(tmp_path, LEVEL, recorded("A6 R22 A3"))
    assert best_win(tmp_path, LEVEL) == better


def test_files_that_are_no_wins_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "in-place-1.race", "in-place-1.p1.s2.race", "in-place-11.p0.s1.0123456789abcdef.race"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    before = names(tmp_path)
    assert best_win(tmp_path, LEVEL) is None
    win = save_win(tmp_path, LEVEL, recorded("A6 R22 A3"))
    assert names(tmp_path) == sorted([*before, win.path.name])


def test_only_a_win_of_this_level_is_stored(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no win of in-place/1: exact: still running with 0 preemptions, 6 steps"):
        save_win(tmp_path, LEVEL, recorded("A6"))
    changed = recorded("A6 R22 A3", sets=("zones[0].free=199",))
    with pytest.raises(ValueError, match="this run is no win of in-place/1"):
        save_win(tmp_path, LEVEL, changed)
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    replay = recorded("A6 R22 A3")
    with pytest.raises(
        RecordError, match=r"cannot be written: a part of its path is no folder; or keep this replay yourself"
    ) as raised:
        save_win(tmp_path / "file" / "wins", LEVEL, replay)
    assert read_replay(raised.value.text.encode()) == replay


def test_a_disk_that_is_full_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        RecordError, match="the disk is full; make room, and try again; or keep this replay yourself"
    ) as raised:
        save_win(tmp_path, LEVEL, recorded("A6 R22 A3"))
    assert raised.value.text == write_replay(recorded("A6 R22 A3"))
    assert names(tmp_path) == []


def test_a_folder_without_permission(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(RecordError, match="you have no permission to write there"):
        save_win(folder, LEVEL, recorded("A6 R22 A3"))
    folder.chmod(0o000)
    with pytest.raises(RecordError, match="cannot read"):
        best_win(folder, LEVEL)
