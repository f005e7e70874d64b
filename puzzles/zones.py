# SPDX-License-Identifier: GPL-2.0-or-later
"""Zones, their nodes and zonelists: the tables of mmzone.h, what boot fills them with, and what a state holds in them.

A kernel without these tables, or with others of their names, has no zones and no lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from sim import Machine, Program, State
from sim.kernelc.model.types import Array, Integer, Member, Pointer, Struct, Type, leaves, size
from sim.numa import LATEST, Node, Rule, Topology, Watermarks, boot_marks, node_orders

ZONES: Final = "zones"
ZONELISTS: Final = "node_zonelists"
_COUNTS: Final = ("node", "pages", "free", "reclaimable")
_MARKS: Final = 3
"""Watermarks that are read, by the kernel's index: 0 min, 1 low, 2 high."""
_MOVABLE: Final = 1
"""ZONE_MOVABLE of mmzone.h."""


@frozen
class Zone:
    """The addresses of the words of a zone, its marks by the kernel's index.

    `present` and `type` are None where zones are all Normal and do not come and go.
    """

    node: int
    pages: int
    free: int
    reclaimable: int
    marks: tuple[int, ...]
    present: int | None = None
    type: int | None = None


@frozen
class ZoneTables:
    """Where a program has its zones and zonelists.

    `lists` has for each node the addresses of the zone pointers of its list, in order. `entries` leads from the address
    of a zoneref to the node of its list and its place there; the place behind the last one is where a scan ends.
    `node` is the offset of the node in any struct zone, None where it has none.
    """

    zones: tuple[Zone, ...]
    lists: tuple[tuple[int, ...], ...]
    entries: Mapping[int, tuple[int, int]] = field(repr=False)
    node: int | None


@frozen
class NodeMemory:
    """The memory of a node as a state has it, in pages; not `populated` while it is taken away."""

    number: int
    pages: int
    free: int
    reclaimable: int
    min: int
    low: int
    high: int
    zone: str = "Normal"
    populated: bool = True

    @property
    def exhausted(self) -> bool:
        """Whether it is at or below its min mark with nothing left to reclaim."""
        return self.free <= self.min and not self.reclaimable


def zone_values(program: Program, topology: Topology, rule: Rule) -> dict[str, int | str]:
    """The boot values of the tables that a program has, for a machine of these nodes."""
    tables = {variable.name for variable in program.globals}
    zones = _zones_image(topology) if ZONES in tables else {}
    return {**zones, **(_zonelists_image(topology, rule) if ZONELISTS in tables else {})}


def boot_image(topology: Topology, rule: Rule = LATEST) -> dict[str, int | str]:
    """C lvalue -> C value for `zones[node]` and `node_zonelists[node].zoneref[place]`, these by a rule.

    One Normal zone per node, no huge pages. Lists end with the null pointer that static storage already holds, so the
    image does not name it.
    """
    return {**_zones_image(topology), **_zonelists_image(topology, rule)}


def _zones_image(topology: Topology) -> dict[str, int | str]:
    marks = boot_marks([node.pages for node in topology.nodes])
    image: dict[str, int | str] = {}
    for number, node in enumerate(topology.nodes):
        image.update(_zone_image(f"{ZONES}[{number}]", number, node, marks[number]))
    return image


def _zonelists_image(topology: Topology, rule: Rule) -> dict[str, int | str]:
    return {
        f"{ZONELISTS}[{number}].zoneref[{place}].zone": f"&{ZONES}[{node}]"
        for number, order in enumerate(node_orders(topology, rule))
        for place, node in enumerate(order)
    }


def _zone_image(lvalue: str, number: int, node: Node, marks: Watermarks) -> Iterator[tuple[str, int]]:
    for name, count in zip(_COUNTS, (number, node.pages, node.free, node.reclaimable), strict=True):
        yield f"{lvalue}.{name}", count
    for index, pages in enumerate((marks.min, marks.low, marks.high)):
        yield f"{lvalue}.watermark[{index}]", pages


def memory_of_nodes(machine: Machine, state: State) -> tuple[NodeMemory, ...]:
    """The nodes with memory, in order of their zones."""
    zones = zone_tables(machine.program).zones
    return tuple(_memory(machine, state, zone) for zone in zones if machine.word(state, zone.pages))


