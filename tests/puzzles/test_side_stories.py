# SPDX-License-Identifier: GPL-2.0-or-later
"""Verdicts beside the table of kernel-history.md 18: other policies, locks, barriers, wide masks and endless loops."""

from __future__ import annotations

import pytest
from attrs import evolve

from puzzles.levels import build_machine, game_pack, read_kernel
from sim import Limit, Outcome, Thread
from sim.explore import Verdict
from sim.numa import Topology
from sim.numa.topology import Node
from tests.puzzles.kernels import (
    FAULT,
    PUZZLES,
    READ,
    READ_EXHAUSTED,
    TWO_NODES,
    WRITE,
    Boot,
    allocator,
    bound,
    killer,
    machine,
    one_flip,
    outcomes,
    rebinder,
    solved,
)

STATIC, RELATIVE = 1 << 15, 1 << 14
SAFE, NULL, PASSES = "", "pagefault_out_of_memory", "__alloc_pages_may_oom"
TWO_NODES_THREE_CPUS = Topology((Node(220, 200, (0, 2)), Node(220, 200, (1,))))
ONE_NODE = Topology((Node(220, 200, (0, 1)),))


def test_the_writer_spins_while_a_reader_is_counted() -> None:
    playing = machine(
        "linux-2.6.35.c", (allocator(), rebinder()), {**bound("0", None, "0"), "new_mems": "1"}, goal=Outcome.SPIN
    )
    assert solved(playing).verdict is Verdict.REACHABLE


@pytest.mark.parametrize(("kernel", "cpu", "task", "expected"), [
    ("linux-2.6.35.c", 1, "0", SAFE),
    ("linux-2.6.35.c", 1, None, SAFE),
    ("linux-2.6.35-nobarriers.c", 1, "0", NULL),
    ("linux-2.6.35-nobarriers.c", 0, "0", SAFE),
])  # fmt: skip
def test_the_count_needs_its_barriers(kernel: str, cpu: int, task: str | None, expected: str) -> None:
    assert killer(one_flip(kernel, cpu, bound(task, None, "0"), tso=True)) == expected
    assert killer(one_flip(kernel, cpu, bound(task, None, "0"))) == SAFE


@pytest.mark.parametrize("mode", ["MPOL_INTERLEAVE", "MPOL_PREFERRED"])
@pytest.mark.parametrize(
    "kernel",
    ["linux-2.6.31.c", "linux-2.6.35.c", "linux-3.4.c", "linux-4.7.c", "linux-4.10.c", "linux-4.13.c", "linux-6.16.c"],
)
def test_a_mapping_without_a_mask_survives(kernel: str, mode: str) -> None:
    assert killer(one_flip(kernel, 1, {**bound(None, "0", "0"), "vma_policy.mode": mode})) == SAFE


@pytest.mark.parametrize(("kernel", "expected"), [
    ("linux-2.6.35.c", PASSES), ("linux-3.4.c", PASSES), ("linux-4.10.c", PASSES), ("linux-4.13.c", SAFE),
])  # fmt: skip
def test_policies_that_a_rebind_does_not_visit_or_that_are_static_do_as_others(kernel: str, expected: str) -> None:
    assert killer(one_flip(kernel, 1, {**bound(None, "0", "0"), "mm.mmap": "NULL"})) == expected
    assert killer(one_flip(kernel, 1, bound(None, "0", "0", STATIC))) == expected


@pytest.mark.parametrize("flags", [STATIC, RELATIVE])
@pytest.mark.parametrize("cpu", [0, 1])
def test_static_and_relative_task_policies_are_safe_since_results_are_never_empty(flags: int, cpu: int) -> None:
    assert killer(one_flip("linux-2.6.35.c", cpu, bound("0", None, "0", flags))) == SAFE


LIVELOCK: Boot = {"zones[1].free": 15, "zones[0].free": 100, "zones[0].reclaimable": 100, "swapping": 1}


