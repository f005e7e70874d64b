# SPDX-License-Identifier: GPL-2.0-or-later
"""A level from its folder: level.toml, the kernel file that it names, the headers that this may include."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from attrs import evolve, frozen

from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.files import PackPath, entries, read_text
from puzzles.levels.limits import MAX_HEADERS, MAX_SOURCE_BYTES
from puzzles.levels.locate import LEVEL_FILE
from puzzles.levels.model import Level, Question, Source
from puzzles.levels.rules import findings
from puzzles.levels.shape import structure
from puzzles.levels.toml import read_toml
from sim.kernelc.text.preprocess import BUILT_IN_HEADER
from sim.numa import node_of_cpu


@frozen
class Shelves:
    """Where kernels and headers are looked for: the folders of the pack first, then the game's."""

    kernels: tuple[PackPath, ...]
    includes: tuple[PackPath, ...]

    @classmethod
    def of(cls, *folders: PackPath) -> Shelves:
        """The shelves in some folders."""
        return cls(tuple(folder / "kernels" for folder in folders), tuple(folder / "include" for folder in folders))

    @cached_property
    def headers(self) -> tuple[tuple[PackPath, str], ...]:
        """The headers with their texts, in order of their names; of two with one name the one on the earlier shelf.

        They are read once, for all levels of a pack. Raises ValueError.
        """
        first: dict[str, PackPath] = {}
        for shelf in self.includes:
            for place in _headers_on(shelf):
                if place.name == BUILT_IN_HEADER and _read(place) != _read(self.includes[-1] / BUILT_IN_HEADER):
                    raise ValueError(f"{place.shown} would never be read: the machine has its own; rename it")
                first.setdefault(place.name, place)
        return tuple((first[name], _read(first[name])) for name in sorted(first))


def load_level(folder: PackPath, id_: str, shelves: Shelves) -> Level:
    """The level in a folder whose place in the pack gives it this id.

    Raises LevelError with all that is wrong. The kernel is not compiled: `build_machine` finds what is wrong
    between level and kernel.
    """
    file = folder / LEVEL_FILE
    level = structure(read_toml(file), Level, file.shown)
    wrong = [Problem(file.shown, key, message) for key, message in findings(level, id_)]
    if not any(problem.key == "kernel" for problem in wrong):
        try:
            level = evolve(level, source=find_source(level.kernel, shelves))
        except ValueError as problem:
            wrong.append(Problem(file.shown, "kernel", str(problem)))
        level = evolve(level, what_ifs=tuple(_questions(level, file.shown, shelves, wrong)))
    if wrong:
        raise LevelError(wrong)
    threads = tuple(evolve(thread, node=node_of_cpu(level.machine, thread.cpu)) for thread in level.threads)
    return evolve(level, file=file.shown, threads=threads)


def _questions(level: Level, file: str, shelves: Shelves, wrong: list[Problem]) -> Iterator[Question]:
    """The questions of a level with the kernels that they name; `wrong` gets what is in the way of that."""
    for index, question in enumerate(level.what_ifs):
        try:
            yield evolve(question, source=find_source(question.kernel, shelves)) if question.kernel else question
        except ValueError as problem:
            wrong.append(Problem(file, f"what_if[{index}].kernel", str(problem)))


def find_source(name: str, shelves: Shelves) -> Source:
    """A kernel file by name, with all headers.

    Raises ValueError that says where was looked and what there is.
    """
    for shelf in shelves.kernels:
        if name in (place.name for place in entries(shelf)):
            text, headers = _read(shelf / name), shelves.headers
            files = ((name, (shelf / name).shown), *((place.name, place.shown) for place, _ in headers))
            return Source(name, text, tuple((place.name, held) for place, held in headers), files)
    looked = ", ".join(shelf.shown for shelf in shelves.kernels)
    names = {place.name for shelf in shelves.kernels for place in entries(shelf)}
    kernels = ", ".join(printable(entry) for entry in sorted(names) if entry.endswith(".c"))
    raise ValueError(f"no file {name!r} in {looked}; there are: {kernels or 'none'}")


def _headers_on(shelf: PackPath) -> Iterator[PackPath]:
    places = [place for place in entries(shelf) if place.name.endswith(".h")]
    if len(places) > MAX_HEADERS:
        raise ValueError(f"{shelf.shown} holds more than {MAX_HEADERS} headers; a pack needs fewer")
    yield from places


def _read(place: PackPath) -> str:
    try:
        return read_text(place, MAX_SOURCE_BYTES)
    except ValueError as problem:
        raise ValueError(f"{printable(place.shown)}: {problem}") from None


def printable(name: str) -> str:
    """A name, or how it would be escaped where it holds what does not print."""
    return name if name.isprintable() else ascii(name)
