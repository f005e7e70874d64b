# SPDX-License-Identifier: GPL-2.0-or-later
"""Reasons: what a trial says is what a program says that was written without the statement."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from attrs import evolve

import sim
from puzzles.levels import build_machine, game_pack
from sim.explore import explore
from sim.kernelc.lower.cuts import Cut
from sim.kernelc.without import without
from sim.operations.locks import LOCK_KINDS
from sim.reasons import Bearing, Judge, groups_of, statement_at, statements
from sim.reasons.executed import executed
from sim.reasons.pairs import PAIRS, Pairs
from sim.reasons.statements import Statement
from sim.reasons.trial import Whole
from tests.sim import generated
from tests.sim.programs import machine

SAFE = tuple(level for level in game_pack().levels if level.goal.safe)

COUNTER = """
int free_pages = 1, taken;
struct mutex m;
static void enter(struct mutex *lock)
{
	mutex_lock(lock);
}
static void leave(struct mutex *lock)
{
	mutex_unlock(lock);
}
void take(void)
{
	int seen;

	enter(&m);
	seen = free_pages;
	if (seen > 0) {
		free_pages = seen - 1;
		taken++;
	}
	leave(&m);
}
"""
TWICE = sim.Goal(sim.Outcome.FINISHED, "taken == 2")


def judge(
    text: str = COUNTER, goal: sim.Goal = TWICE, *runs: str, shown: tuple[str, ...] = ("taken", "free_pages")
) -> Judge:
    return Judge(Whole(machine(text, *(runs or ("take()", "take()")), goal=goal), shown))


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def bearing(text: str, part: str) -> Bearing:
    referee = judge(text)
    statement = statement_at(referee.whole.machine.program, "kernel.c", line_of(text, part))
    assert statement is not None
    return referee.judge(statement).bearing


def test_a_lock_bears_through_its_wrappers_and_whichever_half_is_marked() -> None:
    for part in ("enter(&m)", "leave(&m)", "mutex_lock(lock)", "mutex_unlock(lock)"):
        assert bearing(COUNTER, part) is Bearing.BEARS


def test_what_only_one_thread_alone_needs_is_a_part_of_the_machine() -> None:
    assert bearing(COUNTER, "if (seen > 0)") is Bearing.PART  # without it one after the other takes two
    assert bearing(COUNTER, "seen = free_pages;") is Bearing.PART  # it faults


def test_the_reasons_of_a_machine_come_with_the_races_that_they_prevent() -> None:
    found = list(judge().reasons())
    assert [reason.statement.text for reason in found] == [
        "mutex_lock(lock);",
        "mutex_unlock(lock);",
        "enter(&m);",
        "leave(&m);",
    ]
    for reason in found:
        best, machine_ = reason.race.best(), reason.race.machine
        state = machine_.boot()
        for move in best.schedule:
            state = machine_.step(state, move).state
        assert machine_.at_goal(state)
        assert (best.preemptions, best.steps) == (1, len(best.schedule))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("enter(&m);", "enter(&m);"),
        ("seen > 0", "if (seen > 0)"),
        ("free_pages = seen", "free_pages = seen - 1;"),
        ("int seen", None),
        ("void take", None),
    ],
)
def test_a_line_names_the_statement_that_stands_there(part: str, text: str | None) -> None:
    program = sim.compile(COUNTER)
    statement = statement_at(program, "kernel.c", line_of(COUNTER, part))
    assert (statement and statement.text) == text


def test_a_line_that_cannot_be_marked_names_the_if_whose_body_it_is() -> None:
    text = "int x;\nint run(void)\n{\n\tif (x)\n\t\treturn 1;\n\treturn 0;\n}\n"
    program = sim.compile(text)
    statement = statement_at(program, "kernel.c", 5)
    assert statement is not None
    assert statement.text == "if (x)"
    assert list(statement.changes) == [Cut.AWAY]
    assert statement_at(program, "kernel.c", 6) is None


def test_marks_declarations_loops_and_values_returned_cannot_be_marked() -> None:
    text = (
        "int x;\nint run(void)\n{\n\tint l = 1;\n\tallocation_begin();\n\twhile (x)\n\t\tl = 0;\n"
        "\tif (x) {\n\t\tx = 1;\n\t} else {\n\t\tx = 2;\n\t}\n\treturn l;\n}\n"
    )
    assert [one.text for one in statements(sim.compile(text))] == ["l = 0;", "x = 1;", "x = 2;"]


def test_each_operation_on_a_lock_has_its_partner_in_the_table() -> None:
    named = {name for row in PAIRS for name in row}
    for lock in LOCK_KINDS:
        assert {use.kind.call for use in lock.transitions} <= named


def partners(level_id: str, text: str) -> list[tuple[str, str]]:
    program = build_machine(game_pack().level(level_id)).program
    statement = next(one for one in statements(program) if one.text == text)
    nodes = Pairs(program).with_partners(statement.body, statement.node)
    return sorted((one.function, one.text) for one in statements(program) if one.node in nodes)


@pytest.mark.parametrize(
    ("level_id", "text", "together"),
    [
        ("count/1", "current->mems_allowed_change_disable++;", ["get_mems_allowed", "put_mems_allowed"]),
        ("count/1", "spin_lock(&p->alloc_lock);", ["task_lock", "task_unlock"]),
        ("count/1", "task_lock(tsk);", ["cpuset_change_task_nodemask"] * 3),
        ("count/1", "get_mems_allowed();", ["__alloc_pages_nodemask"] * 3),
        ("seqcount/1", "s->sequence++;", ["write_seqcount_begin", "write_seqcount_end"]),
        ("count/1", "smp_mb();", ["get_mems_allowed"]),
    ],
)
def test_the_whole_pair_goes(level_id: str, text: str, together: list[str]) -> None:
    assert [function for function, _ in partners(level_id, text)] == together


def blanked(text: str, statement: Statement, cut: Cut) -> str:
    """The text with a statement as blanks: an empty one in its place, or only what an `if` guards."""
    node = statement.node
    if cut is Cut.AWAY:
        return (
            text[: node.start]
            + ";"
            + "".join(c if c == "\n" else " " for c in text[node.start + 1 : node.end])
            + text[node.end :]
        )
    body = node.child_by_field_name("consequence")
    assert body is not None
    return (
        text[: node.start]
        + "".join(c if c == "\n" else " " for c in text[node.start : body.start])
        + text[body.start :]
    )


def same_search(one: sim.Machine, other: sim.Machine) -> bool:
    first, second = explore(one, None), explore(other, None)
    return (first.states, first.transitions, first.outcomes) == (second.states, second.transitions, second.outcomes)


def changes(program: sim.Program) -> Iterator[tuple[Statement, Cut]]:
    return ((one, cut) for one in statements(program) for cut in one.changes)


@pytest.mark.parametrize("seed", range(100))
def test_a_program_without_a_statement_is_the_one_that_is_written_without_it(seed: int) -> None:
    dice = random.Random(seed)
    text = generated.kernel(dice.choice)
    whole = generated.build(text, "AB")
    for statement, cut in dice.sample(list(changes(whole.program)), 2):
        left = evolve(whole, program=without(whole.program, {statement.node: cut}))
        written = evolve(whole, program=sim.compile(blanked(text, statement, cut)))
        assert same_search(left, written), statement


def test_what_no_schedule_executes_is_not_tried() -> None:
    text = "int x;\nvoid run(void)\n{\n\tif (x > 5)\n\t\tx = 1;\n\tx = 2;\n}\n"
    for functions in executed(machine(text, "run()", "run()")):
        assert {span.line for span in functions["run"]} == {4, 6, 7}


def test_who_executes_a_statement_is_known() -> None:
    text = "int x;\nstatic void set(int to)\n{\n\tx = to;\n}\nvoid a(void)\n{\n\tset(1);\n\tx = 2;\n}\n"
    text += "void r(void)\n{\n\tx = 3;\n\tset(4);\n\tif (x > 5)\n\t\tx = 6;\n}\n"
    referee = judge(text, sim.Goal(sim.Outcome.FINISHED, "x == 9"), "a()", "r()", shown=("x",))
    threads = {each.text: referee.threads(each) for each in statements(referee.whole.machine.program)}
    expected = {"x = to;": {0, 1}, "set(1);": {0}, "x = 2;": {0}, "x = 3;": {1}, "set(4);": {1}, "if (x > 5)": {1}}
    assert threads == {**{part: frozenset(who) for part, who in expected.items()}, "x = 6;": frozenset()}


def test_where_one_thread_after_the_other_reaches_it_anyway_a_trial_is_held_against_the_other_orders() -> None:
    text = "int x, y;\nvoid a(void)\n{\n\ty = 1;\n\tx = 1;\n}\nvoid r(void)\n{\n\tif (x)\n\t\tx = 2;\n}\n"
    referee = judge(text, sim.Goal(sim.Outcome.FINISHED, "x == 2"), "a()", "r()", shown=("x",))
    trials = {each.text: referee.judge(each).bearing for each in statements(referee.whole.machine.program)}
    assert trials == {"y = 1;": Bearing.BEARS, "x = 1;": Bearing.PART, "if (x)": Bearing.BEARS, "x = 2;": Bearing.SAFE}


@pytest.mark.parametrize(
    ("order", "bear"),
    [
        ("ready = 1; ready = 1; page = 1; done = 1;", [Bearing.BEARS, Bearing.BEARS]),
        ("ready = 1; page = 1; ready = 1; done = 1;", [Bearing.BEARS, Bearing.SAFE]),
    ],
)
def test_of_two_of_one_text_that_one_bears_which_does_alone_else_both(order: str, bear: list[Bearing]) -> None:
    text = f"int ready, page, done, torn;\nvoid a(void)\n{{\n\t{order}\n}}\n"
    text += "void r(void)\n{\n\tif (page && !ready && !done)\n\t\ttorn = 1;\n}\n"
    referee = judge(text, sim.Goal(sim.Outcome.FINISHED, "torn == 1"), "a()", "r()", shown=("page",))
    same = [each for each in statements(referee.whole.machine.program) if each.text == "ready = 1;"]
    assert [referee.judge(each).bearing for each in same] == bear


def test_what_goes_with_a_statement_is_known_without_a_search() -> None:
    program = sim.compile(
        "int x, y;\nstruct mutex m;\n"
        "void f(void)\n{\n\tmutex_lock(&m);\n\tx = 1;\n\tmutex_unlock(&m);\n\tif (y)\n\t\tx = 1;\n}\n"
        "void g(void)\n{\n\tmutex_lock(&m);\n\ty = 2;\n\tmutex_unlock(&m);\n}\n"
    )
    groups = groups_of(program)
    going = {
        statement.head.line: (
            [other.head.line for other in groups.along(statement)],
            [other.head.line for other in groups.alike(statement)],
        )
        for statement in groups.statements
    }
    assert going == {
        5: ([7], [13, 15]), 6: ([], [9]), 7: ([5], [13, 15]), 8: ([], []), 9: ([], [6]),
        13: ([15], [5, 7]), 14: ([], []), 15: ([13], [5, 7]),
    }  # fmt: skip
