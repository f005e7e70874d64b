# SPDX-License-Identifier: GPL-2.0-or-later
"""From a level to its machine: what does not fit the kernel is told by key, and what-if changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.levels import LevelError, build_machine, game_pack, parse_sets, read_kernel
from sim.debugger import Session
from sim.nodelist import mask_nodes
from tests.puzzles.packs import KERNEL, complaints, small_level


def words(session: Session) -> dict[str, int | str]:
    return dict(session.machine.words(session.now.state))


def test_boot_values_and_nodes_reach_the_memory(tmp_path: Path) -> None:
    small = words(Session(build_machine(small_level(tmp_path))))
    assert (small["counter.value"], small["counter.limit"], small["flag"]) == (0, 3, 1)
    machine = build_machine(game_pack().level("in-place/1"))
    booted = dict(machine.words(machine.boot()))
    assert [booted[f"zones[{node}].pages"] for node in range(3)] == [220, 220, 0]
    assert booted["node_zonelists[1].zoneref[0].zone"] == "&zones[1]"
    assert [thread.node for thread in machine.threads] == [1, 0]


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('"counter.value" = 0', '"counter.valu" = 0', 'boot."counter.valu"', "valu"),
        ('"counter.value" = 0', '"counter." = 0', 'boot."counter."', "is not an expression"),
        ('"counter.value" = 0', "counter = 0", 'boot."counter"', "set its members one by one"),
        ('"counter.value" = 0', '"counter.value" = -1', 'boot."counter.value"', "-1 does not fit into unsigned long"),
        ('"1 + 2"', '"flag"', 'boot."counter.limit"', "flag is not constant"),
        ("flag = 1", 'flag = "&counter"', 'boot."flag"', ""),
        ("flag = 1", 'flag = 1\n"(flag)" = 2', 'boot."(flag)"', 'sets a word that "flag" sets too'),
        ('["counter.value", "flag"', '["counter.value", "flog"', "show.counters[1]", "unknown name flog"),
        (
            '["counter.value", "flag"',
            '["counter.value", "lock"',
            "show.counters[1]",
            "lock has the type struct mutex; name a word",
        ),
        ('locks = ["lock"]', 'locks = ["flag"]', "show.locks[0]", "flag has the type int; name a lock"),
        ('locks = ["lock"]', 'masks = ["flag"]', "show.masks[0]", "flag has the type int; name a nodemask_t"),
        ('"reset()"', '"rest()"', "thread[2].run", "unknown function rest"),
        ('"reset()"', '"reset(1)"', "thread[2].run", "takes 0 arguments, not 1"),
        ('"reset()"', '"flag"', "thread[2].run", "flag is not a call"),
        ('"reset()"', '"reset()"\nexhausted = "no()"', "thread[2].exhausted", "unknown function no"),
        ('"reset()"', '"reset()"\nexhausted = "reset()"', "thread[2].exhausted", "changes something"),
        ('"reset()"', '"reset()"\ncurrent = "task"', "thread[2].current", "unknown name task"),
        ('"reset()"', '"reset()"\ncurrent = "flag"', "thread[2].current", "flag has the type int; name a task_struct"),
        ('"A work:again"', '"A work:agin"', "limit[0]", "work has no label agin; its labels are: again"),
        ('"A work:again"', '"A wrk:again"', "limit[0]", "'wrk:again' is no place in small.c"),
        ("counter.value == 4", "counter.value ==", "goal.condition", "is not an expression"),
        ("counter.value == 4", "counter.value = 4", "goal.condition", "has a side effect"),
        ("hint =", 'decides = ["wrok: again"]\nhint =', "decides[0]", "'wrok: again' is no place; write a function"),
        ("hint =", 'decides = ["work"]\nhint =', "decides[0]", "'work' is no place; write a function"),
        (
            "hint =",
            'decides = ["work: agin"]\nhint =',
            "decides[0]",
            "'agin' stands in no line of work(); copy it from",
        ),
        ("[machine]", 'allowed = "zone->node == 0"\n[machine]', "allowed", "the kernel has no struct zone"),
    ],
)
def test_what_does_not_fit_the_kernel_is_told_by_key(
    tmp_path: Path, old: str, new: str, key: str, message: str
) -> None:
    assert message in complaints(tmp_path, (old, new))[key]


def test_all_misfits_are_told_at_once(tmp_path: Path) -> None:
    found = complaints(tmp_path, ("flag = 1", "flog = 1"), ('"reset()"', '"rest()"'), ("work:again", "work:agin"))
    assert list(found) == ['boot."flog"', "thread[2].run", "limit[0]"]


@pytest.mark.parametrize("include", ['"../count.h"', '"/etc/passwd"', "<count.h>", '"sub/count.h"'])
def test_includes_stay_on_the_shelves(tmp_path: Path, include: str) -> None:
    message = complaints(tmp_path, kernel=[('"count.h"', include)])["kernel"]
    assert message.startswith(f"{tmp_path}/kernels/small.c:3:1: ")
    assert "no header" in message or "cannot include" in message


def test_a_mistake_in_the_kernel_is_underlined(tmp_path: Path) -> None:
    message = complaints(tmp_path, kernel=[("flag = 0;", "flog = 0;")])["kernel"]
    assert message.startswith(f"{tmp_path}/kernels/small.c:22:2: unknown name flog")
    assert "^^^^" in message


def test_more_nodes_than_the_kernel_has_room_for(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        (
            "{ pages = 100, free = 50, cpus = [0] },",
            "{ pages = 100, free = 50, cpus = [0] }," + "{ pages = 9, free = 9 }," * 4,
        ),
        kernel=[('"count.h"', '"count.h"\n#include "mmzone.h"')],
    )
    assert found["machine.nodes"].startswith("index 4 is outside of struct zone[4]")


def test_a_thread_that_faults_before_its_first_step(tmp_path: Path) -> None:
    found = complaints(tmp_path, kernel=[("{\n\tflag = 0;", "{\n\tint x = 0;\n\tflag = 1 / x;")])
    assert "small.c:23:9: " in found["thread[2].run"]


def test_sets_change_boot_values_and_win_over_the_level() -> None:
    level = game_pack().level("in-place/1")
    session = Session(build_machine(level, sets=("task.mems_allowed = 0-1", "zones[0].free=7", "zones[0].free=9")))
    booted = words(session)
    assert mask_nodes([int(booted["task.mems_allowed.bits[0]"])]) == {0, 1}
    assert booted["zones[0].free"] == 9
    again = words(Session(build_machine(level, sets=("task.mems_allowed.bits[0]=2",))))
    assert again["task.mems_allowed.bits[0]"] == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("flag", "--set: 'flag' sets nothing; write lvalue=value"),
        ("=3", "--set: '=3' sets nothing"),
        ("flog=3", "--set flog: unknown name flog"),
        ("flag=", "--set flag:  is not an expression"),
        ("flag=counter.value", "--set flag: counter.value is not constant"),
    ],
)
def test_a_wrong_set_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LevelError) as raised:
        build_machine(small_level(tmp_path), sets=(text,))
    assert str(raised.value).startswith(message)


def test_there_is_a_bound_on_sets() -> None:
    assert parse_sets(["a = 1"] * 50) == {"a": "1"}
    with pytest.raises(LevelError, match="there are 51 changes; at most 50"):
        parse_sets(["a=1"] * 51)


def test_another_kernel_takes_the_place_of_the_level_s(tmp_path: Path) -> None:
    level = small_level(tmp_path)
    path = tmp_path / "mine.c"
    path.write_text(KERNEL.replace("STEP", "40 + STEP"), encoding="utf-8")
    session = Session(build_machine(level, read_kernel(path, level)))
    session.step(0, 3)
    assert words(session)["counter.value"] == 42
    with pytest.raises(LevelError, match=r"gone\.c: there is no such file"):
        read_kernel(tmp_path / "gone.c", level)


def test_a_kernel_without_zones_needs_no_tables(tmp_path: Path) -> None:
    assert "zones[0].free" not in words(Session(build_machine(small_level(tmp_path))))
