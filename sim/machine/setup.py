# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks of the machine besides its program: threads, limits, the goal."""

from __future__ import annotations

import re

from attrs import field
from attrs.validators import matches_re

from sim.classes import frozen
from sim.kernelc.model.source import CompileError, Diagnostic, Span
from sim.kernelc.program import Program
from sim.machine.state import Outcome
from sim.ordinal import ordinal

_PLACE = re.compile(r"(\w+)(?::(\w+))?(?:#([1-9]\d{0,2}))?")


@frozen
class Thread:
    """A thread: its letter, its name, the call it runs, its CPU and that CPU's node.

    `current` is the lvalue of its task, `exhausted` the pure call that says whether its eligible nodes are exhausted
    ("" where there is none).
    """

    letter: str = field(validator=matches_re("[A-Z]"))
    name: str
    run: str
    cpu: int = 0
    node: int = 0
    current: str = ""
    exhausted: str = ""


@frozen
class Limit:
    """A limit that the level sets on a thread, by letter.

    `hold_at` is a place the thread may not go on from once it has passed it: "function", "function:label", either
    with "#n" for the n-th time. `start_after` is a letter and a place, "A function:label": the thread may not start
    before that thread has passed it. A function is passed as soon as it is entered.
    """

    thread: str
    hold_at: str = ""
    start_after: str = ""


@frozen
class Goal:
    """An outcome to reach, and a C condition on the final memory ("" is always true).

    `safe` is what the author of a level says, that no schedule reaches it; nothing of a run depends on that.
    """

    outcome: Outcome
    condition: str = ""
    safe: bool = False

    @property
    def words(self) -> str:
        """The outcome as a player reads it."""
        return self.outcome.words


@frozen
class CountedPlace:
    """A place in a function (label "" is its entry) and how often it must be passed."""

    function: str
    label: str
    count: int


@frozen
class Barred:
    """A thread that is held while another has passed a watched place, or with `until`, has not passed it yet.

    `place` is the number of the watch among those of thread `by`; it is passed when its count reaches `count`.
    """

    thread: int
    by: int
    place: int
    count: int
    until: bool
    reason: str


def setup_error(origin: str, message: str, advice: str) -> CompileError:
    """An error in what a level asks, located by the name of the key."""
    return CompileError([Diagnostic(Span(origin, 1, 1, 1, 2), message, advice)])


def parse_place(program: Program, source: str, origin: str) -> CountedPlace:
    """A place such as "mpol_rebind_task#2" or "__alloc_pages:retry". Raises CompileError when there is none."""
    place = _PLACE.fullmatch(source.strip())
    function = program.function(place[1]) if place else None
    if not place or function is None:
        raise setup_error(origin, f"{source!r} is no place in {program.name}", "write function, function:label, #n")
    label = place[2] or ""
    labels = [instruction.label for instruction in function.code if hasattr(instruction, "label")]
    if label and label not in labels:
        choices = ", ".join(labels) or "none"
        raise setup_error(origin, f"{place[1]} has no label {label}", f"its labels are: {choices}")
    return CountedPlace(place[1], label, max(int(place[3] or 1), 1))


def compile_limits(
    program: Program, threads: tuple[Thread, ...], limits: tuple[Limit, ...]
) -> tuple[tuple[tuple[CountedPlace, ...], ...], tuple[Barred, ...]]:
    """The places to watch, by thread, and what each limit bars. Raises CompileError."""
    letters = [thread.letter for thread in threads]
    watches: list[list[CountedPlace]] = [[] for _ in threads]
    barred: list[Barred] = []

    def watch(letter: str, place: str, origin: str) -> tuple[int, int, int]:
        """Watch a place: the thread's index, the number of the watch among its own, and the count to reach."""
        if letter not in letters:
            raise setup_error(origin, f"no thread {letter!r}", f"the threads are: {', '.join(letters)}")
        by = letters.index(letter)
        watches[by].append(parse_place(program, place, origin))
        return by, len(watches[by]) - 1, watches[by][-1].count

    for number, limit in enumerate(limits, 1):
        origin = f"limit {number}"
        if limit.thread not in letters or bool(limit.hold_at) == bool(limit.start_after):
            raise setup_error(origin, "a limit names a thread and either hold_at or start_after", "give both")
        index = letters.index(limit.thread)
        if limit.hold_at:
            by, place, count = watch(limit.thread, limit.hold_at, origin)
            reason = f"the level holds {limit.thread} here: {place_text(limit.hold_at)}"
        else:
            letter, _, where = limit.start_after.strip().partition(" ")
            by, place, count = watch(letter, where, origin)
            reason = f"the level holds {limit.thread} until {letter} has {came_text(where)}"
        barred.append(Barred(index, by, place, count, bool(limit.start_after), reason))
    return tuple(map(tuple, watches)), tuple(barred)


def came_text(place: str) -> str:
    """That a thread came by a place, behind its name: "entered refill for the 2nd time", "passed refill:retry"."""
    return f"{'passed' if ':' in place else 'entered'} {place_text(place)}"


def place_text(place: str) -> str:
    """A place such as "refill#2" in words: "refill for the 2nd time"."""
    where, _, count = place.strip().partition("#")
    return where + (f" for the {ordinal(int(count))} time" if count not in ("", "1") else "")
