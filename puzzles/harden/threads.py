# SPDX-License-Identifier: GPL-2.0-or-later
"""Axes of the threads: longer calls, one more thread, where threads are held, and the memory model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Final

from attrs import evolve

from puzzles.harden.masks import row_texts, rows
from puzzles.harden.offers import callers, is_constant, mask_arrays, masks, names, offered_calls
from puzzles.harden.setting import Alteration, with_boot, with_machine
from puzzles.levels import Level, build_machine
from puzzles.levels.limits import LETTERS
from sim import Limit, Program, Thread
from sim.debugger import Moment, serial_runs
from sim.kernelc.model.types import Pointer, Struct, plain
from sim.machine.events import Accessed

_ELEMENT: Final = re.compile(r"(.*)\[(\d+)\]")
_NAME: Final = re.compile(r"&(\w+)")


def longer_calls(level: Level, program: Program) -> Iterator[Alteration]:
    """For a thread's call one of a function that makes this call and more; what that writes in turn is any row."""
    for index, thread in enumerate(level.threads):
        for run in callers(program, thread.run):
            threads = (*level.threads[:index], evolve(thread, run=run), *level.threads[index + 1 :])
            longer = _without_unnamed(evolve(level, threads=threads), program)
            said = f"{thread.letter} runs {run}"
            arrays = [array for array, _ in mask_arrays(program, run) if f"{array}[0]" not in longer.boot]
            if not arrays:
                yield Alteration(said, partial(evolve, longer))
            for array in arrays:
                for row in rows(level, program):
                    texts = row_texts(array, row)
                    yield Alteration(
                        f"{said}, {array} = {', '.join(texts.values())}", partial(with_boot, longer, texts)
                    )


def _without_unnamed(level: Level, program: Program) -> Level:
    """A level without boot values for constant masks of which no thread's call names any more."""
    runs = " ".join(thread.run for thread in level.threads)
    unnamed = {
        name: None
        for name in masks(level, program)
        if is_constant(program, name) and name.isidentifier() and not names(runs, name)
    }
    return with_boot(level, unnamed)


def more_threads(level: Level, program: Program) -> Iterator[Alteration]:
    """One more thread beside any node: it runs what another one runs, or any call that the kernel file offers.

    It is the task of a thread that runs the same, or a task of its own, set up as another one is.
    """
    free = [letter for letter in LETTERS if letter not in [thread.letter for thread in level.threads]]
    if not free:
        return
    cpu = max(cpu for node in level.machine.nodes for cpu in node.cpus) + 1
    asked = {_called(thread.exhausted) for thread in level.threads}
    offered = (run for run in offered_calls(program) if _called(run) not in asked)
    for run in dict.fromkeys((*(thread.run for thread in level.threads), *offered)):
        for current in _tasks(level, program, run):
            boot = _set_up(level, program, current, run)
            thread = Thread(free[0], "one more", run, cpu, 0, current, _exhausted(level, current))
            for node in range(len(level.machine.nodes)):
                said = f"{thread.letter} on node {node} runs {run} as {current}"
                yield Alteration(said, partial(_with_thread, level, thread, node, boot))


def _called(call: str) -> str:
    """The name of the function that a call is of."""
    return call.partition("(")[0].strip()


def _with_thread(level: Level, thread: Thread, node: int, boot: Mapping[str, str]) -> Level:
    nodes = list(level.machine.nodes)
    nodes[node] = evolve(nodes[node], cpus=(*nodes[node].cpus, thread.cpu))
    more = evolve(with_boot(level, boot), threads=(*level.threads, thread))
    return with_machine(more, evolve(level.machine, nodes=tuple(nodes)))


def _tasks(level: Level, program: Program, run: str) -> Iterator[str]:
    """Tasks that one more thread with this call can be: of those with the same call, and those that nobody is."""
    function, _ = program.call(run, "run")
    used = {thread.current for thread in level.threads}
    for thread in level.threads:
        if thread.current and program.call(thread.run, "run")[0] is function:
            yield thread.current
    kinds = [plain(program.place(current)[1]) for current in used if current]
    for variable in program.globals:
        if plain(variable.type) in kinds and isinstance(variable.type, Struct) and variable.name not in used:
            yield variable.name