@pytest.mark.parametrize(("kernel", "cpu", "verdict"), [
    ("linux-3.4.c", 0, Verdict.UNREACHABLE),
    ("linux-4.7.c", 0, Verdict.REACHABLE),
    ("linux-4.10.c", 0, Verdict.REACHABLE),
    ("linux-4.13.c", 0, Verdict.REACHABLE),
    ("linux-4.13.c", 1, Verdict.UNREACHABLE),
    ("linux-6.5.c", 0, Verdict.REACHABLE),
    ("linux-6.16.c", 0, Verdict.UNREACHABLE),
])  # fmt: skip
def test_endless_retries(kernel: str, cpu: int, verdict: Verdict) -> None:
    boot = {**bound("1", None, "1"), "new_mems": "0", **LIVELOCK}
    threads = allocator(cpu=cpu), rebinder(cpu=1 - cpu)
    assert solved(machine(kernel, threads, boot, goal=Outcome.LIVELOCK)).verdict is verdict


@pytest.mark.parametrize(("kernel", "expected"), [
    ("linux-4.13.c", {Outcome.PAGE}),
    ("linux-6.4.c", {Outcome.PAGE, Outcome.BUG}),
    ("linux-6.5.c", {Outcome.PAGE}),
    ("linux-6.16.c", {Outcome.PAGE}),
])  # fmt: skip
def test_mbind_by_a_sibling_frees_a_policy_in_use_without_the_lock_of_the_mapping(
    kernel: str, expected: set[Outcome]
) -> None:
    boot = {**bound(None, "0", "0-1"), "sibling.mems_allowed": "0-1", "new_policy.mode": "MPOL_BIND", "new_nodes": "1"}
    binder = Thread("B", "binder", "do_mbind(&vma, &new_policy, &new_nodes)", 0, current="sibling")
    assert outcomes(machine(kernel, (allocator(), binder), boot)) == expected


@pytest.mark.parametrize(("kernel", "compacts", "expected"), [
    ("linux-6.5-mbind.c", 0, {Outcome.FINISHED, Outcome.BUG}),
    ("linux-6.5-mbind.c", 1, {Outcome.FINISHED}),
    ("linux-6.6-mbind.c", 0, {Outcome.FINISHED}),
])  # fmt: skip
def test_mbind_frees_a_policy_in_use_behind_a_page_that_cannot_be_moved(
    kernel: str, compacts: int, expected: set[Outcome]
) -> None:
    level = game_pack().level("side/12")
    fault, binder, compaction = level.threads
    level = evolve(level, threads=(fault, binder, evolve(compaction, run=f"compact_zone({compacts})")))
    assert outcomes(build_machine(level, read_kernel(PUZZLES / "kernels" / kernel, level))) == expected


@pytest.mark.parametrize("kernel", ["linux-4.13.c", "linux-6.16.c"])
@pytest.mark.parametrize("mems", ["0", "0-1"])
def test_a_task_may_bind_itself_meanwhile(kernel: str, mems: str) -> None:
    boot = {**bound(None, None, mems), "new_mems": "1", "new_policy.mode": "MPOL_BIND", "new_nodes": "0"}
    binds = allocator("application_binds(&new_policy, &new_nodes, &vma)")
    assert outcomes(machine(kernel, (binds, rebinder()), boot)) == {Outcome.PAGE}


@pytest.mark.parametrize("kernel", ["linux-2.6.35.c", "linux-3.4.c"])
def test_a_writer_that_moves_pages_under_its_own_policy_is_safe(kernel: str) -> None:
    boot = {**bound(None, None, "0"), "new_mems": "1", "memory_migrate": 1, "shell.mems_allowed": "0"}
    boot |= {"shell.mempolicy": "&new_policy", "new_policy.mode": "MPOL_BIND", "new_policy.nodes": "0"}
    writer = Thread("R", "rebind", WRITE, 0, current="shell", exhausted="no_memory_for(&shell, NULL)")
    assert outcomes(machine(kernel, (allocator(), writer), boot)) == {Outcome.PAGE}


def test_a_sibling_that_was_not_visited_yet_ignores_the_new_policy() -> None:
    boot = {**bound(None, "0", "0"), "new_mems": "1", "cpuset.tasks[1]": "&sibling", "sibling.mems_allowed": "0"}
    fault = Thread("B", "sibling", FAULT, 2, current="sibling", exhausted="no_memory_for(&sibling, &vma)")
    late = (Limit("B", start_after="R mpol_rebind_mm#2"),)
    threads = (rebinder(cpu=0), fault)
    assert outcomes(machine("linux-4.13.c", threads, boot, TWO_NODES_THREE_CPUS, late)) == {Outcome.PAGE}


