# SPDX-License-Identifier: GPL-2.0-or-later
"""Claims with their reasons: marks are tried before anything is settled."""

from __future__ import annotations

import pytest
from attrs import evolve

import sim
import sim.reasons
from puzzles.judging.claims import Answer, Settled
from puzzles.levels import build_machine, game_pack
from puzzles.proofs import known_proof
from puzzles.reasons.because import mark_text
from puzzles.reasons.claim import Claimed, nothing_bears, put
from puzzles.reasons.coverage import Coverage
from puzzles.reasons.judging import judge_of
from puzzles.reasons.trials import Trials
from sim.explore import Limits
from sim.machine.witness import objection
from sim.reasons import Bearing, Statement, refusal, statement_at
from tests.long import LONG, sample

SAFE, BROKEN = game_pack().level("tour/6"), game_pack().level("in-place/1")


def marks(machine: sim.Machine, *lines: int, file: str = "") -> list[Statement]:
    program = machine.program
    named = [statement_at(program, file or program.name, line) for line in lines]
    return [statement for statement in named if statement is not None]


def claimed(*lines: int, sets: tuple[str, ...] = ()) -> Claimed:
    machine = build_machine(SAFE, sets=sets)
    return put(SAFE, machine, marks(machine, *lines))


def test_a_right_claim_comes_with_the_race_that_each_line_prevents() -> None:
    right = claimed(21, 22)
    assert (right.right, right.missed) == (True, False)
    for mark in right.marks:
        race, best = mark.trial.race, mark.best
        assert race is not None
        assert best is not None
        assert objection(race.machine, sim.Outcome.BUG, best.schedule, best.preemptions) == ""


def test_a_part_of_the_machine_hinders_and_nothing_is_settled() -> None:
    claim = claimed(22, 23)
    assert [mark.bearing for mark in claim.marks] == [Bearing.BEARS, Bearing.PART]
    assert [mark.statement.head.line for mark in claim.hindering] == [23]
    assert (claim.settled, claim.right, claim.missed) == (None, False, False)


def test_what_is_not_decided_hinders_too() -> None:
    machine = build_machine(SAFE)
    claim = put(SAFE, machine, marks(machine, 22), Limits(3))
    assert [mark.bearing for mark in claim.hindering] == [Bearing.UNDECIDED]
    assert (claim.settled, claim.missed) == (None, False)


def test_nothing_is_searched_for_the_verdict_where_a_mark_hinders() -> None:
    machine = build_machine(SAFE)

    def unwanted() -> Settled:
        raise AssertionError

    assert put(SAFE, machine, marks(machine, 23), settled=unwanted).settled is None


def test_what_is_a_part_of_the_machine_is_so_in_a_broken_level_alike() -> None:
    broken = claimed(23, sets=("look_again=0",))
    assert [mark.bearing for mark in broken.hindering] == [Bearing.PART]
    assert (broken.settled, broken.missed) == (None, False)


def test_a_level_that_can_be_reached_is_a_miss_with_a_schedule() -> None:
    machine = build_machine(BROKEN)
    for statement in sim.reasons.statements(machine.program):
        claim = put(BROKEN, machine, [statement])
        if claim.hindering:
            assert claim.settled is None
            continue
        assert claim.settled is not None
        assert claim.settled.answer is Answer.WRONG
        assert (claim.right, claim.missed) == (False, True)
        return
    pytest.fail("every statement hinders")


def test_a_line_without_which_it_is_still_safe_is_a_miss() -> None:
    level = game_pack().level("count/1")
    machine = build_machine(level)
    claim = put(level, machine, marks(machine, 62, 326))
    assert [mark.bearing for mark in claim.marks] == [Bearing.BEARS, Bearing.SAFE]
    assert [mark.statement.head.line for mark in claim.idle] == [326]
    assert (claim.right, claim.missed) == (False, True)


def test_where_nothing_bears_in_a_variant_a_line_without_which_it_is_safe_settles_it() -> None:
    level = game_pack().level("side/6")
    machine = build_machine(level)
    claim = put(level, machine, marks(machine, 66))
    assert [mark.bearing for mark in claim.marks] == [Bearing.SAFE]
    assert (claim.nothing_bears, claim.settles, claim.right, claim.missed) == (True, True, False, False)
    part = put(level, machine, marks(machine, 84))
    assert (part.settled, part.settles, part.missed) == (None, False, False)
    own = put(evolve(level, variant_of=""), machine, marks(machine, 66))
    assert (own.nothing_bears, own.settles, own.missed) == (False, False, True)


def test_in_a_variant_in_which_something_bears_a_line_without_which_it_is_safe_is_a_miss() -> None:
    level = evolve(game_pack().level("count/1"), variant_of="count/2")
    machine = build_machine(level)
    claim = put(level, machine, marks(machine, 326))
    assert (claim.nothing_bears, claim.settles, claim.missed) == (False, False, True)
    assert put(level, machine, marks(machine, 62)).settles


