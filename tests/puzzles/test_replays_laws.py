# SPDX-License-Identifier: GPL-2.0-or-later
"""Laws that hold for every schedule on every level of the game."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from puzzles.judging.judge import judge
from puzzles.levels import Level, build_machine, game_pack
from puzzles.notation import Comment, Line, LineItem, Move, Replay, Variation, expand, read_replay, write_replay
from puzzles.replays import Status, make_replay, verify
from sim.debugger import Session, letters
from sim.machine.digest import digest
from tests.long import LONG

LEVELS = {level.id: level for level in game_pack().levels}

CHOICES = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12)), max_size=30)


def played(level: Level, choices: list[tuple[int, int]]) -> Session:
    """A session in which threads that can move were let to, as chance has it."""
    session = Session(build_machine(level))
    for choice, count in choices:
        able = [thread for thread in range(len(level.threads)) if session.can_move(thread)]
        if able:
            session.step(able[choice % len(able)], count)
    return session


@given(level=st.sampled_from(list(LEVELS.values())), choices=CHOICES)
def test_replay_equals_play(level: Level, choices: list[tuple[int, int]]) -> None:
    assert_replayed(level, choices)


@LONG
@pytest.mark.parametrize("id_", LEVELS)
@settings(max_examples=25)
@given(choices=CHOICES)
def test_replay_equals_play_on_every_level(id_: str, choices: list[tuple[int, int]]) -> None:
    assert_replayed(LEVELS[id_], choices)


def assert_replayed(level: Level, choices: list[tuple[int, int]]) -> None:
    """What was played comes out again of its replay."""
    session = played(level, choices)
    machine, now = session.machine, session.now
    replay = read_replay(write_replay(make_replay(level, machine, now)).encode())
    verdict = verify(replay, level)
    assert verdict.status is Status.EXACT
    assert verdict.notes == ()
    assert verdict.judgement == judge(machine, now)
    assert verdict.played.last.state == now.state
    assert digest(machine, now.state) == digest(verdict.played.machine, verdict.played.last.state)


@given(choices=CHOICES)
def test_preemptions_are_counted_as_the_design_says(choices: list[tuple[int, int]]) -> None:
    level = LEVELS["in-place/1"]
    session = played(level, choices)
    expected = sum(
        before.thread is not None
        and before.thread != after.thread
        and session.machine.enabled(before.state, before.thread)
        for before, after in pairwise(session.now.line())
    )
    assert judge(session.machine, session.now).score.preemptions == expected


@given(choices=CHOICES, at=st.integers(0, 40), other=CHOICES)
def test_a_variation_never_changes_the_main_line(
    choices: list[tuple[int, int]], at: int, other: list[tuple[int, int]]
) -> None:
    level = LEVELS["in-place/1"]
    session = played(level, choices)
    replay = make_replay(level, session.machine, session.now)
    steps = list(expand(replay.line.moves))
    assume(steps)
    names = letters(session.machine)
    line = Line(tuple(Move(names[choice % 2], count) for choice, count in other) or (Move("A"),))
    at = min(at, len(steps) - 1)
    items: list[LineItem] = [*steps[: at + 1], Comment("or"), Variation(line), *steps[at + 1 :]]
    verdict = verify(Replay(replay.headers, Line(tuple(items))), level)
    assert verdict.status is Status.EXACT
    assert verdict.played.last.state == session.now.state
    assert [moment.state for moment in verdict.played.last.line()] == [moment.state for moment in session.now.line()]


@given(data=st.data(), choices=CHOICES)
def test_a_forged_digest_is_found(data: st.DataObject, choices: list[tuple[int, int]]) -> None:
    level = LEVELS["in-place/2"]
    session = played(level, choices)
    replay = make_replay(level, session.machine, session.now)
    assume(replay.line.items)
    text = write_replay(replay)
    true = digest(session.machine, session.now.state)
    forged = data.draw(st.integers(0, 0xFFFF).map("{:04x}".format).filter(lambda digits: digits != true))
    head, _, tail = text.rpartition(f"#{true}")
    verdict = verify(read_replay(f"{head}#{forged}{tail}".encode()), level)
    assert verdict.status is Status.COMPATIBLE
    assert verdict.judgement == judge(session.machine, session.now)
