# SPDX-License-Identifier: GPL-2.0-or-later
"""The zone tables: what boot fills them with, where they are by the compiler's word, and what a state holds in them."""

from __future__ import annotations

import pytest

import sim
from puzzles.levels import Level, build_machine, game_pack
from puzzles.levels.build import compile_source
from puzzles.zones import (
    NodeMemory,
    boot_image,
    free_pages,
    memory_of_nodes,
    node_of_zone,
    zone_tables,
    zonelist,
)
from sim import Machine, Program, Thread
from sim.kernelc.meaning.scope import Scope
from sim.kernelc.model.nodes import Expr, Place
from sim.machine.image import boot_words
from sim.machine.state import STACK
from sim.numa import Node, Topology
from tests.puzzles.kernels import TWO_NODES, program

LINE = ((10, 20, 30), (20, 10, 20), (30, 20, 10))
LEVELS = {level.kernel: level for level in game_pack().levels}
HEADER = """\
struct zone { int node; unsigned long pages, free, reclaimable, watermark[3]; };
struct zoneref { struct zone *zone; };
struct zonelist { struct zoneref zoneref[3]; };
struct zone zones[2] = { { 5, 9, 4 }, { 6 } };
struct zonelist node_zonelists[2] = { { { { &zones[1] }, { &zones[0] } } } };
"""


def machine(text: str) -> Machine:
    return Machine(sim.compile(text), (Thread("A", "a", "run()"),))


def test_boot_image_of_two_small_nodes() -> None:
    topology = Topology((Node(220, 200, (0,)), Node(220, 150, (1,), reclaimable=40)))
    assert boot_image(topology) == {
        "zones[0].node": 0,
        "zones[0].pages": 220,
        "zones[0].free": 200,
        "zones[0].reclaimable": 0,
        "zones[0].watermark[0]": 20,
        "zones[0].watermark[1]": 25,
        "zones[0].watermark[2]": 30,
        "zones[1].node": 1,
        "zones[1].pages": 220,
        "zones[1].free": 150,
        "zones[1].reclaimable": 40,
        "zones[1].watermark[0]": 20,
        "zones[1].watermark[1]": 25,
        "zones[1].watermark[2]": 30,
        "node_zonelists[0].zoneref[0].zone": "&zones[0]",
        "node_zonelists[0].zoneref[1].zone": "&zones[1]",
        "node_zonelists[1].zoneref[0].zone": "&zones[1]",
        "node_zonelists[1].zoneref[1].zone": "&zones[0]",
    }


def test_boot_image_lists_no_zone_of_an_empty_node() -> None:
    image = boot_image(Topology((Node(220, 200), Node(0, 0, (0,)), Node(220, 200)), LINE))
    zones = {lvalue: value for lvalue, value in image.items() if lvalue.startswith("node_zonelists")}
    assert "&zones[1]" not in zones.values()
    assert zones["node_zonelists[1].zoneref[0].zone"] == "&zones[2]"
    assert image["zones[1].pages"] == image["zones[1].watermark[0]"] == image["zones[1].watermark[2]"] == 0


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_the_tables_are_where_the_compiler_says(level: Level) -> None:
    kernel = compile_source(level, level.source)
    tables = zone_tables(kernel)

    def place(lvalue: str) -> int:
        return kernel.place(lvalue)[0]

    if all(variable.name != "zones" for variable in kernel.globals):
        assert (tables.zones, tables.lists, tables.entries) == ((), (), {})
        return
    for number, zone in enumerate(tables.zones[:5]):
        words = zone.node, zone.pages, zone.free, zone.reclaimable
        names = "node", "pages", "free", "reclaimable"
        assert words == tuple(place(f"zones[{number}].{name}") for name in names)
        assert zone.marks == tuple(place(f"zones[{number}].watermark[{index}]") for index in range(3))
    for node, pointers in enumerate(tables.lists[:5]):
        zonerefs = [place(f"node_zonelists[{node}].zoneref[{entry}].zone") for entry in range(len(pointers))]
        assert zonerefs == list(pointers)
        assert [tables.entries[zoneref] for zoneref in zonerefs] == [(node, entry) for entry in range(len(pointers))]
        assert tables.entries[2 * zonerefs[-1] - zonerefs[-2]] == (node, len(pointers))


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_at_boot_they_hold_the_machine_of_the_level(level: Level) -> None:
    built = build_machine(level)
    state = built.boot()
    memories = memory_of_nodes(built, state)
    if not zone_tables(built.program).zones:
        assert free_pages(built, state) == (0, 0)
        return
    more = [(int(value), 220) for lvalue, value in level.boot.items() if lvalue == "zones[70].node"]  # of the wide mask
    nodes = [(number, node.pages) for number, node in enumerate(level.machine.nodes) if node.pages] + more
    assert [(memory.number, memory.pages) for memory in memories] == nodes
    assert free_pages(built, state)[1] == sum(pages for _, pages in nodes)


