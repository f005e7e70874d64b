# SPDX-License-Identifier: GPL-2.0-or-later
"""Proofs on disk: whatever lies in the cache folder, a proof is either the one that was kept or is not there."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from puzzles.levels import game_pack
from puzzles.proofs import Par, Proof, known_proof
from sim.explore import patient
from tui.explorer import cache
from tui.explorer.proofs import Proofs
from tui.player.locations import cache_folder

LEVEL = game_pack().level("in-place/1")
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def proof() -> Proof:
    found = known_proof(LEVEL)
    assert found is not None
    return found


def stored(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def test_a_proof_is_found_again(tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path / "new" / "folder", proof)
    assert cache.load(tmp_path / "new" / "folder", proof.level_hash) == proof
    assert cache.load(tmp_path / "new" / "folder", "sha256:other") is None
    assert cache.load(tmp_path / "missing", proof.level_hash) is None


def test_the_file_says_which_program_found_the_proof(
    tmp_path: Path, proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.store(tmp_path, proof)
    assert json.loads(stored(tmp_path).read_text("utf-8"))["made_by"] == cache.program()
    monkeypatch.setattr(cache, "EXPLORER_VERSION", "next")
    cache.program.cache_clear()
    assert cache.load(tmp_path, proof.level_hash) is None
    cache.store(tmp_path, proof)
    assert cache.load(tmp_path, proof.level_hash) == proof
    monkeypatch.undo()
    cache.program.cache_clear()
    assert cache.load(tmp_path, proof.level_hash) is None


@SAME_FOLDER
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode)))
def test_any_bytes_are_no_proof(data: bytes, tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, proof)
    stored(tmp_path).write_bytes(data)
    assert cache.load(tmp_path, proof.level_hash) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@SAME_FOLDER
@given(
    key=st.sampled_from(["made_by", "sum", "proof"]),
    field=st.sampled_from([None, "par", "states", "one_in"]),
    value=JSON,
)
def test_any_values_are_no_other_proof(
    key: str, field: str | None, value: object, tmp_path: Path, proof: Proof
) -> None:
    cache.store(tmp_path, proof)
    data = json.loads(stored(tmp_path).read_text("utf-8"))
    if field is None:
        data[key] = value
    else:
        data["proof"][field] = value
    stored(tmp_path).write_text(json.dumps(data), "utf-8")
    assert cache.load(tmp_path, proof.level_hash) in (None, proof)


@SAME_FOLDER
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_changed_byte_changes_no_proof(at: int, byte: int, tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, proof)
    data = bytearray(stored(tmp_path).read_bytes())
    data[at % len(data)] = byte
    stored(tmp_path).write_bytes(data)
    assert cache.load(tmp_path, proof.level_hash) in (None, proof)


@pytest.mark.parametrize("length", [0, 1, 100, -1])
def test_a_file_that_was_cut_is_no_proof(length: int, tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, proof)
    stored(tmp_path).write_bytes(stored(tmp_path).read_bytes()[:length])
    assert cache.load(tmp_path, proof.level_hash) is None


def test_a_file_with_a_right_sum_must_still_make_sense(tmp_path: Path, proof: Proof) -> None:
    for wrong in (
        evolve(proof, par=(Par(1, 2, "\x1b[2J"),)),
        evolve(proof, one_in="many"),
        evolve(proof, one_in="nan"),
    ):
        cache.store(tmp_path, wrong)
        assert cache.load(tmp_path, proof.level_hash) is None


def test_a_file_with_a_right_sum_must_hold_a_verdict_that_there_is(tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, proof)
    entry = json.loads(stored(tmp_path).read_bytes())
    for verdict, believed in (("reachable", True), ("perhaps", False)):
        entry["proof"]["verdict"] = verdict
        entry["sum"] = sha256(json.dumps([entry["made_by"], entry["proof"]], sort_keys=True).encode()).hexdigest()
        stored(tmp_path).write_text(json.dumps(entry))
        assert (cache.load(tmp_path, proof.level_hash) is not None) is believed


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, proof)
    file = stored(tmp_path)
    file.write_bytes(file.read_bytes() + b" " * cache.MAX_BYTES)
    assert cache.load(tmp_path, proof.level_hash) is None


def test_a_folder_in_the_place_of_the_file_or_a_file_in_the_place_of_the_folder(tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, proof)
    file = stored(tmp_path)
    file.unlink()
    file.mkdir()
    cache.store(tmp_path, proof)
    assert cache.load(tmp_path, proof.level_hash) is None
    (tmp_path / "taken").write_text("here", "utf-8")
    cache.store(tmp_path / "taken", proof)
    assert cache.load(tmp_path / "taken", proof.level_hash) is None
    assert (tmp_path / "taken").read_text("utf-8") == "here"
    assert {one.name for one in tmp_path.iterdir()} == {file.name, "taken"}


def test_the_folder_does_not_grow_without_end(tmp_path: Path, proof: Proof, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_FILES", 5)
    for number in range(20):
        cache.store(tmp_path, evolve(proof, level_hash=f"sha256:{number}"))
    assert len(list(tmp_path.iterdir())) == 5
    assert cache.load(tmp_path, "sha256:19") is not None


def test_numbers_that_python_refuses_to_write_are_not_kept(tmp_path: Path, proof: Proof) -> None:
    cache.store(tmp_path, evolve(proof, schedules=10**5000))
    assert cache.load(tmp_path, proof.level_hash) is None


def test_the_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path


def test_a_broken_cache_is_mended_by_the_next_search(tmp_path: Path) -> None:
    level = evolve(LEVEL, boot={**LEVEL.boot, "new_mems": "0-1"})
    Proofs(tmp_path).search(level, patient)
    stored(tmp_path).write_bytes(b"\xff\x00{")
    proofs = Proofs(tmp_path)
    assert proofs.known(level) is None
    proofs.search(level, patient)
    again = Proofs(tmp_path).known(level)
    assert again is not None
    assert again == proofs.known(level)