def _set_up(level: Level, program: Program, current: str, run: str) -> dict[str, str]:
    """Boot values for the objects that a new thread brings: as those of another one of the type, where one has any.

    Pointers are not copied: what they point to is that one's own. Behind it in an array of pointers the new one stands.
    """
    boot: dict[str, str] = {}
    for name in dict.fromkeys((current, *_NAME.findall(run))):
        if any(names(lvalue, name) for lvalue in level.boot) or name in [thread.current for thread in level.threads]:
            continue
        kind = plain(program.place(name)[1])
        others = [other.name for other in program.globals if plain(other.type) == kind and other.name != name]
        other = next((other for other in others if any(_is_part(lvalue, other) for lvalue in level.boot)), None)
        if other is not None:
            boot |= {
                name + lvalue.removeprefix(other): str(value)
                for lvalue, value in level.boot.items()
                if _is_part(lvalue, other) and not isinstance(program.place(lvalue)[1], Pointer)
            }
            boot |= _listed_behind(level, program, other, name)
    return boot


def _is_part(lvalue: str, name: str) -> bool:
    return lvalue == name or lvalue.startswith((f"{name}.", f"{name}["))


def _listed_behind(level: Level, program: Program, other: str, name: str) -> dict[str, str]:
    """What puts an object behind another one in the arrays of pointers that list that."""
    address = program.place(other)[0]
    set_at = {lvalue for lvalue, value in level.boot.items() if value == f"&{other}"}
    listed: dict[str, str] = {}
    for place, cell in enumerate(program.cells):
        match = _ELEMENT.fullmatch(cell.lvalue) if cell else None
        if match and cell and (program.initial.get(place) == address or cell.lvalue in set_at):
            behind = f"{match[1]}[{int(match[2]) + 1}]"
            if behind not in level.boot:
                listed[behind] = f"&{name}"
    return listed


def _exhausted(level: Level, current: str) -> str:
    """The call that says whether all nodes of a task are exhausted: as another thread's, for this task."""
    for thread in level.threads:
        if thread.exhausted and thread.current:
            return re.sub(rf"&{thread.current}\b", f"&{current}", thread.exhausted)
    return ""


def limits(level: Level, program: Program) -> Iterator[Alteration]:
    """A thread held where it comes by, or until another one has come by; or one limit less."""
    for index, limit in enumerate(level.limits):
        rest = (*level.limits[:index], *level.limits[index + 1 :])
        where = limit.hold_at or limit.start_after
        yield Alteration(f"{limit.thread} is not held by {where}", partial(evolve, level, limits=rest))
    visited = _visited(level, program)
    for thread in level.threads:
        for other, places in visited.items():
            for place in places:
                if other == thread.letter:
                    more, said = Limit(other, hold_at=place), f"{other} is held at {place}"
                else:
                    more = Limit(thread.letter, start_after=f"{other} {place}")
                    said = f"{thread.letter} starts after {other} {place}"
                yield Alteration(said, partial(evolve, level, limits=(*level.limits, more)))


def _visited(level: Level, program: Program) -> dict[str, tuple[str, ...]]:
    """The functions of the kernel file that each thread calls in serial orders, by letter; a second call has #2."""
    machine = build_machine(level)
    most = {thread.letter: Counter[str]() for thread in level.threads}
    for run in serial_runs(machine):
        for letter, times in _calls(level, program, run.end).items():
            most[letter] |= times
    return {
        letter: (*times, *(f"{name}#2" for name, count in times.items() if count > 1)) for letter, times in most.items()
    }


def _calls(level: Level, program: Program, end: Moment) -> dict[str, Counter[str]]:
    """How often each thread calls each function of the kernel file on the way to a moment, by letter."""
    times = {thread.letter: Counter[str]() for thread in level.threads}
    for event in chain.from_iterable(moment.events for moment in end.line()):
        if isinstance(event, Accessed):
            called = (program.functions[call.function] for call in event.calls)
            own = (function.name for function in called if function.span.file == program.name)
            times[level.threads[event.thread].letter].update(own)
    return times


def memory(level: Level, _program: Program) -> Iterator[Alteration]:
    """Store buffers, or none."""
    other = "sc" if level.memory == "tso" else "tso"
    yield Alteration(f"memory {other}", partial(evolve, level, memory=other))
