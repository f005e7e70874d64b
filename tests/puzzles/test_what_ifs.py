# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions that a level asks once it is settled: as data, as changed machines, as entries of the lock file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from puzzles.levels import Level, Question, build_machine, changed, game_pack, level_hash, load_pack
from puzzles.levels.what_if import plays_alike, question_key
from puzzles.proofs import check_level, lock_text, read_lock, write_lock
from puzzles.proofs.finding import Kind
from puzzles.proofs.what_ifs import settle_what_ifs
from puzzles.wins.ledger import Guessed, Ledger, WasReset
from sim import Limit, Rules
from sim.explore import Limits, Verdict
from tests.puzzles.packs import LEVEL, edited, small_level, write_pack
from tests.puzzles.restate import FOLDER
from tests.tui.checked import PACKS

ASKED = ("[[limit]]", '[[what_if]]\nquestion = "And so?"\n{}\n\n[[limit]]')
LOST = load_pack(PACKS / "one-is-lost").level("basics/1")
FROM_ONE = Question("And from 1?", sets={"counter": 1})
FIRST = Question("And one after the other?", limits=(Limit("R", start_after="A add"),))


def asked(change: str) -> tuple[str, str]:
    """An edit that gives the small level a question."""
    return ASKED[0], ASKED[1].format(change)


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        ("", "what_if[0]", "changes nothing; give it"),
        ('kernel = "../x.c"', "what_if[0].kernel", "is no file name"),
        ('kernel = "nowhere.c"', "what_if[0].kernel", "no file 'nowhere.c' in "),
        ('memory = "arm"', "what_if[0].memory", "cannot be simulated"),
        ("cpu = { C = 2 }", "what_if[0].cpu", "there is no thread 'C'; there are: A, B, R"),
        ('run = { C = "work()" }', "what_if[0].run", "there is no thread 'C'; there are: A, B, R"),
        ("cpu = { A = 7 }", "what_if[0].cpu", "CPU 7 belongs to no node"),
        ("cpu = { A = 2 }", "what_if[0].cpu", "is on CPU 2 with another thread; give each its own"),
        ("machine = { nodes = [{ pages = 9, free = 9, cpus = [0, 1] }] }", "what_if[0].machine", "CPU 2 belongs to no"),
        ('limit = [{ thread = "R" }]', "what_if[0].limit[0]", "a limit has either hold_at or start_after"),
        ('rules = { never_waits = ["Z"] }', "what_if[0].rules.never_waits[0]", "there is no thread 'Z'; there"),
        ("set = { flag = true }", 'what_if[0].set."flag"', "is no boot value"),
        ("sets = { flag = 1 }", "what_if[0].sets", "no such key; did you mean set?"),
        ('source = { name = "x" }', "what_if[0].source", "no such key"),
        (f'set = {{ flag = "{"1" * 200}" }}', 'what_if[0].set."flag"', "is longer than a line of 200 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_told_with_its_place(
    tmp_path: Path, change: str, key: str, message: str
) -> None:
    pack = load_pack(write_pack(tmp_path, level=edited(LEVEL, [asked(change)])))
    (told, *_) = pack.broken["small/1"].problems
    assert told.key == key
    assert message in told.message


def test_a_question_is_one_line_and_there_are_three_at_most(tmp_path: Path) -> None:
    four = "\n\n[[what_if]]\nquestion = '''two\nlines'''\nset = { flag = 0 }" * 4
    pack = load_pack(write_pack(tmp_path, level=LEVEL + four))
    told = {problem.key: problem.message for problem in pack.broken["small/1"].problems}
    assert told["what_if"] == "there are 4 questions; at most 3"
    assert told["what_if[0].question"].startswith("has a line break")


@given(st.dictionaries(st.sampled_from(["counter"]), st.integers(-9, 9), min_size=1))
def test_a_changed_level_is_the_what_if_that_set_makes(sets: dict[str, int]) -> None:
    typed = build_machine(LOST, None, [f"{lvalue}={value}" for lvalue, value in sets.items()])
    assert plays_alike(build_machine(changed(LOST, Question("?", sets=sets))), typed)
    assert plays_alike(build_machine(LOST), typed) == (sets["counter"] == 0)


def test_names_and_the_cpu_of_a_node_do_not_count_but_nodes_and_limits_do(tmp_path: Path) -> None:
    level = small_level(tmp_path)
    machine = build_machine(level)
    named = evolve(level, title="other", threads=tuple(evolve(thread, name="x") for thread in level.threads))
    assert plays_alike(machine, build_machine(named))
    assert plays_alike(machine, build_machine(changed(level, Question("?", cpu={"B": 2, "R": 1}))))
    assert not plays_alike(machine, build_machine(changed(level, Question("?", cpu={"A": 1, "B": 0}))))
    assert not plays_alike(machine, build_machine(changed(level, Question("?", limits=()))))
    assert not plays_alike(machine, build_machine(changed(level, Question("?", memory="tso"))))
    assert not plays_alike(machine, build_machine(changed(level, Question("?", rules=Rules(never_waits=("B",))))))


