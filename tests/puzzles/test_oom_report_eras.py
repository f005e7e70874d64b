# SPDX-License-Identifier: GPL-2.0-or-later
"""The OOM report of each era, held against the examples of kernel-history.md 15.2 and the layouts of 15.3."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import Level, build_machine, game_pack, read_kernel
from puzzles.oomlog import Facts, Request, report, report_lines
from puzzles.oomlog.eras import version_of
from puzzles.zones import NodeMemory
from tests.puzzles.oom_states import KERNELS, TASK, level_on, one_flip

HISTORY = Path(__file__).parents[2] / "docs" / "kernel-history.md"
SECTION = HISTORY.read_text("utf-8").partition("### 15.2")[2].partition("### 15.3")[0].splitlines()

ZERO = NodeMemory(0, pages=220, free=20, reclaimable=0, min=20, low=25, high=30)
ONE = NodeMemory(1, pages=110, free=100, reclaimable=7, min=10, low=12, high=14)
FACTS = Facts("cpuset01", 1, 18188, (), Request.FAULT, None, frozenset({1}), "1", (ZERO, ONE))
BOUND = evolve(FACTS, nodemask=frozenset({0}))
KERNEL_VERSIONS = ((2, 6, 24), (2, 6, 29), (2, 6, 31), (2, 6, 35), (3, 2), (3, 4), (3, 13), (4, 7), (4, 9), (4, 10),
                   (4, 13), (5, 4), (6, 1), (6, 12), (6, 16), (6, 18))  # fmt: skip


def lines(version: tuple[int, ...], facts: Facts = FACTS) -> tuple[str, ...]:
    return report_lines(version, "test", facts)


def starting(version: tuple[int, ...], start: str, facts: Facts = FACTS) -> list[str]:
    return [one for one in lines(version, facts) if one.startswith(start)]


def examples(heading: str) -> list[str]:
    """The lines that 15.2 shows below a heading, which says for which kernels they are."""
    start = next(index for index, one in enumerate(SECTION) if one.startswith(heading))
    shown = takewhile(lambda one: one.startswith("    "), SECTION[start + 1 :])
    return [one.removeprefix("    ") for one in shown if one.strip() != "..."]


@pytest.mark.parametrize(
    ("heading", "version", "facts"),
    [
        ("2.6.12.1", (2, 6, 12, 1), FACTS),
        ("2.6.24", (2, 6, 24), FACTS),
        ("2.6.29, 2.6.30 ", (2, 6, 29), FACTS),
        ("2.6.29, 2.6.30 ", (2, 6, 30), FACTS),
        ("2.6.31", (2, 6, 31), FACTS),
        ("2.6.32 - 2.6.35 ", (2, 6, 32), FACTS),
        ("2.6.32 - 2.6.35 ", (2, 6, 35), FACTS),
        ("3.4", (3, 4), FACTS),
        ("4.9 ", (4, 9), FACTS),
        ("4.13 ", (4, 13), FACTS),
        ("6.13 ", (6, 13), BOUND),
    ],
)
def test_examples_of_the_history(heading: str, version: tuple[int, ...], facts: Facts) -> None:
    printed = lines(version, facts)
    assert [printed[0], *(one for one in printed if "mems_allowed=" in one)] == examples(heading)


def test_flags_that_the_history_tells_of_other_versions() -> None:
    assert starting((2, 6, 29), "cpuset01 invoked")[0].split(",")[0].endswith("gfp_mask=0x1280d2")
    lost = evolve(FACTS, request=Request.UNKNOWN, calls=("pagefault_out_of_memory", "do_page_fault"))
    assert starting((2, 6, 31), "cpuset01 invoked", lost) == [
        "cpuset01 invoked oom-killer: gfp_mask=0x0, order=0, oomkilladj=0"
    ]
    assert "gfp_mask=0x0(), nodemask=1, order=0," in lines((4, 10), lost)[0]


@pytest.mark.parametrize(
    ("version", "flags"),
    [
        ((2, 6, 29), "0x1201d2"),
        ((3, 4), "0x201da"),
        ((4, 7), "0x24201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD)"),
        ((4, 10), "0x14201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD)"),
        ((5, 4), "0x100cca(GFP_HIGHUSER_MOVABLE)"),
        ((6, 16), "0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP)"),
    ],
    ids=str,
)
def test_a_page_of_the_page_cache_has_flags_of_its_own(version: tuple[int, ...], flags: str) -> None:
    assert f"gfp_mask={flags}, " in lines(version, evolve(FACTS, request=Request.FILE))[0]


@pytest.mark.parametrize(
    ("version", "flags"),
    [
        ((4, 14), "0x14000c0(GFP_KERNEL)"),
        ((4, 18), "0x6000c0(GFP_KERNEL)"),
        ((6, 0), "0xcc0(GFP_KERNEL)"),
    ],
    ids=str,
)
def test_memory_of_the_kernel_has_flags_of_its_own(version: tuple[int, ...], flags: str) -> None:
    assert f"gfp_mask={flags}, " in lines(version, evolve(FACTS, request=Request.KERNEL))[0]


def test_a_zone_that_was_taken_away_has_no_line_and_does_not_count() -> None:
    movable = evolve(ONE, zone="Movable")
    both = evolve(FACTS, mems=frozenset({0, 1}), nodes=(ZERO, movable))
    assert len(starting((5, 4), "Node 1 Movable free:", both)) == 1
    assert "330 pages RAM" in lines((5, 4), both)
    gone = evolve(both, nodes=(ZERO, evolve(movable, populated=False)))
    assert starting((5, 4), "Node 1 Movable", gone) == []
    assert len(starting((5, 4), "Node 0 Normal free:", gone)) == 1
    assert "220 pages RAM" in lines((5, 4), gone)


@pytest.mark.parametrize("version", KERNEL_VERSIONS, ids=str)
def test_marks_are_kilobytes_of_four_for_each_page(version: tuple[int, ...]) -> None:
    zone = starting(version, "Node 1 Normal ")
    figures = dict(re.findall(r"([\w()]+):(\d+)kB", zone[0]))
    assert {name: figures[name] for name in ("free", "min", "low", "high", "present")} == {
        "free": "400", "min": "40", "low": "48", "high": "56", "present": "440",
    }  # fmt: skip
    assert figures.get("inactive_file", figures.get("inactive")) == "28"
    assert {value for name, value in figures.items() if name not in
            ("free", "min", "low", "high", "present", "managed", "inactive", "inactive_file")} == {"0"}  # fmt: skip


def test_3_13_tells_of_cma_and_managed_pages() -> None:
    assert [version for version in ((3, 4), (3, 13), (4, 2)) if " free_cma:0" in lines(version)] == [(3, 13)]
    zone = starting((3, 13), "Node 1 Normal ")[0]
    assert " present:440kB managed:440kB mlocked:0kB " in zone
    assert " bounce:0kB free_cma:0kB writeback_tmp:0kB pages_scanned:0 " in zone
    assert "free_cma" not in starting((3, 4), "Node 1 Normal ")[0]


@pytest.mark.parametrize("version", KERNEL_VERSIONS, ids=str)
def test_counters_are_pages_of_all_nodes(version: tuple[int, ...]) -> None:
    printed = " ".join(lines(version))
    assert re.search(r" free:120(?!\d)", printed)
    assert re.search(r" inactive(_file)?:7(?!\d)", printed)
    assert "330 pages of RAM" in printed or "330 pages RAM" in printed


@pytest.mark.parametrize(
    ("version", "facts", "nodes"),
    [
        ((2, 6, 35), BOUND, [0, 1]),
        ((3, 2), BOUND, [1]),
        ((4, 10), BOUND, [1]),
        ((4, 13), BOUND, [0]),
        ((4, 13), FACTS, [1]),
        ((6, 1), evolve(FACTS, mems=frozenset({0, 1})), [0, 1]),
    ],
    ids=str,
)
def test_later_kernels_show_only_the_nodes_that_could_be_asked(
    version: tuple[int, ...], facts: Facts, nodes: list[int]
) -> None:
    assert [int(one.split()[1]) for one in starting(version, "Node ", facts) if " free:" in one] == nodes


@pytest.mark.parametrize("version", [(2, 6, 31), (4, 7), (6, 1)], ids=str)
def test_a_node_with_nothing_left_is_unreclaimable(version: tuple[int, ...]) -> None:
    everywhere = evolve(FACTS, mems=frozenset({0, 1}))
    told = [
        one[5] + one.partition("unreclaimable? ")[2] for one in lines(version, everywhere) if "unreclaimable?" in one
    ]
    assert told == ["0yes", "1no"]


def test_the_verdict_of_a_bound_task_named_its_policy_before_2_6_36() -> None:
    assert lines((2, 6, 35), BOUND)[-2:] == (
        "No available memory (MPOL_BIND): kill process 18188 (cpuset01) score 0 or a child",
        "Killed process 18188 (cpuset01) vsz:0kB, anon-rss:0kB, file-rss:0kB",
    )
    assert lines((2, 6, 31), BOUND)[-2:] == (
        "Out of memory: kill process 18188 (cpuset01) score 0 or a child",
        "Killed process 18188 (cpuset01)",
    )
    assert lines((3, 4), BOUND)[-2] == "Out of memory: Kill process 18188 (cpuset01) score 0 or sacrifice child"
    assert lines((4, 13), BOUND)[-1].endswith("file-rss:0kB, shmem-rss:0kB")


def test_the_call_trace_is_the_stack_of_the_task() -> None:
    level, machine = level_on(TASK, 1, "linux-2.6.31.c", "")
    printed = report(level, machine, one_flip(machine))
    start = printed.index("Call Trace:")
    assert printed[start + 1 : start + 5] == (
        " out_of_memory",
        " pagefault_out_of_memory",
        " do_page_fault",
        "Mem-Info:",
    )
    assert printed[2] == "Pid: 101, comm: allocator Not tainted 2.6.31 #1"


def test_without_zones_there_is_no_mem_info() -> None:
    assert [one for one in lines((6, 1), evolve(FACTS, nodes=())) if "Mem-Info" in one or "free" in one] == []


def test_there_is_no_report_before_the_end() -> None:
    level, machine = level_on(TASK, 1, "linux-2.6.31.c", "")
    assert report(level, machine, machine.boot()) == ()


def of_era(era: str) -> Level:
    return evolve(game_pack().level(TASK), era=era)


@pytest.mark.parametrize(
    ("era", "version"),
    [
        ("2.6.31 - 2.6.34", (2, 6, 31)),
        ("4.9.6 / 4.10 - 4.12", (4, 9, 6)),
        ("since 6.16", (6, 16)),
        ("today", (2, 6, 31)),
        ("", (2, 6, 31)),
    ],
)
def test_the_era_names_the_version_else_the_kernel_file_does(era: str, version: tuple[int, ...]) -> None:
    level = of_era(era)
    assert version_of(level, build_machine(level)) == version


def test_another_kernel_speaks_for_itself() -> None:
    _, machine = level_on(TASK, 1, "linux-4.7.c", "task.mempolicy=NULL")
    level = game_pack().level(TASK)
    assert version_of(level, machine) == (4, 7)
    assert report(level, machine, one_flip(machine))[2] == "CPU: 1 PID: 101 Comm: allocator Not tainted 4.7 #1"


def test_a_kernel_of_no_version_has_the_newest_words_and_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "lost.c"
    path.write_text((KERNELS / "linux-2.6.31.c").read_text("utf-8"), "utf-8")
    level = of_era("")
    machine = build_machine(level, read_kernel(path, level))
    printed = report(level, machine, one_flip(machine))
    assert version_of(level, machine) is None
    assert printed[1] == "CPU: 1 UID: 0 PID: 101 Comm: allocator Not tainted lost #1"
    assert "zspages:0kB" in " ".join(printed)
