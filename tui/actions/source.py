# SPDX-License-Identifier: GPL-2.0-or-later
"""The source of the level's kernel, and the statements in it that the player marks as reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import evolve

from sim import Program
from sim.debugger import backtrace
from sim.reasons import Statement, refusal, statement_at
from tui.actions.arguments import in_own_run, span_shown, thread_and_rest
from tui.actions.reply import CommandError, Reply
from tui.actions.requests import ShowSource
from tui.game.game import Game
from tui.game.signs import signs
from tui.view.words import going_text, statement_text

_PLACE = re.compile(r"(?:([\w./-]+):)?(\d{1,6})")
AROUND: Final = 4
"""The lines before one, and after it, that are listed with it."""
_ASKED = "a line such as 62, or FILE:LINE for one of a header"


def statement_named(program: Program, text: str) -> Statement:
    """The statement that LINE of the kernel file names, or FILE:LINE. Raises CommandError where there is none."""
    place = _PLACE.fullmatch(text)
    if place is None:
        raise CommandError(f"{text} is no line: give {_ASKED}")
    file, line = place[1] or program.name, int(place[2])
    statement = statement_at(program, file, line)
    if statement is None:
        raise CommandError(f"{file}:{line}: {refusal(program, file, line)}")
    return statement


def mark(game: Game, text: str) -> Reply:
    """Mark the statement on a line as a reason, or take its mark away; without a line, list what is marked."""
    in_own_run(game)
    if not text:
        return Reply(tuple(map(statement_text, game.marks)) or (f"nothing is marked; mark what? give {_ASKED}",))
    statement = statement_named(game.machine.program, text)
    if statement in game.marks:
        game.marks.remove(statement)
        return _said(game, "no longer marked", statement)
    game.marks.append(statement)
    return _said(game, "marked", statement)


def _said(game: Game, what: str, statement: Statement) -> Reply:
    going = going_text(game.machine.program, statement)
    with_ = f"; {going}" if going else ""
    place = f"{statement.head.file}:{statement.head.line}"
    return Reply((f"{what}: {statement_text(statement)}{with_}",), brief=f"{what}: {place}{with_}")


def source(game: Game, text: str) -> Reply:
    """The whole source: at a function, a file or a line, or where the thread stands."""
    return Reply(request=_shown(game, text) if text else _where(game))


def list_(game: Game, text: str) -> Reply:
    """A function, a file, or what stands around a line; without one, around the place shown of a thread."""
    if text and game.thread(text) is None:
        return Reply(request=evolve(_shown(game, text), around=True))
    index, _ = thread_and_rest(game, text)
    stack = backtrace(game.machine, game.session.now.state, index)
    if not stack:
        return Reply(("the thread has finished",))
    span = stack[game.shown_depth(index)].span
    return Reply(tuple(lines_around(game, span.file, span.line)))


def search(game: Game, text: str) -> Reply:
    """The lines of the source that have a text, whatever its case."""
    places = lines_with(game.machine.program, text) if text else []
    if not places:
        raise CommandError(f"no line of the source has {text!r}" if text else "search what? give a word of the source")
    return Reply(request=ShowSource(*places[0], word=text))


def lines_with(program: Program, text: str) -> list[tuple[str, int]]:
    """The files and numbers of the lines that have a text, whatever its case."""
    return [
        (name, number)
        for name, file in program.files.items()
        for number, line in enumerate(file.lines, 1)
        if text.lower() in line.lower()
    ]


def lines_around(game: Game, file: str, line: int) -> Iterator[str]:
    """A few lines of a file, numbered: `>` stands before the one that is meant, then its sign."""
    text = game.machine.program.files[file].lines
    before = signs(game, file)
    for number in range(max(line - AROUND, 1), min(line + AROUND, len(text)) + 1):
        pointer = ">" if number == line else " "
        yield f"{pointer}{before.get(number, ' ')}{number:4} {text[number - 1].expandtabs(8)}"


def _where(game: Game) -> ShowSource:
    shown = span_shown(game)
    file, line = (shown.file, shown.line) if shown else (game.machine.program.name, 1)
    return ShowSource(file, line, unnamed=True)


def _shown(game: Game, text: str) -> ShowSource:
    """What a function, a file, or a line of one stands for. Raises CommandError for what is none."""
    program = game.machine.program
    place = _PLACE.fullmatch(text)
    if text in program.files:
        return ShowSource(text, 1)
    if place and (place[1] or program.name) in program.files:
        file, line = place[1] or program.name, int(place[2])
        if not 1 <= line <= len(program.files[file].lines):
            raise CommandError(f"{file} has no line {line}: it has {len(program.files[file].lines)}")
        return ShowSource(file, line)
    function = program.function(text)
    if function is None:
        raise CommandError(f"no function and no file {text}; search {text} tells which lines have it")
    return ShowSource(function.span.file, function.span.line, function.name)
