# SPDX-License-Identifier: GPL-2.0-or-later
"""The two accesses that decide a run: taken from the run, or from where the author points to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from puzzles.levels import Level, build_machine, game_pack, load_pack, shown_in
from puzzles.oomlog import deciding_instants
from puzzles.proofs import read_lock
from puzzles.schedules import move_numbers
from sim import Machine, Outcome
from sim.debugger import Moment, extend, first_moment
from sim.machine.events import Accessed, Drained
from tests.puzzles.restate import FOLDER
from tests.tui.checked import add_level, copied
from tui.view.deciding import deciding_accesses, deciding_texts

PACK = game_pack()
LOCK = read_lock(FOLDER.parent / "campaign")
RACES = [level for level in PACK.levels if not level.goal.safe and not level.teaches]

LOOKUP = "next_zones_zonelist (first-zone lookup: node 0?)"


def run(level: Level, schedule: str = "") -> tuple[Machine, Moment]:
    """The end of a schedule of a level, of its par without one."""
    machine = build_machine(level)
    moment = first_moment(machine)
    for move in move_numbers(machine, schedule or LOCK[level.id].par[0].schedule):
        moment = extend(machine, moment, move)
    return machine, moment


def told(level_id: str, schedule: str = "", places: tuple[str, ...] = ()) -> list[str]:
    machine, end = run(PACK.level(level_id), schedule)
    return [text for pair in deciding_texts(machine, end, places) for text in pair]


def test_the_last_change_that_was_read_and_where_it_was_read_first() -> None:
    assert told("in-place/1", "A6 R22 A3") == [
        "decided by step 25: R wrote task_policy.nodes {0} -> {1}",
        "  line 255 in mpol_rebind_nodemask: pol->nodes = tmp;",
        "and step 29: A read task_policy.nodes = {1}, was {0} at step 6",
        f"  mmzone.h:54 in {LOOKUP}: while (nodes && z->zone && !node_isset(z->zone->node, nodes))",
    ]


def test_a_change_that_was_not_read_any_more() -> None:
    assert told("generation/1", "A8 R10 A1")[::2] == [
        "decided by step 4: A read cpuset.mems_generation = 0",
        "and step 15: R wrote cpuset.mems_generation 0 -> 1",
    ]


def test_a_store_that_is_drained_is_told_with_the_line_that_made_it() -> None:
    first, code, *_ = told("count/5")
    assert first == "decided by step 43: R's store reaches memory: task_policy.nodes {0,1} -> {1}"
    assert code == "  stored at mempolicy_steps.h:47 in mpol_rebind_nodemask: pol->nodes = tmp;"


def test_of_a_mask_that_is_read_word_by_word_the_two_reads_decide() -> None:
    first, code, second, same = told("in-place/10")
    assert re.fullmatch(r"decided by step \d+: A read task.mems_allowed.bits\[0\] = {}", first)
    assert re.fullmatch(
        r"and step \d+: A read task.mems_allowed.bits\[1\] = {}, which was \{70\} until step \d+", second
    )
    assert code == same
    assert code.endswith("in cpuset_mem_spread_node: mems = current->mems_allowed;")


@pytest.mark.parametrize(
    ("schedule", "change", "read"),
    [
        ("R6 A3", "step 6: R wrote zones[0].free 21 -> 20", "step 7: A read zones[0].free = 20"),
        ("A1 R6 A2", "step 7: R wrote zones[0].free 21 -> 20", "step 8: A read zones[1].free = 20"),
    ],
)
def test_a_genuine_kill_is_decided_where_all_nodes_were_exhausted(schedule: str, change: str, read: str) -> None:
    level = PACK.level("tour/5")
    _, end = run(level, schedule)
    assert end.outcome is Outcome.OOM_GENUINE
    assert [text.partition(" ")[2].removeprefix("by ") for text in told("tour/5", schedule)[::2]] == [change, read]


WITHOUT_ZONES = """#include "oomrace.h"
int pages = 1;
bool exhausted(void) { return !pages; }
void add(void) { allocation_begin(); if (!pages) out_of_memory(); }
void take(void) { pages = 0; }
"""


def test_a_kernel_without_zones_goes_by_the_rule(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    thread = (
        'run = "add()"\n\n[[thread]]\nletter = "R"',
        'run = "add()"\nexhausted = "exhausted()"\n\n[[thread]]\nletter = "R"',
    )
    second = ('cpu = 1\nrun = "add()"', 'cpu = 1\nrun = "take()"')
    goal = ('{ outcome = "finished", condition = "counter == 1" }', '"oom-genuine"')
    add_level(pack, 2, thread, second, goal, kernel=WITHOUT_ZONES)
    machine, end = run(load_pack(pack).level("basics/2"), "R1 A2")
    assert (end.outcome, deciding_instants(machine, end)) == (Outcome.OOM_GENUINE, ())
    first, _, second_, _ = (text for pair in deciding_texts(machine, end) for text in pair)
    assert (first, second_) == ("decided by step 1: R wrote pages 1 -> 0", "and step 2: A read pages = 0")


def test_places_that_the_author_names_come_first_where_the_run_was_at_both() -> None:
    places = ("cpuset_change_task_nodemask: tsk->mems_allowed = *newmems", "mpol_rebind_nodemask:pol->nodes=tmp;")
    assert [text.partition(":")[0] for text in told("in-place/1", "A6 R22 A3", places)[::2]] == [
        "decided by step 25",
        "and step 26",
    ]
    assert told("in-place/1", "A6 R19 A3", places) == told("in-place/1", "A6 R19 A3")
    assert told("in-place/1", "A6 R22 A3", ("nowhere: x", places[0])) == told("in-place/1", "A6 R22 A3")


def test_what_the_author_points_to_holds_for_replays_too() -> None:
    level = PACK.level("side/3")
    assert shown_in(level, build_machine(level).program).decides == level.decides
    assert shown_in(level, build_machine(PACK.level("in-place/1")).program).decides == level.decides[:1]


def test_who_runs_alone_has_no_such_pair() -> None:
    assert told("in-place/1", "A6") == []


@pytest.mark.parametrize("level", RACES, ids=lambda level: level.id)
def test_of_each_race_the_pair_is_what_memory_says(level: Level) -> None:
    machine, end = run(level)
    pair = deciding_accesses(machine, end)
    if pair is None:
        assert deciding_accesses(machine, end, level.decides) is not None
        return
    first, second = pair
    assert first.moment.steps < second.moment.steps
    if first.event.address != second.event.address:
        between = [moment for moment in end.line() if first.moment.steps < moment.steps < second.moment.steps]
        for access in (first, second):
            assert any(_changes(event, access.event.address) for moment in between for event in moment.events)
        return
    assert first.event.thread != second.event.thread
    assert end.thread in (first.event.thread, second.event.thread)
    assert first.event.address == second.event.address
    if first.changes:
        assert second.event.old == first.event.new
    else:
        assert first.event.old == second.event.old
    between = [moment for moment in end.line() if first.moment.steps < moment.steps < second.moment.steps]
    assert not any(_changes(event, first.event.address) for moment in between for event in moment.events)


def _changes(event: object, address: int) -> bool:
    """Whether a word is another one in memory after an event."""
    if isinstance(event, Drained):
        return event.address == address and event.old != event.new
    return isinstance(event, Accessed) and event.address == address and event.old != event.new and not event.buffered
