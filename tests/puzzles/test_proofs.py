# SPDX-License-Identifier: GPL-2.0-or-later
"""Proofs of levels, and the lock file that keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from attrs import asdict, evolve

from puzzles.levels import Level, game_pack
from puzzles.notation import Replay, parse_schedule
from puzzles.proofs import (
    LOCK_NAME,
    Kind,
    LockError,
    Par,
    Proof,
    believed_reasons,
    differences,
    known_proof,
    lock_text,
    read_lock,
)
from puzzles.proofs.findings import findings
from puzzles.proofs.prove import prove
from puzzles.proofs.reasoned import _of_trials, with_reasons
from puzzles.reasons.bearing_line import BearingLine
from puzzles.replays import solution
from sim import Goal, Outcome
from sim.explore import Limits, Verdict
from tests.tui.program import call


def told(level: Level, solution: Replay | None = None, proof: Proof | None = None) -> list[str]:
    """What is wrong with a level, without its place."""
    return [one.message for one in findings(level, proof or prove(level), solution)]


@cache
def committed() -> Mapping[str, Proof]:
    """The lock file of the game's own pack."""
    return read_lock(files("puzzles") / "campaign")


LEVELS = pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)


@LEVELS
def test_the_committed_lock_file_says_what_is_proved_now(level: Level) -> None:
    """But for reasons and answers to questions: searching for all of them takes `oomrace check` most of its time."""
    kept = committed()[level.id]
    reasons = believed_reasons(level, kept)
    proof = evolve(prove(level), reasons=reasons, undecided=kept.undecided, what_ifs=kept.what_ifs)
    assert kept == proof, "oomrace check --write"


def test_the_committed_lock_file_is_as_check_writes_it() -> None:
    lock = {level.id: committed()[level.id] for level in game_pack().levels}
    assert (files("puzzles") / "campaign" / LOCK_NAME).read_text("utf-8") == lock_text(lock), "oomrace check --write"


def test_every_level_that_is_safe_and_no_variant_has_a_reason() -> None:
    lock = read_lock(files("puzzles") / "campaign")
    asked = [level for level in game_pack().levels if level.goal.safe]
    assert {level.id for level in asked if lock[level.id].reasons is None} == set()
    assert {level.id for level in asked if not lock[level.id].reasons and not level.variant_of} == set()
    others = [level.id for level in game_pack().levels if not level.goal.safe]
    assert {id_ for id_ in others if lock[id_].reasons is not None} == set()


@pytest.mark.parametrize("id_", ["tour/6", "side/1", "side/6"])
def test_the_lock_file_keeps_what_the_search_for_reasons_finds(id_: str) -> None:
    level = game_pack().level(id_)
    proof = known_proof(level)
    assert proof is not None
    assert with_reasons(evolve(proof, reasons=None), level) == proof
    rows = [asdict(line) for line in proof.reasons or ()]
    assert json.loads(call("reasons", id_, "--json").stdout) == rows


SAFE = game_pack().level("side/6")
"""A level in which nothing bears."""

UNDECIDED = Limits(watch=lambda _: "it took too long")


def test_a_level_that_nobody_could_win_is_found_unless_it_is_a_variant() -> None:
    proof = with_reasons(prove(SAFE), SAFE)
    assert proof.reasons == ()
    assert told(SAFE, None, proof) == []
    (finding,) = findings(evolve(SAFE, variant_of=""), proof, None)
    said = "it is safe, and no statement alone is the reason: nobody could win it"
    assert (finding.kind, finding.key, finding.message) == (Kind.ERROR, "goal", said)
    assert "variant_of" in finding.advice


@pytest.mark.parametrize("level", [SAFE, evolve(SAFE, variant_of="")], ids=["variant", "own"])
def test_a_search_for_reasons_that_ends_at_a_bound_names_it_and_never_says_that_there_is_none(level: Level) -> None:
    stopped = with_reasons(prove(level), level, UNDECIDED)
    assert (stopped.reasons, stopped.undecided, stopped.whole) == (None, ("it took too long",), False)
    assert told(level, None, stopped) == ["it is undecided because of which statements it is safe: it took too long"]
    bounded = evolve(prove(level), reasons=(), undecided=("kernel.c:7: more than 20,000 states",))
    (said,) = told(level, None, bounded)
    assert said == "it is undecided whether any statement alone is the reason: kernel.c:7: more than 20,000 states"
    assert told(level, None, evolve(bounded, reasons=REASONS)) == []


REASONS = (BearingLine("kernel.c", 7, "lock();", "A1 R1", 1, 2),)


def test_what_is_not_known_to_its_end_is_not_compared() -> None:
    proof = evolve(prove(SAFE), reasons=REASONS)
    lock = {SAFE.id: proof}
    assert list(differences(lock, {SAFE.id: evolve(proof, reasons=None, undecided=("more than 1 s",))})) == []
    said = [(SAFE.id, "does not say what was proved just now: reasons")]
    assert list(differences(lock, {SAFE.id: evolve(proof, reasons=())})) == said


@pytest.mark.parametrize(("states", "trial"), [(500_000, 20_000), (100, 100), (5_000_000, 200_000), (50_000, 20_000)])
def test_a_trial_goes_as_far_as_reasons_and_further_where_the_level_may(states: int, trial: int) -> None:
    assert _of_trials(Limits(states)).states == trial


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
