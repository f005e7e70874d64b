# SPDX-License-Identifier: GPL-2.0-or-later
"""In which walk over a zonelist a thread is: over all solutions and thrown runs, as its text and its calls say it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

import pytest
from attrs import define, evolve, field

from puzzles.levels import Level, build_machine, game_pack
from puzzles.replays import play, solution
from sim import Machine
from sim.debugger import Moment, backtrace, extend, first_moment, over, source_text
from sim.kernelc.model.code import CallFunction, Mark, Return
from sim.machine import private
from sim.machine.run import Run
from sim.operations.marks import MarkKind
from tests.fuzz import TIMES, dice
from tests.sim.programs import machine
from tests.tui.playing import new_game
from tui.view.standing import done_text, standing, walk_text
from tui.view.walk import walk_at

LEVELS = [level for level in game_pack().levels if level.id not in ("tour/5", "tour/6", "side/5", "side/6")]
PASSES = {"WMARK_LOW": "pass with the low mark", "WMARK_MIN": "pass with the min mark"}
OTHERS = {
    "first_zones_zonelist": "first-zone lookup",
    "try_to_free_pages": "reclaim",
    "should_reclaim_retry": "look whether to try again",
    "__netdev_alloc_skb": "pass with the min mark",
    "build_zonelists_in_node_order": "build of the list",
}


def named_by_text(one: Machine, moment: Moment, thread: int) -> str:
    """The walk of a thread by the text of the calls that it stands in, outermost first; "" for none."""
    names = (called_name(source_text(one.program, frame.span)) for frame in backtrace(one, moment.state, thread)[:-1])
    outermost = called_name(one.threads[thread].run) if moment.state.threads[thread].frames else ""
    return outermost or next(filter(None, names), "")


def called_name(call: str) -> str:
    if match := re.match(r"get_page_from_freelist\(.*\b(WMARK_\w+)", call):
        return PASSES.get(match[1], "last pass before the kill")
    return OTHERS.get(call.partition("(")[0], "")


@define
class Trace:
    """The walks of one thread from each call, return and mark that the machine executes, in order."""

    stack: list[str] = field(factory=list)
    begun: Counter[str] = field(factory=Counter)

    def call(self, name: str) -> None:
        named = "" if any(self.stack) else name
        self.begun[named] += 1
        self.stack.append(named)

    def begin(self) -> None:
        self.begun = Counter(filter(None, self.stack))

    @property
    def number(self) -> int:
        return next((self.begun[name] for name in self.stack if name), 0)


@pytest.fixture
def traces(monkeypatch: pytest.MonkeyPatch) -> dict[int, Trace]:
    """A trace for each thread that moves, from here on."""
    kept: dict[int, Trace] = {}

    def watched(run: Run, instruction: CallFunction | Return | Mark) -> bool:
        trace = kept.setdefault(run.thread.index, Trace())
        if run.memory is None and isinstance(instruction, CallFunction):
            trace.call(called_name(source_text(run.program, instruction.span)))
        elif run.memory is None and isinstance(instruction, Return) and trace.stack:
            trace.stack.pop()
        elif isinstance(instruction, Mark) and instruction.kind is MarkKind.ALLOCATION_BEGIN:
            trace.begin()
        return original[type(instruction)](run, instruction)

    original = dict(private._DO)  # the place where each instruction is executed
    for kind in (CallFunction, Return, Mark):
        monkeypatch.setitem(private._DO, kind, watched)
    return kept


@pytest.mark.fuzz
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.id)
def test_walks_are_those_of_text_and_calls(level: Level, traces: dict[int, Trace]) -> None:
    one, falls = build_machine(level), dice(f"walks of {level.id}")
    stored = solution(level.id)
    solved = [moment.move or 0 for moment in play(one, stored).last.line()][1:] if stored else []
    thrown = [
        [move for _ in range(12) for move in [falls.choice(one.moves)] * falls.randrange(1, 40)]
        for _ in range(1 + TIMES)
    ]
    seen = sum(walks_of(one, schedule, traces) for schedule in (solved, *thrown))
    assert seen or not any(thread.exhausted for thread in one.threads)


def walks_of(one: Machine, schedule: list[int], traces: dict[int, Trace]) -> int:
    """How often a thread is in a walk on a schedule: each time in the one that its text and its calls say."""
    now, seen = first_moment(one), 0
    for thread in range(len(one.threads)):
        walk_at(one, now, thread)
    traces.clear()  # to be told of one boot alone
    traces |= {thread: Trace([called_name(setup.run)]) for thread, setup in enumerate(one.threads)}
    one.boot()
    for move in schedule:
        if not over(one, now) and one.enabled(now.state, move):
            now = extend(one, now, move)
            seen += sum(checked(one, now, thread, trace) for thread, trace in traces.items())
    return seen


def checked(one: Machine, now: Moment, thread: int, trace: Trace) -> bool:
    walk = walk_at(one, now, thread)
    assert (walk.name if walk else "") == named_by_text(one, now, thread)
    assert (walk.number if walk else 0) == (trace.number if now.state.threads[thread].frames else 0)
    return walk is not None


KERNEL = """
#include "oomrace.h"
int words[3];
static bool look(int from, int to, int why)
{
	for (; from < to; from++)
		if (words[from] > why)
			return true;
	return false;
}
static bool tried(int from, int to) { return look(from, to, 1) || look(from, to, 0); }
void a(void)
{
	allocation_begin();
	tried(0, 0);
	tried(0, 1);
	look(1, 2, 1);
	allocation_begin();
	look(2, 3, 1);
}
"""
NAMES = """
/*
 * walk look(why = 1): strict look
 * walk look(why = 0): last look
 * walk tried(): two looks
 * walk elsewhere(): nothing
 * walk look(whence = 0): nothing
 */
