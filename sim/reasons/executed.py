# SPDX-License-Identifier: GPL-2.0-or-later
"""What each thread ever executes, in any schedule: a statement that is never reached is no reason for anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Self, SupportsIndex, overload

from attrs import evolve

from sim.explore.limits import Halted, Limits
from sim.explore.search import explore
from sim.kernelc.model.code import Instruction
from sim.kernelc.model.source import Span
from sim.kernelc.program import Program
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


def executed(machine: Machine, limits: Limits | None = None) -> tuple[Mapping[str, frozenset[Span]], ...]:
    """For each thread, by function: where the instructions stand that it executes in some schedule.

    Raises Halted where the limits do not suffice for all schedules.
    """
    codes = [{each.name: _FetchedCode(each.code) for each in machine.program.functions} for _ in machine.threads]
    watched = _watched(machine, codes)
    for automaton, thread in zip(watched.automata, machine.threads, strict=True):
        automaton.boot(*automaton.program.call(thread.run, thread.run))
    search = explore(watched, None, limits)
    if search.bound:
        raise Halted(search.bound)
    return tuple({name: _fetched(code) for name, code in of_thread.items()} for of_thread in codes)


def _watched(machine: Machine, codes: Sequence[Mapping[str, _FetchedCode]]) -> Machine:
    """The machine with code of its own for each thread."""
    automata = tuple(
        evolve(automaton, program=_with_code(machine.program, of_thread))
        for automaton, of_thread in zip(machine.automata, codes, strict=True)
    )
    watched = evolve(machine)
    object.__setattr__(watched, "automata", automata)  # nobody else has this machine yet
    return watched


def _with_code(program: Program, codes: Mapping[str, _FetchedCode]) -> Program:
    functions = tuple(evolve(function, code=codes[function.name]) for function in program.functions)
    return evolve(program, functions=functions)


def _fetched(code: _FetchedCode) -> frozenset[Span]:
    return frozenset(code[place].span for place in tuple(code.fetched))
