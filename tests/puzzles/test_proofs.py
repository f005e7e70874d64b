# SPDX-License-Identifier: GPL-2.0-or-later
"""Proofs of levels, and the lock file that keeps them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import Level, game_pack
from puzzles.notation import parse_schedule
from puzzles.proofs import LOCK_NAME, LockError, findings, known_proof, prove, read_lock, write_lock
from puzzles.replays import solution
from sim import Goal, Outcome

LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)


def test_the_committed_lock_file_says_what_is_proved_now() -> None:
    proofs = {level.id: prove(level) for level in game_pack().levels}
    assert (files("puzzles") / "campaign" / LOCK_NAME).read_text("utf-8") == write_lock(proofs), "oomrace check --write"


@LEVELS
def test_nothing_is_wrong_with_a_level_of_the_game(level: Level) -> None:
    proof = known_proof(level)
    assert proof is not None
    assert list(findings(level, proof, solution(level.id))) == []
    assert all(sum(move.count for move in parse_schedule(par.schedule)) == par.steps for par in proof.par)


def test_a_goal_out_of_reach_is_found() -> None:
    level = evolve(game_pack().level("in-place/1"), goal=Goal(Outcome.DEADLOCK))
    assert list(findings(level, prove(level), None)) == ["the goal deadlock is unreachable"]


def test_a_level_that_one_thread_wins_alone_is_found() -> None:
    level = evolve(game_pack().level("in-place/1"), goal=Goal(Outcome.PAGE))
    assert "A alone reaches page" in list(findings(level, prove(level), None))


def test_a_level_that_changed_has_no_known_proof() -> None:
    level = game_pack().level("in-place/1")
    assert known_proof(evolve(level, boot={**level.boot, "new_mems": "0-1"})) is None


def test_a_lock_file_is_read_back(tmp_path: Path) -> None:
    level = game_pack().level("tour/1")
    proofs = {level.id: prove(level)}
    (tmp_path / LOCK_NAME).write_text(write_lock(proofs), encoding="utf-8")
    assert read_lock(tmp_path) == proofs


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"level_hash": 1}}', "[" * 50_000, "x" * (1 << 21)])
def test_a_lock_file_that_cannot_be_read(text: str, tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(LockError, match=r"oomrace check --write"):
        read_lock(tmp_path)


def test_no_lock_file_is_no_proof(tmp_path: Path) -> None:
    assert read_lock(tmp_path) == {}
