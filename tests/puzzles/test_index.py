# SPDX-License-Identifier: GPL-2.0-or-later
"""The index of the game's levels: as good as reading them all, and believed only where it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from puzzles.judging.score import Score
from puzzles.levels import LevelError, Pack, Problem, game_pack
from puzzles.levels.index import keep_index, read_index
from puzzles.storage import sealed
from puzzles.storage.sealed import hash_of
from tests.puzzles.programs import be_another_program

OTHER = "0" * 64


@cache
def proved() -> Pack:
    """The game's levels as if all were proved, which no test of the index has to wait for."""
    pack = game_pack()
    return evolve(
        pack, listed=tuple(evolve(level, best_scores=(Score(9, 1), Score(8, 2))) for level in pack.listed), proved=True
    )


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    keep_index(tmp_path, proved())
    return file_in(tmp_path)


def file_in(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_an_index_says_what_the_levels_say(kept: Path) -> None:
    pack = read_index(kept.parent)
    assert pack == proved()


def test_a_level_is_loaded_when_it_is_opened(kept: Path) -> None:
    pack = read_index(kept.parent)
    assert pack is not None
    for id_ in ("tour/7", pack.ids[-1]):
        assert pack.level(id_) == game_pack().level(id_)
    with pytest.raises(LevelError, match="no level 'tour/99'"):
        pack.level("tour/99")


def test_without_an_index_there_is_none(tmp_path: Path) -> None:
    assert read_index(tmp_path) is None
    assert read_index(tmp_path / "missing") is None
    (tmp_path / "file").write_text("a file")
    assert read_index(tmp_path / "file") is None


def test_of_another_program_or_pack_no_index_is_believed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = kept.read_bytes()
    be_another_program(monkeypatch, OTHER)
    assert read_index(kept.parent) is None
    keep_index(kept.parent, proved())
    (ours,) = (path for path in kept.parent.iterdir() if path != kept)
    assert read_index(kept.parent) == proved()
    ours.write_bytes(theirs)
    assert read_index(kept.parent) is None


@given(place=st.floats(0, 0.999), byte=st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: float, byte: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("index")
    keep_index(folder, proved())
    data = bytearray(file_in(folder).read_bytes())
    data[int(place * len(data))] ^= byte
    file_in(folder).write_bytes(data)
    assert read_index(folder) is None


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff" * 99, b"0" * 64 + b"{}"])
def test_what_is_no_index_is_passed_over(kept: Path, data: bytes) -> None:
    whole = kept.read_bytes()
    for damaged in (data, whole[: len(whole) // 2], whole + b" "):
        kept.write_bytes(damaged)
        assert read_index(kept.parent) is None


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"title": 1}', b'{"title": "", "chapters": [], "levels": [1]}', b"\xff"]
)
def test_a_seal_alone_does_not_make_an_index(kept: Path, body: bytes) -> None:
    made_of = sealed._made_of()
    kept.write_bytes(sealed._sealed(made_of, body) + body)
    assert read_index(kept.parent) is None


def test_only_a_whole_pack_of_the_game_is_kept(tmp_path: Path) -> None:
    problem = Problem("pack.toml", "title", "is wrong")
    for pack in (
        game_pack(),
        evolve(proved(), folder=tmp_path),
        evolve(proved(), problems=(problem,)),
        evolve(proved(), broken={"tour/7": LevelError([problem])}),
    ):
        keep_index(tmp_path, pack)
    assert not list(tmp_path.iterdir())


def test_nothing_is_kept_of_files_that_change_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_index(tmp_path) is None  # the start
    monkeypatch.setattr(sealed, "_hash_now", lambda: OTHER)
    keep_index(tmp_path, proved())
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    keep_index(taken, proved())
    assert taken.read_text() == "a file"


def test_of_many_programs_the_last_ones_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(sealed.MAX_FILES + 2):
        be_another_program(monkeypatch, f"{number:064}"[::-1])
        keep_index(tmp_path, proved())
    assert len(list(tmp_path.iterdir())) == sealed.MAX_FILES
    assert read_index(tmp_path) == proved()


def test_any_change_of_the_files_changes_their_hash(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    hashes = [hash_of([str(tmp_path)])]

    def change(name: str, text: str) -> None:
        (tmp_path / name).write_text(text)
        hashes.append(hash_of([str(tmp_path)]))

    change("a/level.toml", "title = 1")
    change("a/level.toml", "title = 2")
    change("a/b", "")
    change("b", "")
    (tmp_path / "a/b").unlink()
    change("b", "title")
    (tmp_path / "b").rename(tmp_path / "c")
    hashes.append(hash_of([str(tmp_path)]))
    assert len(set(hashes)) == len(hashes)


def test_compiled_python_does_not_count(tmp_path: Path) -> None:
    before = hash_of([str(tmp_path)])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "module.pyc").write_bytes(b"bytes")
    assert hash_of([str(tmp_path)]) == before
