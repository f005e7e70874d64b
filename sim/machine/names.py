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
    return "&" + _names(program).get((address, str(plain(target))), f"<{address}>")


@lru_cache(maxsize=32)
def _names(program: Program) -> Mapping[tuple[int, str], str]:
    names: dict[tuple[int, str], str] = {}
    for address, kind, path in objects(program):
        names.setdefault((address, str(plain(kind))), path)
    return names


def objects(program: Program) -> Iterator[tuple[int, Type, str]]:
    """Every global object and each part of one: its address, its type, and its name as C writes it.

    The place past the end of an array counts as one more element.
    """
    for variable in program.globals:
        yield from _parts(variable.address, variable.type, variable.name)


def _parts(address: int, kind: Type, path: str) -> Iterator[tuple[int, Type, str]]:
    yield address, kind, path
    if isinstance(kind, Array):
        step = size(kind.element)
        for index in range(kind.count):
            yield from _parts(address + index * step, kind.element, f"{path}[{index}]")
        yield address + kind.count * step, kind.element, f"{path}[{kind.count}]"
    elif isinstance(kind, Struct):
        for member in (kind.layout.members or {}).values():
            yield from _parts(address + member.offset, member.type, f"{path}.{member.name}")
