# SPDX-License-Identifier: GPL-2.0-or-later
"""From a level to the machine that plays it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from attrs import evolve

import sim
from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.files import folder_at, read_text
from puzzles.levels.fit import misfits, numa_values, sentence, shown_in
from puzzles.levels.limits import MAX_SOURCE_BYTES
from puzzles.levels.model import Level, Source

MAX_SETS = 50
_THREAD_KEY = re.compile(r"thread ([A-Z]): (\w+)")
_BOOT_KEY = re.compile(r'boot "(.*)"')
_KEYS = {"goal": "goal.condition", "threads": "thread"}


def build_machine(level: Level, kernel: Source | None = None, sets: Sequence[str] = ()) -> sim.Machine:
    """The machine of a level, with another kernel where one is given, and boot values changed by `sets`.

    Each of `sets` is "lvalue=value". Raises LevelError with the key of each mistake, `--set` for those in
    `sets`.
    """
    program = compile_source(level, kernel or level.source)
    changes = parse_sets(sets)
    level = shown_in(level, program) if kernel else level
    wrong = list(misfits(level, program, changes))
    if wrong:
        raise LevelError(wrong)
    boot = numa_values(level, program)
    for lvalue, value in (*level.boot.items(), *changes.items()):
        boot.pop(lvalue, None)  # a later value is also set later: two lvalues can name one word
        boot[lvalue] = value
    try:
        machine = sim.Machine(
            program, level.threads, boot, level.limits, level.goal, level.allowed, level.memory == "tso", level.rules
        )
        machine.boot()
    except sim.CompileError as error:
        raise LevelError(_problem(level, diagnostic) for diagnostic in error.diagnostics) from None
    return machine


def compile_source(level: Level, source: Source) -> sim.Program:
    """The program of a kernel. Raises LevelError with all that the compiler says, under the key `kernel`."""
    try:
        return _compile(source)
    except sim.CompileError as error:
        raise LevelError(
            Problem(level.file, "kernel", str(_located(source, diagnostic)), diagnostic=diagnostic)
            for diagnostic in error.diagnostics
        ) from None


def _located(source: Source, diagnostic: sim.Diagnostic) -> sim.Diagnostic:
    """What the compiler says, with the path of the file."""
    return evolve(diagnostic, span=evolve(diagnostic.span, file=source.file(diagnostic.span.file)))


@lru_cache(maxsize=64)
def _compile(source: Source) -> sim.Program:
    return sim.compile(source.text, dict(source.headers), source.name)


def read_kernel(path: Path, level: Level) -> Source:
    """A kernel file to play a level with instead of its own, with the level's headers. Raises LevelError."""
    place = folder_at(path, str(path))
    try:
        files = ((path.name, str(path)), *level.source.files[1:])
        return Source(path.name, read_text(place, MAX_SOURCE_BYTES), level.source.headers, files)
    except ValueError as problem:
        raise LevelError([Problem(str(path), "", str(problem))]) from None


def parse_sets(sets: Sequence[str]) -> dict[str, str]:
    """Boot values from texts like "new_mems=0-1"; of two for one lvalue the last counts.

    Raises LevelError.
    """
    if len(sets) > MAX_SETS:
        raise LevelError([Problem("", "--set", f"there are {len(sets)} changes; at most {MAX_SETS}")])
    changes: dict[str, str] = {}
    for text in sets:
        lvalue, equals, value = text.partition("=")
        if not lvalue.strip() or not equals:
            message = f"{text!r} sets nothing; write lvalue=value, like new_mems=1"
            raise LevelError([Problem("", "--set", message)])
        changes[lvalue.strip()] = value.strip()
    return changes


def _problem(level: Level, diagnostic: sim.Diagnostic) -> Problem:
    """What the machine says, under the key of the level that it is about."""
    letters = [thread.letter for thread in level.threads]
    origin, message = diagnostic.span.file, sentence(diagnostic)
    if match := _THREAD_KEY.fullmatch(origin):
        return Problem(level.file, f"thread[{letters.index(match[1])}].{match[2]}", message)
    if match := _BOOT_KEY.fullmatch(origin):
        return Problem(level.file, f'boot."{match[1]}"', message)
    return Problem(level.file, _KEYS.get(origin, origin), message)
