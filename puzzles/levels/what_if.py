# SPDX-License-Identifier: GPL-2.0-or-later
"""A level after the change that one of its questions makes, and which machines play alike."""

from __future__ import annotations

import json
from collections.abc import Hashable
from hashlib import sha256

from attrs import Attribute, asdict, evolve

from puzzles.levels.build import compile_source
from puzzles.levels.fit import shown_in
from puzzles.levels.hashing import level_hash
from puzzles.levels.model import Level, Question
from sim import Machine, Thread
from sim.numa import Topology, node_of_cpu


def changed(level: Level, question: Question) -> Level:
    """A level as a question changes it: it asks nothing more, and its author says nothing of its goal.

    Raises LevelError for a kernel that does not compile.
    """
    machine = question.machine or level.machine
    other = evolve(
        level,
        boot={**level.boot, **question.sets},
        kernel=question.kernel or level.kernel,
        source=question.source if question.kernel else level.source,
        memory=question.memory or level.memory,
        machine=machine,
        threads=tuple(_moved(thread, question, machine) for thread in level.threads),
        limits=level.limits if question.limits is None else question.limits,
        rules=level.rules if question.rules is None else question.rules,
        goal=evolve(level.goal, safe=False),
        what_ifs=(),
    )
    return shown_in(other, compile_source(other, other.source)) if question.kernel else other


def question_key(level: Level, question: Question) -> str:
    """A name for the change of a question to a level as it is: 16 hex digits. Texts do not count.

    Raises LevelError for a kernel of the level that does not compile.
    """
    said = [level_hash(level), asdict(question, filter=_decides)]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]


def _decides(attribute: Attribute[object], _value: object) -> bool:
    return attribute.name not in ("question", "source")


def _moved(thread: Thread, question: Question, machine: Topology) -> Thread:
    cpu = question.cpu.get(thread.letter, thread.cpu)
    run = question.run.get(thread.letter, thread.run)
    return evolve(thread, cpu=cpu, node=node_of_cpu(machine, cpu), run=run)


def plays_alike(machine: Machine, other: Machine, *, bounded: bool = True) -> bool:
    """Whether two machines are the same for whoever plays them; names do not count, nor which CPU of a node it is.

    With `bounded` false limits and rules do not count either.
    """
    alike = _setting(machine) == _setting(other)
    return alike and (not bounded or _bounds(machine) == _bounds(other))


def _bounds(machine: Machine) -> Hashable:
    """What keeps runs of a machine from some schedules."""
    return frozenset(machine.limits), machine.rules


def _setting(machine: Machine) -> Hashable:
    """All else that decides how a machine plays."""
    threads = [(thread.letter, thread.node, thread.current, thread.run, thread.exhausted) for thread in machine.threads]
    goal = (machine.goal.outcome, machine.goal.condition) if machine.goal else ()
    return (
        machine.program.tokens,
        machine.image.memory,
        machine.image.constants,
        tuple(threads),
        goal,
        machine.allowed,
        machine.tso,
    )