@pytest.mark.parametrize(("kernel", "call", "begin_first", "verdict"), [
    ("linux-4.12-slub.c", "cpuset_inc()", 0, Verdict.REACHABLE),
    ("linux-4.12-slub.c", "cpuset_inc()", 1, Verdict.UNREACHABLE),
    ("linux-4.12-slub.c", "cpuset_dec()", 0, Verdict.UNREACHABLE),
    ("linux-4.12-slub.c", "cpuset_dec()", 1, Verdict.REACHABLE),
    ("linux-4.13-slub.c", "cpuset_inc()", None, Verdict.UNREACHABLE),
    ("linux-4.13-slub.c", "cpuset_dec()", None, Verdict.UNREACHABLE),
])  # fmt: skip
def test_a_static_key_that_hangs(kernel: str, call: str, begin_first: int | None, verdict: Verdict) -> None:
    on = int(call == "cpuset_dec()")
    boot: dict[str, int | str] = {
        "task.mems_allowed_seq.sequence": 2,
        "begin_site.enabled": on,
        "retry_site.enabled": on,
    }
    if begin_first is not None:
        boot["begin_is_patched_first"] = begin_first
    threads = allocator("kmem_cache_alloc()", ""), rebinder(call)
    assert solved(machine(kernel, threads, boot, goal=Outcome.LIVELOCK)).verdict is verdict


def wide(old: int, new: int, zonelist: tuple[int, int], **more: int | str) -> dict[str, int | str]:
    """Nodes 0 and 70, the second by hand; CPUs are beside node 0 only."""
    boot: dict[str, int | str] = {
        "zones[70].node": 70,
        "zones[70].pages": 220,
        "zones[70].free": 200,
        "new_mems": str(new),
    }
    boot |= {f"zones[70].watermark[{mark}]": pages for mark, pages in enumerate((20, 25, 30))}
    boot |= {f"node_zonelists[0].zoneref[{place}].zone": f"&zones[{node}]" for place, node in enumerate(zonelist)}
    boot |= {f"node_zonelists[70].zoneref[{place}].zone": f"&zones[{node}]" for place, node in enumerate((70, 0))}
    return {**bound(str(old), None, str(old)), **boot, **more}


@pytest.mark.parametrize(("old", "new", "zonelist", "expected"), [
    (70, 0, (0, 70), NULL),
    (70, 0, (70, 0), SAFE),
    (0, 70, (70, 0), NULL),
    (0, 70, (0, 70), NULL),
])  # fmt: skip
def test_a_mask_of_two_words_kills_even_with_the_old_node_first(
    old: int, new: int, zonelist: tuple[int, int], expected: str
) -> None:
    """In the last case memory itself holds an empty policy for one step: word 0 is stored before word 1."""
    threads = allocator(cpu=0), rebinder(cpu=1)
    assert killer(machine("linux-2.6.31-wide.c", threads, wide(old, new, zonelist), ONE_NODE)) == expected


@pytest.mark.parametrize(("old", "new", "rotor", "expected"), [
    (70, 0, 70, {Outcome.PAGE, Outcome.BUG}),
    (70, 0, 0, {Outcome.PAGE}),
    (0, 70, 0, {Outcome.PAGE}),
])  # fmt: skip
def test_a_mask_of_two_words_can_be_read_as_empty(old: int, new: int, rotor: int, expected: set[Outcome]) -> None:
    """Behind a rotor on node 70 is nothing, and the second search decides; else a torn first one is made good by it."""
    threads = allocator(READ, READ_EXHAUSTED, 0), rebinder(cpu=1)
    boot = wide(old, new, (0, 70), memory_spread_page=1)
    boot["task.cpuset_mem_spread_rotor"] = rotor
    boot["task.mempolicy"] = "NULL"
    assert outcomes(machine("linux-2.6.31-wide.c", threads, boot, ONE_NODE)) == expected


def test_a_second_round_takes_a_new_cookie_and_dies() -> None:
    """Catalogue 16: on 4.10 the flip may come after the first round's cookie; low memory leads to that round."""
    late = (Limit("R", start_after="A get_page_from_freelist#2"),)
    boot = {**bound(None, "0", "0"), "new_mems": "1", "zones[0].free": 22}
    threads = allocator(cpu=0), rebinder(cpu=1)
    assert killer(machine("linux-4.10.c", threads, boot, TWO_NODES, late)) == PASSES