def test_another_kernel_leaves_out_what_it_does_not_have() -> None:
    level = game_pack().level("in-place/1")
    question = Question("?", kernel="linux-3.4.c", source=game_pack().level("seqcount/1").source)
    other = changed(level, question)
    assert (other.kernel, other.source.name, other.what_ifs, other.goal.safe) == ("linux-3.4.c",) * 2 + ((), False)
    build_machine(other)


def test_the_key_of_a_question_is_that_of_its_change() -> None:
    assert question_key(LOST, FROM_ONE) == question_key(LOST, evolve(FROM_ONE, question="Other words?"))
    assert question_key(LOST, FROM_ONE) != question_key(LOST, evolve(FROM_ONE, sets={"counter": 2}))
    assert question_key(LOST, FROM_ONE) != question_key(changed(LOST, FROM_ONE), FROM_ONE)


def test_check_answers_each_question_and_the_lock_file_keeps_it(tmp_path: Path) -> None:
    level = evolve(LOST, what_ifs=(FROM_ONE, FIRST))
    checked = check_level(level)
    assert (checked.findings, checked.proof is not None) == ((), True)
    assert checked.proof is not None
    assert [answer.verdict for answer in checked.proof.what_ifs] == [Verdict.UNREACHABLE, Verdict.REACHABLE]
    assert checked.proof.what_ifs[0].level_hash == level_hash(changed(LOST, FROM_ONE))
    write_lock(tmp_path, {level.id: checked.proof})
    assert read_lock(tmp_path)[level.id] == checked.proof
    plain = check_level(LOST).proof
    assert plain is not None
    assert "what_ifs" not in lock_text({level.id: plain})
    assert level_hash(level) == level_hash(LOST)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question("?", sets={"counter": 0}), "its change is none: the level plays as before"),
        (Question("?", cpu={"A": 1, "R": 0}), "its change is none: the level plays as before"),
        (Question("?", sets={"nothing": 0}), "after its change: unknown name nothing"),
        (Question("?", limits=(Limit("R", hold_at="nowhere"),)), "after its change: "),
    ],
)
def test_check_refuses_a_change_that_is_none_or_does_not_fit(question: Question, message: str) -> None:
    (finding,) = check_level(evolve(LOST, what_ifs=(FROM_ONE, question))).findings
    assert (finding.key, finding.message[: len(message)]) == ("what_if[1]", message)


def test_check_refuses_a_question_that_is_not_decided_within_bounds() -> None:
    level: Level = evolve(LOST, what_ifs=(FROM_ONE,))
    (finding,) = [each for each in check_level(level, limits=Limits(5)).findings if each.key]
    assert finding.message.startswith("its answer is undecided: ")
    assert finding.kind is Kind.WARNING  # the level may be right: this search was allowed less than the game's


def test_the_first_answer_counts_and_outlives_a_reset(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for entry in (Guessed("a", False), Guessed("a", True), Guessed("b", True), WasReset()):
        ledger.note("x/1", entry)
    assert Ledger(tmp_path).page("x/1").answers == {"a": False, "b": True}


PACK = game_pack()
PROOFS = read_lock(FOLDER.parent / "campaign")
ASKING = [level for level in PACK.levels if level.what_ifs]
YES = {level.id: [each.verdict is Verdict.REACHABLE for each in PROOFS[level.id].what_ifs] for level in ASKING}


def test_each_level_of_the_game_beyond_the_tour_asks_something() -> None:
    silent = [level.id for level in PACK.levels if not (level.teaches or level.variant_of or level.what_ifs)]
    assert silent == []


@pytest.mark.parametrize("level", ASKING, ids=lambda level: level.id)
def test_the_lock_file_answers_each_question_as_it_is_and_none_changes_nothing(level: Level) -> None:
    machine = build_machine(level)
    others = [changed(level, question) for question in level.what_ifs]
    assert [each.level_hash for each in PROOFS[level.id].what_ifs] == list(map(level_hash, others))
    assert [other for other in others if plays_alike(machine, build_machine(other))] == []


@pytest.mark.parametrize("level", ASKING[::9], ids=lambda level: level.id)
def test_the_lock_file_says_what_the_explorer_says(level: Level) -> None:
    assert settle_what_ifs(level) == (PROOFS[level.id].what_ifs, ())


def test_who_guesses_is_right_about_as_often_as_wrong() -> None:
    """Always yes, the same place, as in the level itself, by the word that stands in the question."""
    answers = [(level, place, yes) for level in ASKING for place, yes in enumerate(YES[level.id])]
    assert 0.4 < share(yes for _, _, yes in answers) < 0.6
    assert 0.35 < share(yes for _, place, yes in answers if place == 0) < 0.65
    assert 0.35 < share(yes != level.goal.safe for level, _, yes in answers) < 0.65
    kinds = ("static", "relative", "CPU", "below its min", "between its min", "limit", "read()", "node 0")
    for word in kinds:
        said = [yes for level, place, yes in answers if word in level.what_ifs[place].question]
        assert set(said) == {True, False}, word
    assert {yes for level, place, yes in answers if level.what_ifs[place].kernel} == {True, False}


def share(answers: Iterable[bool]) -> float:
    """How many of some answers are yes."""
    given = list(answers)
    return sum(given) / len(given)
