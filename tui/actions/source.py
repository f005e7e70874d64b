# SPDX-License-Identifier: GPL-2.0-or-later
"""The source of the level's kernel, and the statements in it that the player marks as reasons."""

from __future__ import annotations

import re

from sim import Program
from sim.reasons import Statement, refusal, statement_at
from tui.actions.arguments import in_own_run, span_shown
from tui.actions.reply import CommandError, Reply
from tui.actions.requests import ShowSource
from tui.game.game import Game
from tui.view.words import statement_text

_PLACE = re.compile(r"(?:([\w./-]+):)?(\d{1,6})")
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
        return _said("no longer marked", statement)
    game.marks.append(statement)
    return _said("marked", statement)


def _said(what: str, statement: Statement) -> Reply:
    return Reply(
        (f"{what}: {statement_text(statement)}",), brief=f"{what}: {statement.head.file}:{statement.head.line}"
    )


def source(game: Game, text: str) -> Reply:
    """The whole source: at a function, a file or a line, or where the thread stands."""
    program = game.machine.program
    place = _PLACE.fullmatch(text)
    if not text:
        shown = span_shown(game)
        return Reply(request=ShowSource(shown.file if shown else program.name, shown.line if shown else 1))
    if text in program.files:
        return Reply(request=ShowSource(text, 1))
    if place and (place[1] or program.name) in program.files:
        return Reply(request=ShowSource(place[1] or program.name, int(place[2])))
    function = program.function(text)
    if function is None:
        raise CommandError(f"no function and no file {text}; the files are {', '.join(program.files)}")
    return Reply(request=ShowSource(function.span.file, function.span.line, function.name))
