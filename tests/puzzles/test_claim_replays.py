# SPDX-License-Identifier: GPL-2.0-or-later
"""Replays that claim a level to be safe: settled anew when they are verified, whatever they say."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from puzzles.judging.claims import Answer, Settled, settle
from puzzles.judging.score import Score
from puzzles.levels import Level, build_machine, game_pack, level_hash, read_kernel
from puzzles.notation import Replay, read_replay, write_replay
from puzzles.proofs import known_proof
from puzzles.reasons.because import MAX_MARKS, format_because, mark_text, named, read_because
from puzzles.reasons.claim import put
from puzzles.reasons.coverage import Coverage
from puzzles.reasons.trials import Trials
from puzzles.replays import KERNEL, SET, Status, Verification, make_claim, restate, verify
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.replays.whatif import kernel_hash
from puzzles.wins.records import best_win, keep_claim, save_win
from sim import Machine, Program
from sim import compile as compile_
from sim.explore import Limits
from sim.reasons import Statement, statements
from tests.puzzles.packs import small_level
from tests.puzzles.test_replays import written

SAFE, BREAKABLE = game_pack().level("tour/6"), game_pack().level("in-place/1")
MACHINE = build_machine(SAFE)
LOOK_AGAIN = "take_page: if (!look_again || free_pages > 0)"
LOCK = "take_page: mutex_lock(&lock)"
BECAUSE = ("Because", LOOK_AGAIN)


def claim(moves: str = "", *headers: tuple[str, str], level: Level = SAFE) -> Replay:
    return written(moves, ("Result", "safe"), *headers, level=level)


def proved(level: Level = SAFE) -> Replay:
    return make_claim(level, settle(build_machine(level)), named(build_machine(level).program, LOOK_AGAIN))


def facts(verdict: Verification) -> tuple[Status, bool, bool]:
    return verdict.status, verdict.fits, verdict.won


def test_a_claim_as_it_is_written() -> None:
    assert write_replay(proved()).splitlines() == [
        '[Format "1"]',
        '[Level "tour/6"]',
        f'[LevelHash "{level_hash(SAFE)}"]',
        f'[Semantics "{SEMANTICS_VERSION}"]',
        '[Result "safe"]',
        '[States "35"]',
        f'[Because "{LOOK_AGAIN}"]',
    ]


@pytest.mark.parametrize(
    "settled", [Settled(Answer.WRONG, 1, 1, (0,)), Settled(Answer.UNDECIDED, 1, 1, bound="cancelled")]
)
def test_only_a_claim_that_is_right_is_written(settled: Settled) -> None:
    with pytest.raises(ValueError, match="there is nothing to keep"):
        make_claim(SAFE, settled)


def test_a_right_claim_is_exact_and_scored() -> None:
    verdict = verify(read_replay(write_replay(proved()).encode()), SAFE)
    assert facts(verdict) == (Status.EXACT, True, True)
    assert (verdict.notes, verdict.score) == ((), Score(0, 0))
    assert str(verdict) == "exact: safe in this model, 35 states exhausted"


def test_moves_may_stand_in_a_claim_and_have_no_score() -> None:
    verdict = verify(claim("A1 B1 A6 { B will look again } B3", BECAUSE, ("Steps", "11"), ("Preemptions", "2")), SAFE)
    assert facts(verdict) == (Status.EXACT, True, True)
    assert verdict.score == Score(0, 0)
    assert verdict.judgement.score == Score(11, 2)


@pytest.mark.parametrize(
    ("header", "claimed", "true"), [("States", "36", "35"), ("States", "many", "35"), ("Steps", "3", "2")]
)
def test_what_a_claim_says_of_itself_is_counted_anew(header: str, claimed: str, true: str) -> None:
    verdict = verify(claim("A2", (header, claimed)), SAFE)
    assert verdict.false_claims == (f"the header {header} says '{claimed}', but it is {true}",)
    assert verdict.fits


def test_a_forged_claim_is_refuted_by_a_schedule() -> None:
    verdict = verify(claim("", ("States", "458"), level=BREAKABLE), BREAKABLE)
    assert facts(verdict) == (Status.REFUTED, False, False)
    assert str(verdict).startswith("refuted: not safe, ")
    assert str(verdict).endswith(" reaches premature OOM")


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["in-place/1", "in-place/2", "in-place/3", "tour/7"]),
    st.sampled_from(["", "A3", "A6 R22", "A2 ( A1 )"]),
    st.integers(0, 10**6),
)
def test_no_header_and_no_moves_make_a_breakable_level_safe(id_: str, moves: str, states: int) -> None:
    level = game_pack().level(id_)
    verdict = verify(claim(moves, ("States", str(states)), level=level), level)
    assert verdict.status in (Status.REFUTED, Status.DIVERGED)
    assert not verdict.fits
    assert not verdict.won


def test_a_claim_with_a_move_that_is_not_possible_is_not_even_settled() -> None:
    verdict = verify(claim("A1 A40"), SAFE)
    assert facts(verdict) == (Status.DIVERGED, False, False)
    assert verdict.settled is None


def test_a_claim_that_is_not_settled_within_the_bound_is_no_win() -> None:
    verdict = verify(claim(), SAFE, limits=Limits(5))
    assert facts(verdict) == (Status.UNDECIDED, False, False)
    assert str(verdict) == "undecided: whether the level is safe is not known: more than 5 states"


def test_a_claim_about_another_version_of_the_level_is_settled_on_this_one() -> None:
    older = claim("", BECAUSE).with_header("LevelHash", "sha256:" + "0" * 64)
    verdict = verify(older, SAFE)
    assert facts(verdict) == (Status.COMPATIBLE, True, True)
    assert verdict.notes == ("the level has changed since",)


@pytest.mark.parametrize(("value", "status"), [("free_pages=2", Status.EXACT), ("look_again=0", Status.REFUTED)])
def test_a_claim_about_a_changed_level_is_never_scored(value: str, status: Status) -> None:
    verdict = verify(claim("", (SET, value)), SAFE)
    assert verdict.status is status
    assert not verdict.won


def test_a_claim_about_another_kernel_is_never_scored(tmp_path: Path) -> None:
    path = tmp_path / "mine.c"
    path.write_text(SAFE.source.text.replace("free_pages = 1", "free_pages = 2"), encoding="utf-8")
    mine = read_kernel(path, SAFE)
    verdict = verify(claim("", (KERNEL, kernel_hash(build_machine(SAFE, mine).program))), SAFE, mine)
    assert facts(verdict) == (Status.EXACT, True, False)


def test_a_right_claim_does_not_win_a_level_that_is_to_be_broken(tmp_path: Path) -> None:
    level = small_level(tmp_path, ("counter.value == 4", "counter.value == 99"))
    verdict = verify(claim(level=level), level)
    assert facts(verdict) == (Status.EXACT, True, False)


def test_a_run_that_reaches_the_goal_wins_whatever_the_author_says() -> None:
    broken = evolve(BREAKABLE, goal=evolve(BREAKABLE.goal, safe=True))
    verdict = verify(written("A6 R22 A3", ("Result", "oom-premature"), level=broken), broken)
    assert facts(verdict) == (Status.EXACT, True, True)
    assert verdict.judgement.won


def test_a_claim_is_brought_up_to_date() -> None:
    old = claim("A2 #0000", ("States", "1")).with_header("LevelHash", "sha256:" + "0" * 64)
    new = restate(old, SAFE, build_machine(SAFE))
    assert (new.header("Result"), new.header("States"), new.header("Steps")) == ("safe", "35", None)
    assert verify(new, SAFE).notes == ()
    with pytest.raises(ValueError, match="there is nothing to keep"):
        restate(claim(level=BREAKABLE), BREAKABLE, build_machine(BREAKABLE))


def test_a_proved_level_is_a_win_on_disk(tmp_path: Path) -> None:
    win = save_win(tmp_path, SAFE, proved())
    assert win.score == Score(0, 0)
    assert win.path.name.startswith("tour-6.p0.s0.")
    assert best_win(tmp_path, SAFE) == win
    assert save_win(tmp_path, SAFE, proved()) == win


def test_a_level_that_the_game_proves_safe_is_not_explored_for_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    win = save_win(tmp_path, SAFE, proved())
    changed = write_replay(claim("", (SET, "look_again=0")))
    (tmp_path / "tour-6.p0.s0.0123456789abcdef.race").write_text(changed, encoding="utf-8")
    settled: list[Machine] = []

    def watched(machine: Machine, limits: Limits | None) -> Settled:
        settled.append(machine)
        return settle(machine, limits)

    monkeypatch.setattr(import_module("puzzles.replays.verify"), "settle", watched)
    assert known_proof(SAFE) is not None
    assert best_win(tmp_path, SAFE) == win
    assert [one.boot_values for one in settled] == [{"look_again": "0"}]


def test_a_forged_claim_on_disk_is_no_win(tmp_path: Path) -> None:
    forged = write_replay(claim(level=BREAKABLE))
    (tmp_path / "in-place-1.p0.s0.0123456789abcdef.race").write_text(forged, encoding="utf-8")
    assert best_win(tmp_path, BREAKABLE) is None
    with pytest.raises(ValueError, match="this run is no win of in-place/1: refuted: not safe"):
        save_win(tmp_path, BREAKABLE, claim(level=BREAKABLE))


def test_a_claim_without_a_reason_is_exact_and_no_win(tmp_path: Path) -> None:
    verdict = verify(claim(), SAFE)
    assert facts(verdict) == (Status.EXACT, True, False)
    assert (verdict.ruling.reached, verdict.ruling.scored) == (True, False)
    assert verdict.ruling.why_not == "no win: the claim does not say because of which line"
    with pytest.raises(ValueError, match="this run is no win of tour/6"):
        save_win(tmp_path, SAFE, claim())


@pytest.mark.parametrize(
    ("because", "said"),
    [
        (
            "take_page: ran_dry()",
            "names 'take_page: ran_dry()', which is no statement of this kernel that can be marked",
        ),
        ("take_page: int seen", "which is no statement of this kernel"),
        ("no_such: x++", "which is no statement of this kernel"),
        ("take_page: free_pages--", "without it the kernel does not work at all"),
        (f"{LOCK} | no_such: x++", "which is no statement of this kernel"),
    ],
)
def test_what_is_no_reason_wins_nothing_and_is_named(because: str, said: str) -> None:
    verdict = verify(claim("", ("Because", because)), SAFE)
    assert facts(verdict) == (Status.EXACT, True, False)
    assert verdict.ruling.why_not == "no win: that is not because of what the claim names"
    assert said in " ".join(verdict.false_claims)


@pytest.mark.parametrize("because", [f"{LOCK} | {LOOK_AGAIN}", "take_page:mutex_lock( & lock )", f"{LOCK} | {LOCK}"])
def test_several_reasons_in_any_layout(because: str) -> None:
    assert facts(verify(claim("", ("Because", because)), SAFE)) == (Status.EXACT, True, True)


def test_a_reason_is_tried_once_for_a_level_and_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    original = import_module("puzzles.reasons.trials").named

    def watched(program: Program, text: str) -> tuple[Statement, ...]:
        tried.append(text)
        found: tuple[Statement, ...] = original(program, text)
        return found

    monkeypatch.setattr(import_module("puzzles.reasons.trials"), "named", watched)
    trials = Trials()
    for _ in range(3):
        assert verify(claim("", BECAUSE), SAFE, trials=trials).won
    assert tried == [LOOK_AGAIN]  # whether it bears, and what goes with it


def test_the_reason_of_a_changed_level_is_not_even_tried() -> None:
    verdict = verify(claim("", (SET, "free_pages=2"), BECAUSE), SAFE)
    assert (verdict.marks, verdict.won) == ((), False)


@pytest.mark.parametrize("id_", ["tour/6", "count/1"])
def test_every_statement_is_named_by_its_text(id_: str) -> None:
    program = build_machine(game_pack().level(id_)).program
    for statement in list(statements(program))[::7]:
        (text,) = read_because(format_because([statement]))
        assert statement in named(program, text)
        assert {mark_text(one) for one in named(program, text)} == {text}


def test_bars_in_a_statement_divide_nothing() -> None:
    text = "int x, y;\nvoid f(void)\n{\n\tx = x | y /* one | two */ | 4;\n\tif (x || y | 1)\n\t\ty++;\n}\n"
    program = compile_(text)
    marks = list(statements(program))
    assert [mark_text(one) for one in marks] == ["f: x = x|y|4", "f: if (x || y|1)", "f: y++"]
    assert read_because(format_because(marks)) == tuple(map(mark_text, marks))


def test_marks_are_bounded() -> None:
    assert len(read_because(" | ".join(f"f: x{number}" for number in range(100)))) == MAX_MARKS
    many = "int x;\nvoid f(void)\n{\n" + "".join(f"\tx = {number};\n" for number in range(40)) + "}\n"
    with pytest.raises(ValueError, match="name fewer"):
        format_because(statements(compile_(many)))


@given(st.text(max_size=200))
def test_any_text_in_the_header_names_statements_or_none(text: str) -> None:
    for mark in read_because(text):
        assert all(one in set(statements(MACHINE.program)) for one in named(MACHINE.program, mark))


def test_a_claim_that_was_just_put_is_stored_without_another_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = build_machine(SAFE)
    (mark,) = named(machine.program, LOOK_AGAIN)
    claimed = put(SAFE, machine, [mark], coverage=Coverage(SAFE, machine))
    assert claimed.right
    trials = Trials()
    monkeypatch.setattr(import_module("puzzles.wins.records"), "_trials", lambda: trials)
    keep_claim(SAFE, claimed)
    for module in ("puzzles.reasons.trials", "puzzles.reasons.coverage"):
        monkeypatch.setattr(import_module(module), "judge_of", None)
    monkeypatch.setattr(import_module("puzzles.replays.verify"), "settle", None)
    monkeypatch.setattr(import_module("puzzles.wins.records"), "_proved", lambda _: None)
    replay = make_claim(SAFE, claimed.settled, claimed.statements) if claimed.settled else None
    assert replay is not None
    assert save_win(tmp_path, SAFE, replay).path.exists()