def test_what_a_kernel_may_change_is_read_from_the_state() -> None:
    text = (
        HEADER
        + """\
void run(void)
{
	zones[0].free = 3;
	zones[1].pages = 2;
	node_zonelists[0].zoneref[0].zone = &zones[0];
	node_zonelists[0].zoneref[1].zone = NULL;
}
"""
    )
    changing = machine(text)
    states = [changing.boot()]
    while changing.enabled(states[-1], 0):
        states.append(changing.step(states[-1], 0).state)
    assert memory_of_nodes(changing, states[0]) == (NodeMemory(5, 9, 4, 0, 0, 0, 0),)
    assert [free_pages(changing, state) for state in states] == [(4, 9), (3, 9), (3, 11), (3, 11), (3, 11)]
    assert [zonelist(changing, state, 0) for state in states] == [(6, 5), (6, 5), (6, 5), (5, 5), (5,)]
    assert zonelist(changing, states[0], 1) == ()


def test_a_zone_can_be_movable_and_taken_away() -> None:
    level = LEVELS["linux-5.19-hotplug.c"]
    built = build_machine(level)
    boot = built.boot()
    assert [(node.zone, node.populated) for node in memory_of_nodes(built, boot)] == [
        ("Normal", True),
        ("Movable", True),
    ]
    state = boot
    for _ in range(4):
        state = built.step(state, 1).state
    assert [node.populated for node in memory_of_nodes(built, state)] == [True, False]


def test_a_zone_outside_of_the_table_has_a_node_and_what_is_no_zone_has_none() -> None:
    alone = machine(HEADER + "struct zone other = { 7 }; void run(void) { other.free = 1; }")
    state = alone.boot()
    other, past = (alone.program.place(lvalue)[0] for lvalue in ("other", "zones[1]"))
    past += past - alone.program.place("zones[0]")[0]
    assert node_of_zone(alone, state, other) == 7
    assert [node_of_zone(alone, state, address) for address in (0, past, STACK + 1)] == [None] * 3


@pytest.mark.parametrize(
    "text",
    [
        "int zones; int node_zonelists;",
        "int zones[2]; int node_zonelists[2];",
        "struct zone { int node; } zones[2]; struct zonelist { int zoneref[2]; } node_zonelists[2];",
        "struct zone { bool node, pages, free, reclaimable; int watermark[2]; } zones[1];",
    ],
)
def test_tables_of_another_shape_are_none(text: str) -> None:
    other = machine(text + " int x; void run(void) { x = 1; }")
    tables = zone_tables(other.program)
    assert (tables.zones, tables.lists, tables.entries) == ((), tuple(() for _ in tables.lists), {})
    assert free_pages(other, other.boot()) == (0, 0)


def test_reading_them_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_machine(game_pack().level("in-place/1"))
    state = built.boot()
    monkeypatch.delattr(Program, "expression")
    zone_tables.cache_clear()
    assert zonelist(built, state, 1) == (1, 0)
    assert free_pages(built, state) == (sum(node.free for node in TWO_NODES.nodes), 440)


def test_booting_them_compiles_each_zone_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    compiled = Program.expression

    def counted(kernel: Program, text: str, origin: str, scope: Scope | None = None) -> Expr | Place:
        texts.append(text)
        return compiled(kernel, text, origin, scope)

    monkeypatch.setattr(Program, "expression", counted)
    boot_words(program("linux-2.6.31.c"), boot_image(Topology((Node(220, 200),) * 4)))
    assert texts == [f"&zones[{node}]" for node in range(4)]
