# SPDX-License-Identifier: GPL-2.0-or-later
"""Verification of replays: exact, compatible, diverged, and what their headers claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from puzzles.judging.score import Score
from puzzles.levels import Level, build_machine, game_pack, level_hash, load_pack, read_kernel
from puzzles.notation import (
    Comment,
    Digest,
    Move,
    Replay,
    ReplayError,
    expand,
    format_schedule,
    parse_schedule,
    read_replay,
    write_replay,
)
from puzzles.replays import KERNEL, SET, Status, VerifyError, make_replay, restate, verify
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.replays.whatif import GOAL, kernel_hash
from sim import Outcome
from sim.debugger import Session, letters
from tests.long import LONG
from tests.puzzles.packs import KERNEL as SMALL_KERNEL
from tests.puzzles.packs import LEVEL as SMALL_LEVEL
from tests.puzzles.packs import small_level, write_pack

LEVEL = game_pack().level("in-place/1")
WIN = "A6 R22 A3"


def run(schedule: str, level: Level = LEVEL, sets: Sequence[str] = ()) -> Session:
    session = Session(build_machine(level, sets=sets))
    for move in expand(parse_schedule(schedule)):
        session.step(letters(session.machine).index(move.thread))
    return session


def recorded(schedule: str, level: Level = LEVEL, sets: Sequence[str] = ()) -> Replay:
    session = run(schedule, level, sets)
    return make_replay(level, session.machine, session.now, sets)


def written(moves: str, *headers: tuple[str, str], level: Level = LEVEL) -> Replay:
    """A replay as somebody might write it, with the level's true hash."""
    known = [("Level", level.id), ("LevelHash", level_hash(level)), ("Semantics", SEMANTICS_VERSION), *headers]
    lines = [f'[{name} "{value}"]' for name, value in (("Format", "1"), *known)]
    return read_replay("\n".join([*lines, moves]).encode())


def test_a_replay_as_it_is_written() -> None:
    text = write_replay(recorded(WIN))
    headers = [line.split('"')[0:2] for line in text.splitlines() if line.startswith("[")]
    assert headers == [
        ["[Format ", "1"],
        ["[Level ", "in-place/1"],
        ["[LevelHash ", level_hash(LEVEL)],
        ["[Semantics ", SEMANTICS_VERSION],
        ["[Result ", "oom-premature"],
        ["[Steps ", "31"],
        ["[Preemptions ", "1"],
    ]
    moves = [type(item) for item in read_replay(text.encode()).line.items]
    assert moves == [Move, Move, Digest, Move, Digest]
    assert format_schedule(read_replay(text.encode()).line.moves) == WIN
    assert len(text) < 400


def test_the_same_run_is_exact() -> None:
    verdict = verify(read_replay(write_replay(recorded(WIN)).encode()), LEVEL)
    assert verdict.status is Status.EXACT
    assert (verdict.judgement.outcome, verdict.judgement.score) == (Outcome.OOM_PREMATURE, Score(31, 1))
    assert (verdict.notes, verdict.false_claims, verdict.divergence) == ((), (), None)
    assert verdict.same_level
    assert verdict.won
    assert str(verdict) == "exact: premature OOM with 1 preemption, 31 steps"


def test_a_run_that_is_not_over_is_exact_too() -> None:
    verdict = verify(recorded("A3 R2"), LEVEL)
    assert str(verdict) == "exact: still running with 1 preemption, 5 steps"
    assert not verdict.won
    assert verify(recorded(""), LEVEL).status is Status.EXACT


def test_digests_stand_where_the_thread_changes_but_not_close_together() -> None:
    items = recorded("A1 R1 A1 R1 A1 R1 A1 R2 A1 R1").line.items
    told = " ".join(str(item) if isinstance(item, Move) else "#" for item in items)
    assert told == "A1 R1 A1 R1 A1 R1 A1 R2 # A1 R1 #"


@pytest.mark.parametrize(
    ("moves", "step", "expected", "actual"),
    [
        ("A1 R23", 24, "a step of R", "R waits for mm.mmap_sem: read by A (its next operation: "),
        ("A6 R22 A4", 32, "a step of A", "the run is over: premature OOM"),
        ("R25 R1", 26, "a step of R", "R has finished"),
        ("A2 B1", 3, "a step of B", "there is no thread B, only A, R"),
        ("A2 ~A", 3, "a drain of A's store buffer", "A has no store buffer to drain"),
    ],
)
def test_a_move_that_is_not_possible(moves: str, step: int, expected: str, actual: str) -> None:
    verdict = verify(written(moves), LEVEL)
    assert verdict.status is Status.DIVERGED
    assert verdict.divergence is not None
    assert (verdict.divergence.step, verdict.divergence.expected) == (step, expected)
    assert verdict.divergence.actual.startswith(actual)
    assert verdict.judgement.score.steps == step - 1
    assert not verdict.won
    assert str(verdict).startswith(f"diverged at step {step}: expected {expected}, but {actual}")