def _memory(machine: Machine, state: State, zone: Zone) -> NodeMemory:
    node, pages, free, reclaimable, *marks = (
        machine.word(state, word) for word in (zone.node, zone.pages, zone.free, zone.reclaimable, *zone.marks)
    )
    least, low, high = marks
    movable = zone.type is not None and machine.word(state, zone.type) == _MOVABLE
    populated = zone.present is None or machine.word(state, zone.present) > 0
    return NodeMemory(
        node, pages, free, reclaimable, least, low, high, "Movable" if movable else "Normal", populated=populated
    )


def free_pages(machine: Machine, state: State) -> tuple[int, int]:
    """Free pages and all pages of the machine; zero where the kernel has no zones."""
    memories = memory_of_nodes(machine, state)
    return sum(memory.free for memory in memories), sum(memory.pages for memory in memories)


def zonelist(machine: Machine, state: State, node: int) -> tuple[int, ...]:
    """The nodes of the zonelist of a node, in order."""
    return tuple(_listed(machine, state, zone_tables(machine.program).lists[node]))


def _listed(machine: Machine, state: State, pointers: tuple[int, ...]) -> Iterator[int]:
    for pointer in pointers:
        node = node_of_zone(machine, state, machine.word(state, pointer))
        if node is None:
            return
        yield node


def node_of_zone(machine: Machine, state: State, address: int) -> int | None:
    """The node of the struct zone at an address; None where there is no zone, or none that knows its node."""
    offset = zone_tables(machine.program).node
    cells = machine.program.cells
    if not address or offset is None or address + offset >= len(cells) or cells[address + offset] is None:
        return None
    return machine.word(state, address + offset)


@lru_cache(maxsize=32)
def zone_tables(program: Program) -> ZoneTables:
    """The tables of a program; empty ones where it has none, or none of this shape."""
    lists = [_zonerefs(*start) for start in _table(program, ZONELISTS)]
    node = _member(program.scope.find_tag("zone"), "node", Integer)
    return ZoneTables(
        zones=tuple(zone for start in _table(program, ZONES) if (zone := _zone(*start))),
        lists=tuple(tuple(pointer for _, pointer in zonerefs[:-1]) for zonerefs in lists),
        entries={
            zoneref: (list_, place)
            for list_, zonerefs in enumerate(lists)
            for place, (zoneref, _) in enumerate(zonerefs)
        },
        node=node.offset if node else None,
    )


def _table(program: Program, name: str) -> list[tuple[int, Type]]:
    """Address and type of each element of a global array; none where there is no such array."""
    variable = next((variable for variable in program.globals if variable.name == name), None)
    if variable is None or not isinstance(variable.type, Array):
        return []
    element = variable.type.element
    return [(variable.address + place * size(element), element) for place in range(variable.type.count)]


def _zone(address: int, kind: Type) -> Zone | None:
    counts = [address + member.offset for name in _COUNTS if (member := _member(kind, name, Integer))]
    marks = _member(kind, "watermark", Array)
    if len(counts) < len(_COUNTS) or marks is None or len(leaves(marks.type)) < _MARKS:
        return None
    node, pages, free, reclaimable = counts
    places = tuple(address + marks.offset + index for index in range(_MARKS))
    present, type_ = (_place(address, kind, name) for name in ("present_pages", "type"))
    return Zone(node, pages, free, reclaimable, places, present, type_)


def _place(address: int, kind: Type, name: str) -> int | None:
    """The address of a number in a struct at an address; None where it has no such member."""
    member = _member(kind, name, Integer)
    return None if member is None else address + member.offset


def _zonerefs(address: int, kind: Type) -> list[tuple[int, int]]:
    """The addresses of the zonerefs of a list and of their zone pointers, then those of the end behind the last one."""
    zonerefs = _member(kind, "zoneref", Array)
    if zonerefs is None or not isinstance(zonerefs.type, Array):
        return []
    element, first = zonerefs.type.element, address + zonerefs.offset
    zone = _member(element, "zone", Pointer)
    starts = (first + place * size(element) for place in range(zonerefs.type.count + 1))
    return [(start, start + zone.offset) for start in starts] if zone else []


def _member(kind: Type | None, name: str, wanted: type[Type]) -> Member | None:
    """A member of a struct; None where there is none of this kind."""
    member = (kind.layout.members or {}).get(name) if isinstance(kind, Struct) else None
    return member if member is not None and isinstance(member.type, wanted) else None
