# SPDX-License-Identifier: GPL-2.0-or-later
"""Proofs of levels, and the lock file that keeps them."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import Level, game_pack
from puzzles.notation import Replay, parse_schedule
from puzzles.proofs import LOCK_NAME, Kind, LockError, Par, Proof, known_proof, lock_text, read_lock
from puzzles.proofs.findings import findings
from puzzles.proofs.prove import prove
from puzzles.replays import solution
from sim import Goal, Outcome
from sim.explore import Verdict


def told(level: Level, solution: Replay | None = None, proof: Proof | None = None) -> list[str]:
    """What is wrong with a level, without its place."""
    return [one.message for one in findings(level, proof or prove(level), solution)]


LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)


def test_the_committed_lock_file_says_what_is_proved_now() -> None:
    proofs = {level.id: prove(level) for level in game_pack().levels}
    assert (files("puzzles") / "campaign" / LOCK_NAME).read_text("utf-8") == lock_text(proofs), "oomrace check --write"


@LEVELS
def test_nothing_is_wrong_with_a_level_of_the_game(level: Level) -> None:
    proof = known_proof(level)
    assert proof is not None
    assert list(findings(level, proof, solution(level.id))) == []
    assert all(sum(move.count for move in parse_schedule(par.schedule)) == par.steps for par in proof.par)


def test_a_goal_out_of_reach_is_found() -> None:
    level = evolve(game_pack().level("in-place/1"), goal=Goal(Outcome.DEADLOCK))
    assert told(level) == ["the goal deadlock is unreachable"]


def test_a_level_that_a_serial_order_wins_is_found() -> None:
    level = evolve(game_pack().level("in-place/1"), goal=Goal(Outcome.PAGE, "zones[0].free > 0"))
    (found,) = findings(level, prove(level), None)
    assert found.kind is Kind.WARNING
    assert found.message == "no race is needed: in the order A, R, each to its end, A13 reaches page allocated"


def test_a_claim_that_does_not_hold_is_found() -> None:
    level = evolve(game_pack().level("in-place/1"), goal=Goal(Outcome.OOM_PREMATURE, safe=True))
    (found,) = told(level)
    assert re.fullmatch(r"it is to be proved safe, but [AR\d ]+ A3 reaches premature OOM", found)


def test_a_safe_level_needs_no_thread_that_does_not_win_alone() -> None:
    level = game_pack().level("in-place/4")
    proof = prove(level)
    assert (proof.verdict, proof.states, proof.par, proof.wins) == (Verdict.UNREACHABLE, 390, (), 0)
    assert told(level, solution("in-place/4")) == []
    run = solution("in-place/1")
    assert run is not None
    moves = run.with_header("Level", level.id)
    assert told(level, moves) == ["the stored solution does not prove it safe"]


def test_a_model_that_faults_is_found() -> None:
    level = game_pack().level("tour/6")
    source = evolve(level.source, text=level.source.text.replace("free_pages--;", "free_pages -= 1 / free_pages;"))
    faulty = evolve(level, source=source, boot={"look_again": 0})
    (found,) = (one for one in findings(faulty, prove(faulty), None) if one.line)
    assert re.fullmatch(
        r"puzzles/kernels/two-takers\.c:23:17: error: the model faults after [AB0-9 ]+: "
        r"two-takers\.c:23, in take_page: division by zero, and so it is undecided whether the goal can be reached; "
        r"correct it",
        str(found),
    )


def test_a_condition_that_no_serial_order_fulfils_is_no_finding() -> None:
    level = game_pack().level("tour/6")
    broken = evolve(level, goal=Goal(Outcome.FINISHED, "free_pages == -1"), boot={"look_again": 0}, limits=())
    text = level.source.text.replace("BUG_ON(free_pages < 0);", "")
    raced = evolve(broken, source=evolve(level.source, text=text))
    assert told(raced) == []


@pytest.mark.parametrize(
    ("schedule", "preemptions", "said"),
    [
        ("A6 R22 A2", 1, "A6 R22 A2 is no witness: it ends as: still running, not as: premature OOM"),
        ("A6 R22 A3", 0, "A6 R22 A3 is no witness: it preempts 1 times, not 0"),
        ("A6 R40", 1, "A6 R40 is no witness: step 29 of it, move 1, is not possible"),
    ],
)
def test_a_schedule_that_does_not_hold_when_it_is_played_is_found(schedule: str, preemptions: int, said: str) -> None:
    level = game_pack().level("in-place/1")
    proof = evolve(prove(level), par=(Par(preemptions, 31, schedule),))
    assert told(level, None, proof) == [said]


def test_a_recipe_that_does_not_hold_is_found() -> None:
    level = game_pack().level("in-place/1")
    proof = evolve(prove(level), recipe2="A6 R22 A2")
    assert told(level, None, proof) == ["A6 R22 A2 is no witness: it ends as: still running, not as: premature OOM"]


def test_a_level_that_changed_has_no_known_proof() -> None:
    level = game_pack().level("in-place/1")
    assert known_proof(evolve(level, boot={**level.boot, "new_mems": "0-1"})) is None


def test_a_lock_file_is_read_back(tmp_path: Path) -> None:
    level = game_pack().level("tour/7")
    proofs = {level.id: prove(level)}
    (tmp_path / LOCK_NAME).write_text(lock_text(proofs), encoding="utf-8")
    assert read_lock(tmp_path) == proofs


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"level_hash": 1}}', "[" * 50_000, "x" * (1 << 21)])
def test_a_lock_file_that_cannot_be_read(text: str, tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(LockError, match=r"^(is no lock file: |is larger than )"):
        read_lock(tmp_path)


def test_no_lock_file_is_no_proof(tmp_path: Path) -> None:
    assert read_lock(tmp_path) == {}
