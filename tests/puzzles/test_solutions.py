# SPDX-License-Identifier: GPL-2.0-or-later
"""The stored solutions: exact, winning, annotated and canonical."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.levels import Level, game_pack
from puzzles.notation import Comment, read_replay, write_replay
from puzzles.replays import Status, solution, verify

FOLDER = Path(__file__).parents[2] / "puzzles" / "solutions"
LEVELS = {level.id: level for level in game_pack().levels}
STORED = {id_: level for id_, level in LEVELS.items() if solution(id_) is not None}


def test_the_first_levels_have_solutions() -> None:
    assert set(STORED) >= {"tour/1", "tour/2", "tour/3", "in-place/1", "in-place/2", "in-place/3", "in-place/4"}


def test_every_stored_solution_belongs_to_a_level() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{id_.replace('/', '-')}.race" for id_ in STORED}
    assert solution("no/1") is None


@pytest.mark.parametrize("level", STORED.values(), ids=STORED)
def test_a_solution_wins_and_says_only_what_is_true(level: Level) -> None:
    replay = solution(level.id)
    assert replay is not None
    verdict = verify(replay, level)
    assert verdict.notes == (), "after a change of the level: puzzles.replays.restate writes it anew"
    assert verdict.status is Status.EXACT
    assert verdict.won
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
    assert sum(isinstance(item, Comment) for item in replay.line.items) >= 3
    text = (FOLDER / f"{id_.replace('/', '-')}.race").read_text(encoding="utf-8")
    assert write_replay(read_replay(text.encode())) == text
    assert max(map(len, text.split("\n\n", 1)[1].splitlines())) <= 78
