# SPDX-License-Identifier: GPL-2.0-or-later
"""The stored solutions: one for each result that the game tells, exact, winning, annotated and canonical."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from puzzles.levels import Level, build_machine, game_pack, level_hash
from puzzles.notation import Comment, Replay, read_replay, write_replay
from puzzles.proofs import Proof, read_lock
from puzzles.replays import Status, solution, verify
from puzzles.schedules import move_numbers
from sim.explore import Verdict
from sim.machine.witness import objection
from tests.puzzles.restate import FOLDER, WRITE, restate_files, solution_file

COMMENTS = 3
LOCK = read_lock(FOLDER.parent / "campaign")
Solutions = Callable[[str], Replay | None]
LEVELS = {level.id: level for level in game_pack().levels}
STORED = {id_: level for id_, level in LEVELS.items() if solution(id_) is not None}


def missing(levels: Iterable[Level], solutions: Solutions, proofs: Mapping[str, Proof]) -> Iterator[str]:
    """What the game tells of its levels and has nothing stored for, level by level."""
    for level in levels:
        proof, replay = proofs.get(level.id), solutions(level.id)
        if proof is None or proof.level_hash != level_hash(level):
            yield f"{level.id}: no proof of the level as it is: oomrace check --write"
        elif (proof.verdict is Verdict.UNREACHABLE) is not level.goal.safe:
            yield f"{level.id}: {proof.verdict.value}, but the goal says {'safe' if level.goal.safe else 'otherwise'}"
        else:
            yield from (f"{level.id}: {wrong}" for wrong in _not_stored(level, proof))
            if replay is None:
                yield f"{level.id}: no solution in puzzles/solutions"
            elif not level.goal.safe and _score(replay) not in [(par.preemptions, par.steps) for par in proof.par[:1]]:
                yield f"{level.id}: the solution is not of the fewest preemptions"


def _not_stored(level: Level, proof: Proof) -> Iterator[str]:
    """What keeps the schedules of a proof from being a stored solution for each result on the Pareto front."""
    if not level.goal.safe and not proof.par:
        yield "no best result"
    machine = build_machine(level)
    for par in proof.par:
        moves = move_numbers(machine, par.schedule)
        wrong = objection(machine, level.goal.outcome, moves, par.preemptions)
        if wrong or len(moves) != par.steps:
            yield f"no solution of {par.preemptions} preemptions and {par.steps} steps: {wrong or len(moves)}"


def _score(replay: Replay) -> tuple[int, int]:
    return int(replay.header("Preemptions") or -1), int(replay.header("Steps") or -1)


def test_every_result_that_the_game_tells_has_a_stored_solution() -> None:
    assert list(missing(LEVELS.values(), solution, LOCK)) == []


BEST = LOCK["in-place/1"].par


@pytest.mark.parametrize(
    ("id_", "proof", "stored", "said"),
    [
        ("in-place/1", {}, None, "no solution in puzzles/solutions"),
        ("in-place/1", {}, solution("in-place/3"), "the solution is not of the fewest preemptions"),
        ("in-place/1", {"par": ()}, solution("in-place/1"), "no best result"),
        (
            "in-place/1",
            {"par": (BEST[0], evolve(BEST[1], schedule=BEST[0].schedule))},
            solution("in-place/1"),
            "no solution of 2 preemptions and 28 steps: it preempts 1 times, not 2",
        ),
        (
            "in-place/1",
            {"level_hash": "sha256:0"},
            solution("in-place/1"),
            "no proof of the level as it is: oomrace check --write",
        ),
        ("in-place/4", {}, None, "no solution in puzzles/solutions"),
        ("in-place/4", {"verdict": Verdict.REACHABLE}, solution("in-place/4"), "reachable, but the goal says safe"),
    ],
)
def test_what_is_not_stored_is_named(id_: str, proof: dict[str, Any], stored: Replay | None, said: str) -> None:
    lock = {id_: evolve(LOCK[id_], **proof)}
    assert f"{id_}: {said}" in missing([LEVELS[id_]], lambda _: stored, lock)


def test_every_stored_solution_belongs_to_a_level() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {solution_file(id_).name for id_ in STORED}
    assert solution("no/1") is None


@pytest.mark.parametrize("level", STORED.values(), ids=STORED)
def test_a_solution_wins_and_says_only_what_is_true(level: Level) -> None:
    replay = solution(level.id)
    assert replay is not None
    verdict = verify(replay, level)
    assert verdict.notes == (), f"after a change of the level: {WRITE} {level.id}"
    assert verdict.status is Status.EXACT
    assert verdict.won or level.variant_of  # of which no statement alone may be the reason
    assert verdict.ruling.reached
    assert replay.header("Level") == level.id
    if level.goal.safe:
        assert replay.header("Result") == "safe"
        assert replay.header("States") is not None
    else:
        assert {replay.header("Result"), verdict.judgement.outcome.value} == {level.goal.outcome.value}
    assert verdict.played.checks


@pytest.mark.parametrize("id_", STORED)
def test_a_solution_is_annotated_and_canonical(id_: str) -> None:
    replay = solution(id_)
    assert replay is not None
    comments = sum(isinstance(item, Comment) for item in replay.line.items)
    assert comments >= COMMENTS, f"{id_}: a solution tells its way in at least {COMMENTS} comments, not in {comments}"
    text = solution_file(id_).read_text(encoding="utf-8")
    assert write_replay(read_replay(text.encode())) == text, f"{id_}: written otherwise than by {WRITE} {id_}"
    assert max(map(len, text.split("\n\n", 1)[1].splitlines())) <= 78


def test_a_solution_of_a_level_as_it_was_is_brought_up_to_date(tmp_path: Path) -> None:
    text = solution_file("tour/7").read_text("utf-8")
    path = solution_file("tour/7", tmp_path)
    path.write_text(text.replace('[Steps "13"]', '[Steps "12"]').replace("sha256:6", "sha256:0"), "utf-8")
    assert list(restate_files([LEVELS["tour/7"]], tmp_path)) == []
    assert path.read_text("utf-8") == text


def test_a_solution_that_cannot_be_played_any_more_is_named_and_stays(tmp_path: Path) -> None:
    path = solution_file("tour/7", tmp_path)
    path.write_text('[Format "1"]\n\nA99\n', "utf-8")
    (problem,) = restate_files([LEVELS["tour/7"]], tmp_path)
    assert problem.startswith(f"{path}: this replay cannot be played here: ")
    assert path.read_text("utf-8") == '[Format "1"]\n\nA99\n'
    assert "No such file" in next(restate_files([LEVELS["tour/4"]], tmp_path))
