# SPDX-License-Identifier: GPL-2.0-or-later
"""The source in lines: numbered, with what is marked, and what a lesson has taken away."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.requests import ShowSource
from tui.actions.source import lines_around, lines_with
from tui.game.game import Game
from tui.game.signs import signs


def source_lines(game: Game, asked: ShowSource) -> Iterator[str]:
    """A file, or of that what is asked for; `=` stands before what is marked, `-` before what goes."""
    program = game.machine.program
    text = program.files[asked.file].lines
    if asked.word:
        for file, number in lines_with(program, asked.word):
            yield f"{file}:{number}: {program.files[file].lines[number - 1].strip()}"
        return
    yield asked.file
    function = program.function(asked.function) if asked.function else None
    if asked.around and function is None and asked.line > 1:
        yield from lines_around(game, asked.file, asked.line)
        return
    first, last = (function.span.line, function.end.end_line) if function else (1, len(text))
    marks = signs(game, asked.file)
    for number in range(first, min(last, len(text)) + 1):
        yield f"{marks.get(number, ' ')}{number:4} {text[number - 1].expandtabs(8)}".rstrip()