def test_a_thread_that_the_level_holds() -> None:
    level = game_pack().level("in-place/2")
    verdict = verify(written("R15", level=level), level)
    assert verdict.divergence is not None
    assert verdict.divergence.step == 15
    assert "the level holds R here: mpol_rebind_task for the 2nd time" in verdict.divergence.actual


@pytest.mark.parametrize(
    ("headers", "claims"),
    [
        ([("Result", "page")], ["the header Result says 'page', but it is oom-premature"]),
        ([("Steps", "5")], ["the header Steps says '5', but it is 31"]),
        ([("Steps", "031")], ["the header Steps says '031', but it is 31"]),
        ([("Preemptions", "none")], ["the header Preemptions says 'none', but it is 1"]),
        (
            [("Result", "bug"), ("Steps", "0"), ("Preemptions", "0")],
            [
                "the header Result says 'bug', but it is oom-premature",
                "the header Steps says '0', but it is 31",
                "the header Preemptions says '0', but it is 1",
            ],
        ),
    ],
)
def test_a_lying_header_is_told_and_not_believed(headers: list[tuple[str, str]], claims: list[str]) -> None:
    verdict = verify(written(WIN, *headers), LEVEL)
    assert verdict.status is Status.EXACT
    assert list(verdict.false_claims) == claims
    assert list(verdict.notes) == claims
    assert verdict.judgement.score == Score(31, 1)
    assert verdict.won


def test_a_loser_cannot_claim_a_win() -> None:
    verdict = verify(written("A13", ("Result", "oom-premature")), LEVEL)
    assert verdict.judgement.outcome is Outcome.OPEN
    assert not verdict.won


def test_the_same_outcome_by_other_states_is_compatible() -> None:
    verdict = verify(written("A6 R22 #0000 A3", ("Result", "oom-premature")), LEVEL)
    assert verdict.status is Status.COMPATIBLE
    assert verdict.won
    [note] = verdict.notes
    assert note.startswith("at step 28: expected the state #0000, but #")
    assert "is reached after R: down_write mm.mmap_sem" in note


def test_another_outcome_by_other_states_is_diverged() -> None:
    verdict = verify(written("A6 #0000 R22 #0000 A3", ("Result", "page")), LEVEL)
    assert verdict.status is Status.DIVERGED
    assert verdict.divergence is not None
    assert (verdict.divergence.step, verdict.divergence.expected) == (6, "the state #0000")
    assert not verdict.won


def test_a_level_that_has_changed(tmp_path: Path) -> None:
    old = small_level(tmp_path / "old")
    replay = recorded("B4", old)
    assert verify(replay, old).status is Status.EXACT
    relaxed = small_level(tmp_path / "new", ("free = 50, cpus = [0]", "free = 49, cpus = [0]"))
    verdict = verify(replay, relaxed)
    assert not verdict.same_level
    assert verdict.notes == ("the level has changed since",)
    assert verdict.status is Status.EXACT
    other = small_level(tmp_path / "other", ('"counter.value" = 0', '"counter.value" = 1'))
    assert verify(replay, other).status is Status.COMPATIBLE
    ended = small_level(tmp_path / "ended", ("flag = 1", "flag = 0"))
    assert verify(recorded("B5", ended), old).status is Status.COMPATIBLE


def test_another_outcome_on_a_level_that_has_changed(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "one", level=SMALL_LEVEL.replace("flag = 1", "flag = 0"))
    level = load_pack(folder).level("small/1")
    replay = recorded("A5 B5 R2", level)
    assert str(verify(replay, level)) == "exact: all threads finished with 0 preemptions, 12 steps"
    bare = Replay(replay.headers, type(replay.line)(replay.line.moves))
    changed = small_level(tmp_path / "two")
    verdict = verify(bare, changed)
    assert str(verdict).startswith("diverged at step 6: expected a step of B, but B waits for lock: held by A")
    longer = write_pack(
        tmp_path / "three",
        level=SMALL_LEVEL.replace("flag = 1", "flag = 0"),
        kernel=SMALL_KERNEL.replace("where = NULL;", "where = NULL;\n\tflag = 0;"),
    )
    verdict = verify(bare, load_pack(longer).level("small/1"))
    assert str(verdict) == "diverged at step 12: expected the outcome 'all threads finished', but it is 'still running'"


