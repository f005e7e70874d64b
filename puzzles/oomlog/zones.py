# SPDX-License-Identifier: GPL-2.0-or-later
"""The zones of a machine, found in its program: any kernel that has the boot table of mmzone.h."""

from __future__ import annotations

from collections.abc import Iterator

from sim import Machine
from sim.kernelc.model.types import Array, Struct

_MEMBERS = frozenset(("node", "pages", "free", "reclaimable", "watermark"))


def zones(machine: Machine) -> Iterator[dict[str, int]]:
    """The members of each zone with memory, as addresses by name."""
    found = next((one for one in machine.program.globals if one.name == "zones"), None)
    if found is None or not isinstance(found.type, Array) or not isinstance(found.type.element, Struct):
        return
    members = found.type.element.layout.members or {}
    if not set(members) >= _MEMBERS:
        return
    step = found.type.element.layout.size
    for index in range(found.type.count):
        start = found.address + index * step
        if machine.image.constants[start + members["pages"].offset]:
            yield {name: start + member.offset for name, member in members.items()}
