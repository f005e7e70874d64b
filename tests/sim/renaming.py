# SPDX-License-Identifier: GPL-2.0-or-later
"""The same machine under other names: identifiers of its kernel C, letters and order of its threads."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import evolve

import sim
from sim.kernelc.meaning import intrinsics
from sim.machine.setup import Goal, Limit, Thread

_WORD = re.compile(r"\b[A-Za-z_]\w*")
_INCLUDE = re.compile(r'\s*#\s*include\b.*|"[^"\n]*"')
# What C or the game calls so: these names mean something to them.
_C = """
bool break case char const continue default define defined do double else endif enum error extern false for goto if
ifdef ifndef include inline int long return short signed sizeof static struct switch true typedef undef unsigned void
while NULL BUG_ON
"""
_GAME = "zone task_struct nodemask_t current mutex rw_semaphore spinlock_t atomic_t counter"
KEPT = frozenset((*_C.split(), *_GAME.split(), *intrinsics.NAMES))

Rename = Callable[[str], str]


def renaming(texts: Iterable[str], dice: random.Random) -> Rename:
    """A function that gives every name in some C texts another one, the same everywhere."""
    found = {word for text in texts for word in _WORD.findall(_INCLUDE.sub("", text))} - KEPT
    numbers = dice.sample(range(10 * len(found) + 10), len(found))
    names = {word: f"n{number}_" for word, number in zip(sorted(found), numbers, strict=True)}
    return lambda text: "".join(_line(line, names) for line in text.splitlines(keepends=True))


def _line(line: str, names: Mapping[str, str]) -> str:
    return line if _INCLUDE.match(line) else _WORD.sub(lambda word: names.get(word[0], word[0]), line)


def renamed(machine: sim.Machine, text: str, headers: Mapping[str, str], dice: random.Random) -> sim.Machine:
    """A machine of this kernel text with all names changed, in the text and wherever the machine names something."""
    rename = renaming((text, *headers.values()), dice)
    program = sim.compile(rename(text), {name: rename(header) for name, header in headers.items()})
    boot = {rename(name): rename(value) if isinstance(value, str) else value for name, value in _boot(machine)}
    return evolve(
        machine,
        program=program,
        boot_values=boot,
        threads=tuple(_thread(one, rename) for one in machine.threads),
        limits=tuple(_limit(one, rename) for one in machine.limits),
        goal=machine.goal and evolve(machine.goal, condition=rename(machine.goal.condition)),
        allowed=rename(machine.allowed),
    )


def _boot(machine: sim.Machine) -> Iterable[tuple[str, int | str]]:
    return machine.boot_values.items()


def _thread(one: Thread, rename: Rename) -> Thread:
    return evolve(one, run=rename(one.run), current=rename(one.current), exhausted=rename(one.exhausted))


def _limit(one: Limit, rename: Rename) -> Limit:
    letter, _, place = one.start_after.strip().partition(" ")
    return evolve(one, hold_at=rename(one.hold_at), start_after=f"{letter} {rename(place)}".strip())


def relettered(machine: sim.Machine, letters: Mapping[str, str], order: Sequence[int]) -> sim.Machine:
    """A machine whose threads have other letters and stand in another order."""
    threads = [evolve(one, letter=letters[one.letter]) for one in machine.threads]
    limits = tuple(evolve(one, thread=letters[one.thread], start_after=_after(one, letters)) for one in machine.limits)
    return evolve(machine, threads=tuple(threads[place] for place in order), limits=limits)


def _after(limit: Limit, letters: Mapping[str, str]) -> str:
    return letters[limit.start_after[0]] + limit.start_after[1:] if limit.start_after else ""


def goal_of(machine: sim.Machine) -> Goal:
    """What a machine is about; for one without a goal, a premature OOM."""
    return machine.goal or Goal(sim.Outcome.OOM_PREMATURE)