def test_where_the_search_for_reasons_comes_to_a_bound_nothing_is_said_of_all_lines() -> None:
    level = game_pack().level("side/6")
    machine = build_machine(level)
    assert nothing_bears(judge_of(level, machine))
    assert not nothing_bears(judge_of(level, machine, Limits(3)))
    asked = iter(range(1000))
    halted = Limits(watch=lambda _: "enough" if next(asked) > 20 else "")
    assert not nothing_bears(judge_of(level, machine, halted))


def test_a_header_line_is_marked_for_all_its_uses() -> None:
    level = game_pack().level("count/1")
    machine = build_machine(level)
    assert put(level, machine, marks(machine, 50, file="nodemask.h")).right


@pytest.mark.parametrize(
    ("file", "line", "why"),
    [
        ("kernel.c", 1, "this line stands in no function"),
        ("kernel.c", 4, "a declaration cannot be marked"),
        ("kernel.c", 5, "allocation_begin() belongs to the model"),
        ("kernel.c", 6, "a loop cannot be marked; statements in it can"),
        ("kernel.c", 8, "an `if` with an `else` cannot be marked"),
        ("kernel.c", 12, "nothing on this line"),
        ("kernel.c", 13, "a return cannot be marked"),
        ("kernel.c", 99, "kernel.c has no line 99"),
        ("kernel.c", 0, "kernel.c has no line 0"),
        ("other.h", 1, "there is no file other.h"),
    ],
)
def test_what_cannot_be_marked_and_why(file: str, line: int, why: str) -> None:
    text = (
        "int x;\nint run(void)\n{\n\tint l = 1;\n\tallocation_begin();\n\twhile (x)\n\t\tl = 0;\n"
        "\tif (x)\n\t\tx = 1;\n\telse\n\t\tx = 2;\n\n\treturn l;\n}\n"
    )
    program = sim.compile(text)
    assert statement_at(program, file, line) is None
    assert refusal(program, file, line).startswith(why)


def test_a_barrier_is_known() -> None:
    program = sim.compile("int x;\nvoid run(void)\n{\n\tsmp_mb();\n\tx = 1;\n}\n")
    assert [one.barrier for one in sim.reasons.statements(program)] == [True, False]


def test_where_one_thread_after_the_other_reaches_it_a_claim_still_comes_to_a_verdict() -> None:
    level = evolve(SAFE, goal=sim.Goal(sim.Outcome.FINISHED))
    machine = build_machine(level)
    verdicts = {
        statement.head.line: put(level, machine, [statement]) for statement in sim.reasons.statements(machine.program)
    }
    assert all(claim.missed or claim.hindering for claim in verdicts.values())
    assert verdicts[22].settled is not None
    assert verdicts[22].settled.answer is Answer.WRONG
    assert [mark.trial.why for mark in verdicts[23].hindering] == ["one thread after the other does not end as before"]


@pytest.mark.parametrize("id_", sample(["in-place/4", "count/1", "intersection/1"], 3))
def test_what_is_proved_to_bear_needs_no_search(id_: str) -> None:
    level = game_pack().level(id_)
    machine = build_machine(level)
    reasons = list(judge_of(level, machine).reasons())
    known = frozenset((each.statement.head.file, each.statement.head.line, each.statement.text) for each in reasons)
    for named in ([], [reasons[0].statement], [each.statement for each in reasons]):
        searched = Coverage(level, machine).missing(named)
        assert Coverage(level, machine, known).missing(named) == searched


MANY_ALIKE = ("today/2", "seqcount/1")
"""Levels where statements that no schedule executes have the tokens of some that bear."""
SAFE_LEVELS = [level.id for level in game_pack().levels if (proof := known_proof(level)) and proof.reasons]


@pytest.mark.parametrize("id_", [id_ if id_ in MANY_ALIKE else pytest.param(id_, marks=LONG) for id_ in SAFE_LEVELS])
def test_a_mark_stands_for_the_threads_that_execute_what_goes_with_it(id_: str) -> None:
    level = game_pack().level(id_)
    machine, proof = build_machine(level), known_proof(level)
    assert proof is not None
    assert proof.reasons is not None
    proved = frozenset((line.file, line.line, line.text) for line in proof.reasons)
    coverage, judge = Coverage(level, machine, proved), judge_of(level, machine)
    texts = {text for _, _, text in proved}
    for statement in sim.reasons.statements(machine.program):
        bears = (statement.head.file, statement.head.line, statement.text) in proved
        if not bears and (statement.text not in texts or judge.threads(statement)):
            continue
        claim = put(level, machine, [statement], settled=lambda: Settled(Answer.RIGHT, 1, 1), coverage=coverage)
        assert not claim.bears or claim.missing != coverage.missing([]), statement
        assert not bears or claim.bears, statement


def test_a_line_that_no_schedule_executes_counts_for_those_that_go_with_it() -> None:
    level = game_pack().level("today/2")
    machine = build_machine(level)
    claim = put(level, machine, marks(machine, 175, 395), coverage=Coverage(level, machine))
    assert (claim.right, claim.missing) == (True, 0)
    because = {mark_text(statement) for statement in claim.statements}
    trials = Trials()
    assert {trials.bearing(level, machine, mark) for mark in because} == {Bearing.BEARS}
    assert trials.missing(level, machine, because) == 0
