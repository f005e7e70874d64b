# SPDX-License-Identifier: GPL-2.0-or-later
"""P6: what of a pack's lock file is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from puzzles.levels import Level, game_pack, load_pack
from puzzles.proofs import Par, Proof, believed_reasons, pack_proof
from puzzles.proofs.prove import prove
from puzzles.proofs.reasoned import with_reasons
from sim.explore import Verdict

PACK = Path(__file__).parents[1] / "data" / "packs" / "one-is-lost"


@pytest.fixture
def level() -> Level:
    return load_pack(PACK).level("basics/1")


def test_a_proof_of_the_level_as_it_is_counts(level: Level) -> None:
    proof = prove(level)
    assert pack_proof(level, {level.id: proof}) == proof
    assert pack_proof(level, {}) is None
    assert pack_proof(level, {"basics/2": proof}) is None


def test_a_proof_of_another_level_does_not(level: Level) -> None:
    changed = evolve(level, boot={"counter": 1})
    assert pack_proof(changed, {level.id: prove(level)}) is None


@pytest.mark.parametrize(
    "said",
    [
        {"par": (Par(0, 4, "A1 R2 A1"),)},
        {"par": (Par(1, 3, "A1 R2 A1"),)},
        {"par": (Par(1, 4, "A2 R2"),)},
        {"par": (Par(1, 4, "A1 X2 A1"),)},
        {"par": (Par(1, 4, "not a schedule"),)},
        {"par": (Par(1, 99_999, "A99999"),)},
        {"par": (Par(-1, 4, "A1 R2 A1"),)},
        {"par": ()},
        {"par": (Par(1, 4, "A1 R2 A1"),) * 51},
        {"par": (Par(1, 4, "A1 R2 A1"),) * 2},
        {"par": (Par(1, 4, "A1 R2 A1"), Par(2, 4, "A1 R1 A1 R1"))},
        {"wins": 0, "schedules": 6},
        {"recipe": "A2 R2"},
        {"recipe2": "A1 R2 X1"},
        {"recipe2": "A99999"},
        {"one_in": "1e99"},
        {"one_in": " 2 "},
        {"one_in": "1_0"},
        {"one_in": "\uff12"},
        {"verdict": Verdict.UNREACHABLE, "par": ()},
        {"verdict": Verdict.UNREACHABLE},
        {"verdict": Verdict.UNDECIDED},
        {"within": 4},
        {"bound": "more than 3 states"},
        {"states": -1},
        {"states": 10**40},
        {"wins": -1},
        {"wins": 7, "schedules": 6},
        {"one_in": "0.5"},
        {"one_in": "nan"},
        {"one_in": "inf"},
        {"one_in": "dice"},
        {"one_in": "2" * 500},
        {"level_hash": "sha256:0"},
    ],
)
def test_what_cannot_be_or_does_not_play_is_not_believed(level: Level, said: dict[str, Any]) -> None:
    proof: Proof = evolve(prove(level), **said)
    assert pack_proof(level, {level.id: proof}) is None


def test_a_stranger_proves_nothing_safe(level: Level) -> None:
    """That no schedule reaches a goal has to be searched for again."""
    safe = evolve(level, goal=evolve(level.goal, condition="counter == 3", safe=True))
    proof = prove(safe)
    assert proof.verdict is Verdict.UNREACHABLE
    assert pack_proof(safe, {safe.id: proof}) is None


SAFE = game_pack().level("tour/6")
LINES = with_reasons(prove(SAFE), SAFE).reasons or ()


def test_reasons_are_believed_of_the_level_as_it_is_and_each_by_its_schedule() -> None:
    proof = evolve(prove(SAFE), reasons=LINES)
    assert len(LINES) == 3
    assert believed_reasons(SAFE, proof) == LINES
    assert believed_reasons(SAFE, prove(SAFE)) is None
    assert believed_reasons(evolve(SAFE, boot={"look_again": 0}), proof) is None
    assert believed_reasons(SAFE, evolve(proof, reasons=())) == ()


@pytest.mark.parametrize(
    "said",
    [
        {"line": 1},
        {"line": 10**9},
        {"file": "mmzone.h"},
        {"text": "free_pages--;"},
        {"schedule": "A1"},
        {"schedule": "A1 X1"},
        {"schedule": "no schedule"},
        {"schedule": "A3 B3"},
        {"preemptions": 0},
        {"preemptions": -1},
        {"steps": 1},
        {"steps": -1},
    ],
)
def test_a_reason_that_does_not_hold_when_it_is_played_is_dropped(said: dict[str, Any]) -> None:
    proof = evolve(prove(SAFE), reasons=(evolve(LINES[0], **said), *LINES[1:]))
    assert believed_reasons(SAFE, proof) == LINES[1:]


def test_reasons_are_bounded_before_they_are_played() -> None:
    for lines in (LINES * 100, (evolve(LINES[0], steps=10**6),)):
        assert believed_reasons(SAFE, evolve(prove(SAFE), reasons=lines)) is None
