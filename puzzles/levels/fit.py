# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a level fits its kernel: every lvalue, call, place and expression is tried on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from attrs import evolve

import sim
from puzzles.levels.decides import lines_named
from puzzles.levels.era import zonelist_rule
from puzzles.levels.errors import Problem
from puzzles.levels.model import Level
from puzzles.zones import zone_values
from sim.kernelc.model.types import Integer, Lock, Pointer, Type, is_mask, leaves, plain
from sim.machine.image import boot_words
from sim.machine.setup import compile_limits, parse_place
from sim.machine.snippet import compile_snippet
from sim.nodelist import format_nodelist, parse_nodelist

Trial = tuple[str, Callable[[], object]]
"""A key path, and what raises CompileError or ValueError where the key does not fit."""


def misfits(level: Level, program: sim.Program, changes: Mapping[str, str]) -> Iterator[Problem]:
    """What in a level, or in `changes` to its boot values, does not fit its program."""
    wrong = list(_failures(level.file, _trials(level, program)))
    yield from wrong
    sets = ((f"--set {lvalue}", partial(_change, level, program, lvalue, changes[lvalue])) for lvalue in changes)
    yield from _failures("", sets)
    if not any(problem.key.startswith("boot") for problem in wrong):
        yield from _overlaps(level, program)


def shown_in(level: Level, program: sim.Program) -> Level:
    """The level without the lvalues under `show`, and the places that decide, that another kernel does not have."""
    kept = {
        kind: tuple(lvalue for lvalue in getattr(level.show, kind) if not list(_failures("", _one(program, lvalue))))
        for kind in ("masks", "counters", "locks")
    }
    places = tuple(place for place in level.decides if not list(_failures("", _place(program, place))))
    return evolve(level, show=evolve(level.show, **kept), decides=places)


def _change(level: Level, program: sim.Program, lvalue: str, value: str) -> None:
    """Try a change to a boot value. Raises CompileError, and ValueError for a mask with nodes that are not there."""
    boot_words(program, {lvalue: value})
    nodes = range(len(level.machine.nodes))
    beyond = parse_nodelist(value).difference(nodes) if is_mask(program.place(lvalue)[1]) else ()
    if beyond:
        has = f"it has nodes {format_nodelist(nodes)}" if len(nodes) > 1 else "it has node 0 alone"
        raise ValueError(f"this machine has no node {format_nodelist(beyond)}; {has}")


def _one(program: sim.Program, lvalue: str) -> Iterator[Trial]:
    yield lvalue, partial(program.place, lvalue)


def _place(program: sim.Program, place: str) -> Iterator[Trial]:
    yield place, partial(lines_named, program, place)


def numa_values(level: Level, program: sim.Program) -> dict[str, int | str]:
    """The tables of the machine's nodes as boot values, as far as the kernel has such tables."""
    return zone_values(program, level.machine, zonelist_rule(level))


def sentence(diagnostic: sim.Diagnostic) -> str:
    """A compiler's message about a text in a level, on one line."""
    return f"{diagnostic.message}; {diagnostic.advice}" if diagnostic.advice else diagnostic.message


def _failures(file: str, trials: Iterator[Trial]) -> Iterator[Problem]:
    for key, attempt in trials:
        try:
            attempt()
        except sim.CompileError as error:
            yield Problem(file, key, sentence(error.diagnostics[0]))
        except ValueError as problem:
            yield Problem(file, key, str(problem))


def _trials(level: Level, program: sim.Program) -> Iterator[Trial]:
    yield "machine.nodes", partial(boot_words, program, numa_values(level, program))
    for lvalue, value in level.boot.items():
        yield f'boot."{lvalue}"', partial(boot_words, program, {lvalue: value})
    for index, lvalue in enumerate(level.show.masks):
        yield f"show.masks[{index}]", partial(_expect, program, lvalue, is_mask, "nodemask_t")
    for index, lvalue in enumerate(level.show.counters):
        yield f"show.counters[{index}]", partial(_expect, program, lvalue, _is_counter, "word")
    for index, lvalue in enumerate(level.show.locks):
        yield f"show.locks[{index}]", partial(_expect, program, lvalue, _is_lock, "lock")
    for index, thread in enumerate(level.threads):
        yield f"thread[{index}].run", partial(program.call, thread.run, "run")
        if thread.exhausted:
            yield f"thread[{index}].exhausted", partial(program.call, thread.exhausted, "exhausted")
        if thread.current:
            yield (
                f"thread[{index}].current",
                partial(_expect, program, thread.current, _is_task, "task_struct"),
            )
    for index, limit in enumerate(level.limits):
        yield f"limit[{index}]", partial(compile_limits, program, level.threads, (limit,))
    for index, rule in enumerate(level.rules.never_enters):
        _, _, where = rule.strip().partition(" ")
        yield f"rules.never_enters[{index}]", partial(parse_place, program, where, "rules.never_enters")
    for index, place in enumerate(level.decides):
        yield f"decides[{index}]", partial(lines_named, program, place)
    if level.goal.condition:
        yield "goal.condition", partial(compile_snippet, program, level.goal.condition, "goal", truth=True)


def _expect(program: sim.Program, lvalue: str, right: Callable[[Type], bool], wanted: str) -> None:
    _, kind = program.place(lvalue)
    if not right(kind):
        raise ValueError(f"{lvalue} has the type {plain(kind)}; name a {wanted}")


def _is_counter(kind: Type) -> bool:
    words = leaves(kind)
    return not is_mask(kind) and len(words) == 1 and isinstance(words[0][2], Integer | Pointer)


def _is_lock(kind: Type) -> bool:
    return isinstance(kind, Lock)


def _is_task(kind: Type) -> bool:
    return str(plain(kind)) == "struct task_struct"


def _overlaps(level: Level, program: sim.Program) -> Iterator[Problem]:
    """Two boot values for one word would make their order in the file matter."""
    first: dict[int, str] = {}
    for lvalue, value in level.boot.items():
        words = boot_words(program, {lvalue: value})
        other = next((first[address] for address in words if address in first), None)
        if other is not None:
            message = f'sets a word that "{other}" sets too; keep one of them'
            yield Problem(level.file, f'boot."{lvalue}"', message)
        first.update(dict.fromkeys(words, lvalue))
