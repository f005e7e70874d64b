# SPDX-License-Identifier: GPL-2.0-or-later
"""The source in lines: numbered, with what is marked, and what a lesson has taken away."""

from __future__ import annotations

from collections.abc import Iterator

from sim import Program
from sim.kernelc.model.code import Function
from tui.actions.requests import ShowSource
from tui.actions.source import lines_around, lines_with
from tui.game.game import Game
from tui.game.signs import signs


def source_lines(game: Game, asked: ShowSource) -> Iterator[str]:
    """A file, or of that what is asked for; `=` stands before what is marked, `-` before what goes.

    Of a line it is the function around it, and where nothing is named, which files and functions there are.
    """
    program = game.machine.program
    text = program.files[asked.file].lines
    if asked.word:
        for file, number in lines_with(program, asked.word):
            yield f"{file}:{number}: {program.files[file].lines[number - 1].strip()}"
        return
    if asked.unnamed:
        yield from _outline(program)
        return
    yield asked.file
    function = program.function(asked.function) if asked.function else None
    if function is None and asked.line > 1 and not asked.around:
        function = _function_around(program, asked.file, asked.line)
    if function is None and asked.line > 1:
        yield from lines_around(game, asked.file, asked.line)
        return
    first, last = (function.span.line, function.end.end_line) if function else (1, len(text))
    marks = signs(game, asked.file)
    for number in range(first, min(last, len(text)) + 1):
        yield f"{marks.get(number, ' ')}{number:4} {text[number - 1].expandtabs(8)}".rstrip()


def _function_around(program: Program, file: str, line: int) -> Function | None:
    """The function in which a line of a file stands; None for a line outside of all."""
    for function in program.functions:
        if function.span.file == file and function.span.line <= line <= function.end.end_line:
            return function
    return None


def _outline(program: Program) -> Iterator[str]:
    """Each file with its functions and their lines."""
    for file in program.files:
        inside = [function for function in program.functions if function.span.file == file]
        if inside:
            yield f"{file}:"
            for function in sorted(inside, key=lambda function: function.span.line):
                yield f"  {function.span.line:4}-{function.end.end_line} {function.name}"
    empty = [file for file in program.files if all(function.span.file != file for function in program.functions)]
    yield from [f"without functions: {', '.join(empty)}"] if empty else ()
    yield "source FUNCTION, source LINE or source FILE shows one"