def test_a_replay_for_another_level_is_refused() -> None:
    other = game_pack().level("tour/7")
    with pytest.raises(VerifyError, match="this replay is for the level in-place/1, not for tour/7"):
        verify(recorded(WIN), other)


def test_a_level_that_was_only_renamed_is_the_same() -> None:
    replay = recorded(WIN).with_header("Level", "elsewhere/9")
    assert verify(replay, LEVEL).status is Status.EXACT


def test_a_bare_schedule_plays_but_is_not_called_exact() -> None:
    verdict = verify(read_replay(b'[Format "1"]\n' + WIN.encode()), LEVEL)
    assert verdict.status is Status.COMPATIBLE
    assert verdict.judgement.won
    assert verdict.notes == (
        "the replay does not say which version of the level it is for",
        f"steps may have meant something else: Semantics is missing, not {SEMANTICS_VERSION}",
    )


def test_other_semantics_are_noted() -> None:
    verdict = verify(recorded(WIN).with_header("Semantics", "99"), LEVEL)
    assert verdict.notes == (f"steps may have meant something else: Semantics is 99, not {SEMANTICS_VERSION}",)
    assert verdict.status is Status.EXACT


def test_without_store_buffers_semantics_1_means_the_same() -> None:
    verdict = verify(recorded(WIN).with_header("Semantics", "1"), LEVEL)
    assert (verdict.status, verdict.notes) == (Status.EXACT, ())


def test_with_store_buffers_a_replay_of_semantics_1_says_what_has_changed() -> None:
    level = game_pack().level("count/5")
    replay = read_replay(b'[Format "1"]\n[Level "count/5"]\n[Semantics "1"]\n\nR3')
    (_, note) = verify(replay, level).notes
    assert note == "it is from before spin_unlock went through the store buffer (Semantics 1): it may need more drains"


def test_variations_are_played_from_before_the_last_move() -> None:
    replay = written("A6 { here } R20 ( A3 { shorter } ) R2 A3 { there }")
    verdict = verify(replay, LEVEL)
    assert verdict.status is Status.EXACT
    assert verdict.judgement.score == Score(31, 1)
    assert [(moment.steps, text) for moment, text in verdict.played.comments] == [
        (6, "here"),
        (28, "shorter"),
        (31, "there"),
    ]
    branch, *_ = [moment for moment, text in verdict.played.comments if text == "shorter"]
    assert branch.outcome is Outcome.OOM_PREMATURE
    assert [moment.thread for moment in verdict.played.boot.future()] == [0] * 6 + [1] * 22 + [0] * 3


def test_variations_in_variations() -> None:
    verdict = verify(written("A2 ( R1 ( A1 R3 { deep } ) R1 { shallow } ) A4"), LEVEL)
    assert [(moment.steps, text) for moment, text in verdict.played.comments] == [(5, "deep"), (3, "shallow")]
    assert verdict.judgement.score == Score(6, 0)


def test_a_variation_that_cannot_be_played_does_not_spoil_the_main_line() -> None:
    verdict = verify(written("A6 R22 ( B1 ) A3"), LEVEL)
    assert verdict.status is Status.EXACT
    assert verdict.notes == ("at step 28 of a variation: expected a step of B, but there is no thread B, only A, R",)
    verdict = verify(written("A6 ( R1 #0000 ) R22 A3"), LEVEL)
    assert verdict.status is Status.EXACT
    [note] = verdict.notes
    assert note.startswith("at step 6 of a variation: expected the state #0000")


def test_the_divergence_is_not_told_twice() -> None:
    verdict = verify(written("A6 #0000"), LEVEL)
    assert verdict.divergence is not None
    assert str(verdict.divergence) not in verdict.notes


def test_many_notes_are_cut() -> None:
    verdict = verify(written("A1 #0000 " * 6 + "R1 #0000 " * 22), LEVEL)
    assert len(verdict.notes) == 21
    assert verdict.notes[-1] == "and 7 more of this kind"


