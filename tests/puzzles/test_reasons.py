# SPDX-License-Identifier: GPL-2.0-or-later
"""Reasons of levels, and a naive loop over all statements that shares no search and no recompiling with them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from attrs import evolve

import sim
from puzzles.levels import Level, build_machine, game_pack
from puzzles.reasons.judging import judge_of
from puzzles.schedules import move_numbers
from sim import Machine, Outcome, State
from sim.kernelc.lower.cuts import Cut, Cuts
from sim.kernelc.model.types import size
from sim.machine.key import state_key
from sim.reasons import Judge, Statement, statement_at, statements
from tests.long import sample
from tests.tui.program import call

SMALL = (
    "side/1",
    "tour/6",
    "side/9",
    "side/4",
    "generation/2",
    "overlap/2",
    "in-place/9",
    "cached/2",
    "in-place/4",
    "intersection/1",
)


def offset(text: str, point: tuple[int, int]) -> int:
    """Where a line and a column of a text are, both from 0."""
    return sum(len(line) for line in text.splitlines(keepends=True)[: point[0]]) + point[1]


def blanked(text: str, cuts: Cuts, file: str, program: sim.Program) -> str:
    """A file without some statements; all that stays keeps its place."""
    files = {body.node.source: body.file for body in program.bodies}
    for node, cut in cuts.items():
        if files[node.source] != file:
            continue
        guarded = node.child_by_field_name("consequence") if cut is Cut.ALWAYS else None
        start, end = offset(text, node.start_point), offset(text, guarded.start_point if guarded else node.end_point)
        empty = "".join(character if character == "\n" else " " for character in text[start:end])
        text = text[:start] + (empty if guarded else ";" + empty[1:]) + text[end:]
    return text


def written_without(level: Level, machine: Machine, cuts: Cuts) -> Machine:
    source, program = level.source, machine.program
    headers = {name: blanked(text, cuts, name, program) for name, text in source.headers}
    changed = sim.compile(blanked(source.text, cuts, source.name, program), headers, source.name)
    return evolve(machine, program=changed)


def ends(machine: Machine) -> Iterator[State]:
    """Every state in which a run ends, by trying every move of every state. Raises OverflowError beyond a few."""
    boot = machine.boot()
    seen, waiting = {state_key(machine.program, boot)}, [boot]
    while waiting:
        state = waiting.pop()
        moves = [move for move in machine.moves if machine.enabled(state, move)]
        if not moves:
            yield state
        for move in moves:
            after = machine.step(state, move).state
            key = state_key(machine.program, after)
            if key not in seen:
                seen.add(key)
                waiting.append(after)
        if len(seen) > 20_000:
            raise OverflowError


def alone(machine: Machine, order: tuple[int, int]) -> State:
    """The end of a run in which each thread goes as far as it can before the next one moves."""
    state = machine.boot()
    for thread in order * 3:
        for _ in range(2_000):
            move = next(
                (move for move in (thread, ~thread) if move in machine.moves and machine.enabled(state, move)), None
            )
            if move is None:
                break
            state = machine.step(state, move).state
    return state


def end_of(level: Level, machine: Machine, order: tuple[int, int]) -> tuple[Outcome, list[int]]:
    end = alone(machine, order)
    places = [machine.program.place(mask) for mask in level.show.masks or (*level.show.counters, *level.show.locks)]
    words = [address + at for address, kind in places for at in range(size(kind))]
    return end.outcome, [machine.word(end, address) for address in words if machine.program.cells[address]]


def bears(level: Level, machine: Machine, cuts: Cuts) -> bool:
    try:
        left = written_without(level, machine, cuts)
        left.boot()
    except sim.CompileError:
        return False
    orders = ((0, 1), (1, 0))
    if any(left.at_goal(alone(left, order)) for order in orders):
        return False
    if not any(end_of(level, left, order) == end_of(level, machine, order) for order in orders):
        return False
    try:
        last = list(ends(left))
    except OverflowError:
        return False
    return any(map(left.at_goal, last)) and all(state.outcome is not Outcome.FAULT for state in last)


def text_of(statement: Statement) -> str:
    return f"{statement.head}: {statement.text}"


@pytest.mark.parametrize("level_id", sample(SMALL, 10))
def test_a_naive_search_of_the_text_without_a_statement_agrees(level_id: str) -> None:
    """Of each level all that bears, and of the rest that is executed one in four."""
    level = game_pack().level(level_id)
    machine = build_machine(level)
    judge = judge_of(level, machine)
    reasons = [text_of(reason.statement) for reason in judge.reasons()]
    executed = [each for each in statements(machine.program) if is_executed(judge, each)]
    others = [each for each in executed if text_of(each) not in reasons][::4]
    for statement in executed:
        if text_of(statement) in reasons or statement in others:
            assert is_reason(level, machine, judge, statement) == (text_of(statement) in reasons), statement


def is_reason(level: Level, machine: Machine, judge: Judge, statement: Statement) -> bool:
    """Whether it bears alone; or, where none of its text does, with all of them."""
    twins = judge.groups.twins(statement)
    alone = [any(bears(level, machine, cuts) for cuts in judge.groups.cuts(each)) for each in (statement, *twins)]
    return alone[0] or (
        not any(alone) and any(bears(level, machine, cuts) for cuts in judge.groups.cuts(statement, *twins))
    )


def is_executed(judge: Judge, statement: Statement) -> bool:
    spans = (span for functions in judge._executed for span in functions[statement.function])
    return any((span.file, span.line) == (statement.head.file, statement.head.line) for span in spans)


SCHEMES = {
    "intersection/1": {
        "if (ac->nodemask && !cpuset_nodemask_valid_mems_allowed(ac->nodemask))",
        "if (check_retry_cpuset(cpuset_mems_cookie, ac))",
    },
    "count/1": {
        "current->mems_allowed_change_disable++;",  # the count
        "nodes_or(&tsk->mems_allowed, &tsk->mems_allowed, newmems);",  # the growing
        "if (READ_ONCE(tsk->mems_allowed_change_disable))",  # the test
    },
    "count/6": {"smp_mb();"},
}


@pytest.mark.parametrize("level_id", sample(SCHEMES, 3))
def test_the_reasons_are_the_scheme_and_each_schedule_holds(level_id: str) -> None:
    rows = json.loads(call("reasons", level_id, "--json").stdout)
    assert SCHEMES[level_id] <= {row["text"] for row in rows}
    level = game_pack().level(level_id)
    machine = build_machine(level)
    judge = judge_of(level, machine)
    for row in rows:
        assert set(row) == {"file", "line", "text", "schedule", "preemptions", "steps"}
        statement = statement_at(machine.program, row["file"], row["line"])
        assert statement is not None
        race = judge.judge(statement).race
        assert race is not None
        state = race.machine.boot()
        moves = move_numbers(race.machine, row["schedule"])
        for move in moves:
            state = race.machine.step(state, move).state
        assert race.machine.at_goal(state)
        assert (statement.text, len(moves)) == (row["text"], row["steps"])


def test_a_level_that_can_be_broken_has_no_reasons() -> None:
    done = call("reasons", "tour/7")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "can be reached" in done.stderr
