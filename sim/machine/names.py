# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses back to names: what a pointer points to, as C would write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from sim.kernelc.model.types import Array, Struct, Type, plain, size
from sim.kernelc.program import Program


def pointer_text(program: Program, address: int, target: Type) -> str:
    """A pointer into global memory as C writes it: "&zones[1]", or "NULL"."""
    if address == 0:
        return "NULL"
    return "&" + _objects(program).get((address, str(plain(target))), f"<{address}>")


@lru_cache(maxsize=32)
def _objects(program: Program) -> Mapping[tuple[int, str], str]:
    names: dict[tuple[int, str], str] = {}
    for variable in program.globals:
        for address, kind, path in _parts(variable.address, variable.type, variable.name):
            names.setdefault((address, kind), path)
    return names


def _parts(address: int, kind: Type, path: str) -> Iterator[tuple[int, str, str]]:
    yield address, str(plain(kind)), path
    if isinstance(kind, Array):
        step = size(kind.element)
        for index in range(kind.count):
            yield from _parts(address + index * step, kind.element, f"{path}[{index}]")
        yield address + kind.count * step, str(plain(kind.element)), f"{path}[{kind.count}]"
    elif isinstance(kind, Struct):
        for member in (kind.layout.members or {}).values():
            yield from _parts(address + member.offset, member.type, f"{path}.{member.name}")
