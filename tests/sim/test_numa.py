# SPDX-License-Identifier: GPL-2.0-or-later
"""Zonelists and watermarks, against what a real kernel printed and against laws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.numa import (
    LATEST,
    RULES,
    Node,
    Rule,
    Topology,
    Watermarks,
    boot_marks,
    fallback_orders,
    min_free_kbytes,
    node_of_cpu,
    node_orders,
    rule_of,
    zone_marks,
)

PAGES_PER_HUGE_PAGE = 512
HUGE_PAGES_PER_ZONE = 11  # two, and one for each pair of three migration types
DATA = Path(__file__).parents[1] / "data" / "zonelists.json"
BOOTS: dict[str, dict[str, Any]] = {boot["name"]: boot for boot in json.loads(DATA.read_text("utf-8"))["boots"]}
# Pages of the kernel image and initrd, given back only after min_free_kbytes had been computed. They were not
# printed, but all boots were of one image: each number from 2444 to 2454 explains all six, to the kilobyte.
INIT_PAGES = 2450

EQUAL = ((10, 20, 20, 20), (20, 10, 20, 20), (20, 20, 10, 20), (20, 20, 20, 10))
DIES = ((10, 12, 32, 32), (12, 10, 32, 32), (32, 32, 10, 12), (32, 32, 12, 10))
LINE = ((10, 20, 30), (20, 10, 20), (30, 20, 10))


def managed(boot: dict[str, Any]) -> list[int]:
    return [zone["managed"] for zone in boot["zones"]]


def min_free_kbytes_for_huge_pages(before: int, zones: int, lowmem_pages: int) -> int:
    """What transparent huge pages raise min_free_kbytes `before` to, given the number of zones with memory.

    `lowmem_pages` is counted as in min_free_kbytes; a twentieth of it is the most that is asked for.
    """
    wanted = min(PAGES_PER_HUGE_PAGE * HUGE_PAGES_PER_ZONE * zones, lowmem_pages // 20)
    return max(before, 4 * wanted)


def min_free_with_huge_pages(zones: Sequence[int]) -> int:
    """The two steps of a boot: marks by the square root rule first, then huge pages above those marks."""
    above_high = sum(pages - marks.high for pages, marks in zip(zones, boot_marks(zones), strict=True))
    return min_free_kbytes_for_huge_pages(min_free_kbytes(sum(zones)), len(zones), above_high)


@pytest.mark.parametrize("name", BOOTS)
def test_fallback_order_is_the_printed_one(name: str) -> None:
    boot = BOOTS[name]
    printed = tuple(tuple(order) for order in boot["fallback_order"].values())
    assert fallback_orders(boot["distance"], [node["has_memory"] for node in boot["nodes"]]) == printed


@pytest.mark.parametrize("name", BOOTS)
def test_every_mark_is_the_printed_one(name: str) -> None:
    boot = BOOTS[name]
    total = sum(managed(boot))
    marks = [
        zone_marks(boot["min_free_kbytes"], pages, total, boot["watermark_scale_factor"]) for pages in managed(boot)
    ]
    assert marks == [Watermarks(zone["min"], zone["low"], zone["high"]) for zone in boot["zones"]]


@pytest.mark.parametrize("name", ["two-asym-size", "four-two-die"])
def test_min_free_kbytes_follows_from_the_printed_zones(name: str) -> None:
    """Large machines: huge pages ask for a fixed amount per zone, so the exact size does not matter."""
    boot = BOOTS[name]
    assert min_free_with_huge_pages(managed(boot)) == boot["min_free_kbytes"]


@pytest.mark.parametrize("name", ["two-default", "three-line", "four-equal", "eight-equal"])
def test_min_free_kbytes_of_small_machines_lacks_only_the_init_memory(name: str) -> None:
    """A twentieth of memory counts here, and the printed counts are those after init memory came back."""
    boot = BOOTS[name]
    largest, *others = sorted(managed(boot), reverse=True)
    assert min_free_with_huge_pages([largest - INIT_PAGES, *others]) == boot["min_free_kbytes"]
    assert min_free_with_huge_pages([largest, *others]) > boot["min_free_kbytes"]


@pytest.mark.parametrize(
    ("distance", "orders"),
    [
        (((10, 20), (20, 10)), ((0, 1), (1, 0))),
        (EQUAL, ((0, 1, 2, 3), (1, 2, 3, 0), (2, 3, 0, 1), (3, 0, 1, 2))),
        (DIES, ((0, 1, 2, 3), (1, 0, 3, 2), (2, 3, 0, 1), (3, 2, 1, 0))),
        (((10, 20, 30), (20, 10, 30), (11, 15, 10)), ((0, 1, 2), (1, 0, 2), (2, 0, 1))),
    ],
    ids=["two", "equal", "dies", "lopsided"],
)
def test_fallback_order_by_hand(distance: tuple[tuple[int, ...], ...], orders: tuple[tuple[int, ...], ...]) -> None:
    assert fallback_orders(distance, [True] * len(distance)) == orders


def test_a_node_without_memory_stands_in_no_list() -> None:
    assert fallback_orders(LINE, [True, False, True]) == ((0, 2), (2, 0), (2, 0))


def test_a_node_without_cpus_is_not_preferred_at_boot() -> None:
    nodes = (Node(100, 90, (0,)), Node(100, 90, (1,)), Node(100, 90, (2,)), Node(100, 90))
    assert node_orders(Topology(nodes, EQUAL), LATEST)[0] == (0, 1, 2, 3)


@pytest.mark.parametrize(("pages", "kbytes"), [(0, 128), (256, 128), (440, 167), (1 << 20, 8192), (1 << 40, 262144)])
def test_min_free_kbytes_by_hand(pages: int, kbytes: int) -> None:
    assert min_free_kbytes(pages) == kbytes


@pytest.mark.parametrize(
    ("before", "zones", "pages", "kbytes"),
    [
        (8192, 4, 1 << 30, 90112),
        (8192, 5, 1 << 30, 112640),
        (67584, 4, 200_000, 67584),
        (100, 4, 200_000, 40_000),
    ],
    ids=["four zones", "five zones", "never lowered", "a twentieth"],
)
def test_huge_pages_by_hand(before: int, zones: int, pages: int, kbytes: int) -> None:
    assert min_free_kbytes_for_huge_pages(before, zones, pages) == kbytes


def test_no_distances_means_ten_and_twenty() -> None:
    assert Topology((Node(9, 9), Node(9, 9))).matrix == ((10, 20), (20, 10))


def test_node_of_cpu() -> None:
    topology = Topology((Node(9, 9, (0, 2)), Node(9, 9), Node(9, 9, (1,))))
    assert [node_of_cpu(topology, cpu) for cpu in (0, 1, 2)] == [0, 2, 0]
    with pytest.raises(ValueError, match="no node has CPU 3: the CPUs of this machine are 0, 2, 1"):
        node_of_cpu(topology, 3)


GOOD = Node(100, 90)


@pytest.mark.parametrize(
    ("nodes", "distance", "sentence"),
    [
        ((), (), "a machine has 1 to 64 nodes, not 0"),
        ((GOOD,) * 65, (), "a machine has 1 to 64 nodes, not 65"),
        ((Node(0, 0),), (), "no node has memory"),
        ((GOOD, Node(-1, 0)), (), "node 1: pages, free and reclaimable are counts"),
        ((Node(1 << 60, 0),), (), "do not fit a 64-bit address space"),
        ((Node(100, 90, (), 11),), (), "node 0: 90 free and 11 reclaimable pages are more than its 100"),
        ((Node(100, 90, (0, 1)), Node(100, 90, (1,))), (), "CPU 1 is listed 2 times"),
        ((Node(100, 90, (-1,)),), (), "CPU -1: CPU numbers start at 0"),
        ((GOOD, GOOD), ((10, 20),), "the distances must be 2 rows of 2 numbers"),
        ((GOOD, GOOD), ((10, 20), (20,)), "the distances must be 2 rows of 2 numbers"),
        ((GOOD, GOOD), ((10, 20), (20, 11)), "node 1 is 11 from itself: a local distance is 10"),
        ((GOOD, GOOD), ((10, 10), (20, 10)), "node 1 is 10 from node 0: a remote distance is 11 to 255"),
        ((GOOD, GOOD), ((10, 20), (256, 10)), "node 0 is 256 from node 1: a remote distance is 11 to 255"),
    ],
)
def test_what_no_machine_can_have(
    nodes: tuple[Node, ...], distance: tuple[tuple[int, ...], ...], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Topology(nodes, distance)


def test_all_errors_are_told_in_one_go() -> None:
    with pytest.raises(
        ValueError, match=r"node 0: 3 free .* pages, and CPU 0 is listed 2 times.*; correct the machine"
    ):
        Topology((Node(2, 3, (0, 0)),))


Machine = tuple[tuple[tuple[int, ...], ...], list[bool]]


@st.composite
def machines(draw: st.DrawFn) -> Machine:
    """Distances, close together so that ties are common, and which nodes have memory."""
    size = draw(st.integers(1, 8))
    remote = st.integers(11, 14)
    distance = tuple(tuple(10 if a == b else draw(remote) for b in range(size)) for a in range(size))
    return distance, draw(st.lists(st.booleans(), min_size=size, max_size=size))


@given(machines())
def test_an_order_holds_each_node_with_memory_once_and_starts_at_home(machine: Machine) -> None:
    distance, has_memory = machine
    nodes = [node for node, memory in enumerate(has_memory) if memory]
    for local, order in enumerate(fallback_orders(distance, has_memory)):
        assert sorted(order) == nodes
        assert not has_memory[local] or order[0] == local


@given(machines())
def test_an_order_goes_outwards_and_earlier_nodes_count_as_one_farther(machine: Machine) -> None:
    distance, has_memory = machine
    for local, order in enumerate(fallback_orders(distance, has_memory)):
        steps = [distance[local][node] + (node < local) for node in order]
        assert steps == sorted(steps)


@given(st.lists(st.integers(0, 1 << 30), min_size=1, max_size=8).filter(any), st.integers(1, 1000))
def test_marks_rise_by_equal_gaps_and_larger_zones_have_higher_ones(sizes: list[int], scale_factor: int) -> None:
    total, min_free = sum(sizes), min_free_kbytes(sum(sizes))
    marks = [zone_marks(min_free, pages, total, scale_factor) for pages in sorted(sizes)]
    for zone in marks:
        assert zone.min <= zone.low <= zone.high
        assert zone.low - zone.min == zone.high - zone.low
    for smaller, larger in pairwise(marks):
        assert smaller.min <= larger.min
        assert smaller.high <= larger.high
    assert 0 <= min_free // 4 - sum(zone.min for zone in marks) < len(sizes)


@given(st.integers(0, 1 << 50), st.integers(0, 1 << 50))
def test_min_free_kbytes_never_falls_with_more_memory(pages: int, more: int) -> None:
    assert 128 <= min_free_kbytes(pages) <= min_free_kbytes(pages + more) <= 262144


@pytest.mark.parametrize(
    ("version", "differing"),
    [
        ((2, 6, 12), {"three-line"}),
        ((2, 6, 16), set()),
        ((2, 6, 31), {"four-two-die"}),
        ((5, 15, 16), {"four-two-die"}),
        ((5, 16), set()),
        ((6, 1, 192), set()),
    ],
)
def test_which_of_the_printed_lists_an_older_kernel_would_not_have_made(
    version: tuple[int, ...], differing: set[str]
) -> None:
    """Charges that do not add up show on two dies a socket; before 2.6.16 a line had no preference for later nodes."""
    found = set()
    for name, boot in BOOTS.items():
        has_memory = [node["has_memory"] for node in boot["nodes"]]
        if fallback_orders(boot["distance"], has_memory, rule_of(version)) != fallback_orders(
            boot["distance"], has_memory
        ):
            found.add(name)
    assert found == differing


def test_the_two_die_machine_by_the_assigning_rule() -> None:
    """As users saw it before 5.16: both dies of the far socket fall back to the same node of the near one."""
    assert fallback_orders(DIES, [True] * 4, rule_of((4, 13))) == (
        (0, 1, 2, 3),
        (1, 0, 3, 2),
        (2, 3, 0, 1),
        (3, 2, 0, 1),
    )


def test_nodes_without_memory_take_part_before_2_6_24_and_stand_in_no_list() -> None:
    """Worked out by hand: node 3 takes a place and a charge in the lists of the others."""
    square = ((10, 30, 20, 30), (30, 10, 30, 20), (20, 30, 10, 30), (30, 20, 30, 10))
    memory = [True, True, True, False]
    alike = ((0, 2, 1), (1, 2, 0), (2, 0, 1))
    assert fallback_orders(square, memory, rule_of((2, 6, 23))) == (*alike, (1, 2, 0))
    assert fallback_orders(square, memory, rule_of((2, 6, 24))) == (*alike, (1, 0, 2))


def test_no_rule_is_known_before_2_6_12() -> None:
    with pytest.raises(ValueError, match=r"before 2\.6\.12"):
        rule_of((2, 4))
    assert rule_of((2, 6, 12)) == RULES[0][1]
    assert rule_of((7, 0)) == LATEST


@given(machines(), st.sampled_from([rule for _, rule in RULES]))
def test_every_rule_lists_each_node_with_memory_once_and_the_near_ones_first(machine: Machine, rule: Rule) -> None:
    distance, has_memory = machine
    for local, order in enumerate(fallback_orders(distance, has_memory, rule)):
        assert sorted(order) == [node for node, memory in enumerate(has_memory) if memory]
        assert order[:1] == (local,) or not has_memory[local]
        far = [distance[local][node] + (node < local and not rule.wraps) for node in order]
        assert far == sorted(far)
