# SPDX-License-Identifier: GPL-2.0-or-later
"""The places that decide a level, as its author names them: a function, and a text that stands in it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sim import Program

PlaceLine = tuple[str, int]
"""A line of a program: file, and number from 1."""


def lines_named(program: Program, place: str) -> AbstractSet[PlaceLine]:
    """The lines of a program at a place such as `update_nodemask: cs->mems_generation =`; blanks do not count.

    Raises ValueError for a place that is none.
    """
    name, _, text = (part.strip() for part in place.partition(":"))
    function = program.function(name)
    if function is None or not text:
        raise ValueError(
            f"{place!r} is no place; write a function of the kernel, a colon, and a text that stands in it"
        )
    file, wanted = function.span.file, _tokens(text)
    numbers = range(function.span.line, function.end.end_line + 1)
    lines = {(file, number) for number in numbers if wanted in _tokens(program.files[file].lines[number - 1])}
    if not lines:
        raise ValueError(f"{text!r} stands in no line of {name}(); copy it from {file}")
    return lines


def _tokens(text: str) -> str:
    return "".join(text.split())