def test_changed_boot_values_are_played_but_never_scored() -> None:
    sets = ("new_mems=0-1", "zones[0].free=7")
    replay = recorded("A6 R22", sets=sets)
    assert replay.header(SET) == "new_mems=0-1; zones[0].free=7"
    verdict = verify(read_replay(write_replay(replay).encode()), LEVEL)
    assert verdict.status is Status.EXACT
    assert verdict.changed
    easy = recorded("A13", game_pack().level("tour/7"), ("task_policy.w=1",))
    verdict = verify(easy, game_pack().level("tour/7"))
    assert verdict.judgement.won
    assert not verdict.won


def test_changes_that_do_not_fit_are_the_replay_s_fault() -> None:
    with pytest.raises(VerifyError, match="the changes in the header Set do not fit the level: --set flog"):
        verify(written("A1", (SET, "flog=3")), LEVEL)
    with pytest.raises(VerifyError, match="'flog' sets nothing"):
        verify(written("A1", (SET, "flog")), LEVEL)
    session = run("A1")
    with pytest.raises(ValueError, match="holds a semicolon"):
        make_replay(LEVEL, session.machine, session.now, ("new_mems=0; flag=1",))


def test_a_changed_kernel_has_to_be_given(tmp_path: Path) -> None:
    level = small_level(tmp_path)
    path = tmp_path / "mine.c"
    path.write_text(SMALL_KERNEL.replace("STEP", "STEP + 1"), encoding="utf-8")
    kernel = read_kernel(path, level)
    session = Session(build_machine(level, kernel))
    session.step(0, 4)
    replay = make_replay(level, session.machine, session.now, other_kernel=True)
    assert (replay.header(KERNEL) or "").startswith("sha256:")
    with pytest.raises(VerifyError, match="another kernel: give that with --kernel"):
        verify(replay, level)
    verdict = verify(replay, level, kernel)
    assert verdict.status is Status.EXACT
    assert verdict.changed
    verdict = verify(replay, level, level.source)
    assert verdict.notes[0] == "the kernel is not the one that the replay was played on"
    assert verdict.status is Status.COMPATIBLE
    assert not verdict.changed
    assert verify(recorded("A4", level), level, kernel).status is Status.COMPATIBLE


def test_what_equals_the_level_s_own_is_no_change(tmp_path: Path) -> None:
    level = small_level(tmp_path)
    own = kernel_hash(build_machine(level).program)
    goal = level.goal.outcome.value
    for header in ((SET, ""), (SET, " ; "), (KERNEL, ""), (KERNEL, own), (GOAL, ""), (GOAL, goal)):
        assert not verify(written("A4", header, level=level), level).changed
    verdict = verify(recorded("A4", level), level, level.source)
    assert (verdict.status, verdict.changed, verdict.notes) == (Status.EXACT, False, ())


def test_a_replay_is_brought_up_to_date() -> None:
    stale = read_replay(
        b'[Format "1"]\n[Level "in-place/1"]\n[LevelHash "sha256:00"]\n[Author "me"]\n[Steps "3"]\n'
        b"A6 #0000 { a } R20 ( A3 #1111 { b } ) R2 A3 #2222"
    )
    fresh = restate(stale, LEVEL, build_machine(LEVEL))
    verdict = verify(fresh, LEVEL)
    assert (verdict.status, verdict.notes) == (Status.EXACT, ())
    assert fresh.header("Author") == "me"
    assert [item for item in fresh.line.items if isinstance(item, Comment)] == [Comment("a")]
    with pytest.raises(ValueError, match="cannot be played here: at step 24"):
        restate(written("A1 R23"), LEVEL, build_machine(LEVEL))


@pytest.mark.parametrize(
    "data",
    [
        write_replay(recorded(WIN)).encode()[:40],
        b"\x7fELF" + bytes(100),
        b"A" * (50 << 20),
        b'[Format "1"]\nA1 ' + b"(R1 " * 20_000,
        b'[Format "1"]\nA99999999999999999999',
    ],
    ids=["cut", "binary", "50 MB", "nested", "endless"],
)
def test_what_is_no_replay_never_reaches_the_machine(data: bytes) -> None:
    with pytest.raises(ReplayError):
        verify(read_replay(data), LEVEL)


@LONG
def test_the_longest_replay_that_can_be_read_is_verified(tmp_path: Path) -> None:
    verdict = verify(written("A100000", level=small_level(tmp_path)), small_level(tmp_path))
    assert str(verdict) == "exact: still running with 0 preemptions, 100000 steps"