"""


def walks(text: str) -> list[str]:
    """The walk of each resting place of a thread that runs alone."""
    one = machine(text, "a()")
    now = first_moment(one)
    told = [str(walk_at(one, now, 0) or "")]
    while not over(one, now):
        now = extend(one, now, 0)
        told.append(str(walk_at(one, now, 0) or ""))
    return told


def test_walks_that_took_no_step_count_and_each_allocation_counts_anew() -> None:
    assert walks(KERNEL + NAMES) == ["2nd two looks", "2nd two looks", "strict look", "strict look", ""]


def test_an_allocation_that_begins_before_a_step_of_its_own_counts_anew() -> None:
    text = (
        KERNEL.partition("void a(void)")[0]
        + "void a(void) { look(0, 1, 1); allocation_begin(); words[1]; look(0, 1, 1); }"
    )
    assert walks(text + NAMES) == ["strict look", "", "strict look", ""]


def test_a_kernel_that_names_nothing_is_in_no_walk() -> None:
    assert set(walks(KERNEL)) == {""}


@pytest.mark.parametrize("names", ['#include "walks.h"', ""])
def test_a_kernel_of_a_stranger_is_told_by_its_functions(names: str) -> None:
    level = game_pack().level("in-place/1")
    text = level.source.text.replace('#include "walks.h"', names).replace("get_page_from_freelist", "my_pass")
    one = build_machine(level, evolve(level.source, text=text))
    now = first_moment(one)
    for _ in range(7):
        now = extend(one, now, 0)
    assert standing(one, now, 0) == "in node_isset, within my_pass, asking about node 1"
    assert walk_text(one, now, 0) == "in my_pass: node 1?"


def test_the_tear_that_kills_is_told_apart_from_the_one_that_does_not() -> None:
    game = new_game("in-place/1", "a12")
    line = list(game.session.now.line())
    told = [done_text(game.machine, now, now.events[0]) for now in (line[6], line[8])]
    assert told == [
        "A read task_policy.nodes = {0} (first-zone lookup: node 1?)",
        "A read task_policy.nodes = {0} (pass with the low mark: node 1?)",
    ]
    assert walk_text(game.machine, line[11], 0) == "pass with the low mark: node 0?"
    assert walk_text(game.machine, line[12], 0) == "pass with the low mark: node 0"


def test_empty_passes_of_the_seed_race_are_counted() -> None:
    """What begins behind the last zone takes no step; the next walk of that name is the second all the same."""
    level = game_pack().level("cached/3")
    one, stored = build_machine(level), solution("cached/3")
    assert stored is not None
    line = list(play(one, stored).last.line())
    told = [str(walk_at(one, now, 0) or "") for now in line if now.thread == 0]
    assert [walk for walk, _ in groupby(told) if walk] == [
        "first-zone lookup", "reclaim", "look whether to try again", "2nd reclaim",
    ]  # fmt: skip


def test_what_a_function_reads_that_knows_no_node_is_no_question_about_one() -> None:
    """Reclaim writes pages out, and the allocation for that catches up with the cpuset."""
    level, stored = game_pack().level("generation/3"), solution("generation/3")
    one = build_machine(level)
    assert stored is not None
    line = [now for now in play(one, stored).last.line() if now.thread == 0]
    told = [done_text(one, now, now.events[0]) for now in line]
    assert "A read task.mems_allowed = {0,1} (reclaim: node 0?)" in told
    assert "A read cpuset.mems_generation = 2 (reclaim: node 0)" in told
