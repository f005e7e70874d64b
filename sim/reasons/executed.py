# SPDX-License-Identifier: GPL-2.0-or-later
"""What a machine ever executes, in any schedule: a statement that is never reached is no reason for anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, SupportsIndex, overload

from attrs import evolve

from sim.explore.limits import Limits
from sim.explore.search import explore
from sim.kernelc.model.code import Instruction
from sim.kernelc.model.source import Span
from sim.machine.machine import Machine


class _FetchedCode(tuple[Instruction, ...]):  # noqa: SLOT001 - a tuple has no room for slots
    """The code of a function that notes which of its instructions are fetched."""

    fetched: set[int]

    def __new__(cls, code: Iterable[Instruction]) -> Self:
        watched = super().__new__(cls, code)
        watched.fetched = set()
        return watched

    @overload
    def __getitem__(self, place: SupportsIndex) -> Instruction: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Instruction, ...]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Instruction | tuple[Instruction, ...]:
        if not isinstance(place, slice):
            self.fetched.add(place.__index__())
        return super().__getitem__(place)


def executed(machine: Machine, limits: Limits | None = None) -> dict[str, frozenset[Span]]:
    """By function: where the instructions stand that some schedule executes. Without an end, those met on the way."""
    codes = {function.name: _FetchedCode(function.code) for function in machine.program.functions}
    functions = tuple(evolve(function, code=codes[function.name]) for function in machine.program.functions)
    explore(evolve(machine, program=evolve(machine.program, functions=functions)), None, limits)
    return {name: frozenset(code[place].span for place in tuple(code.fetched)) for name, code in codes.items()}
