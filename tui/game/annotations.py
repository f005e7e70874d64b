# SPDX-License-Identifier: GPL-2.0-or-later
"""What a journal keeps of a game beside its steps: points, the light, marked lines, a wrong claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from puzzles.reasons.because import MAX_MARKS
from puzzles.schedules import move_numbers, schedule_line
from sim.debugger import Moment, PointError, parse_breakpoint, parse_watchpoint
from sim.reasons import statement_at
from tui.game.game import Game

MARKS: Final = "marks"
"""The note that holds the lines which are marked as reasons."""

MOST_DIGITS: Final = 7


def annotations_of(game: Game) -> Mapping[str, Any]:
    """The annotations of a game as JSON holds them; only those that there are."""
    session = game.session
    values = {
        "light": game.light,
        "break": [str(point) for point in session.breakpoints],
        "watch": [str(point) for point in session.watchpoints],
        MARKS: [f"{mark.head.file}:{mark.head.line}" for mark in game.marks],
        "claimed": _schedule(game, game.claimed_at),
        "disproof": _schedule(game, game.disproof),
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def _schedule(game: Game, moment: Moment | None) -> str | None:
    """How to come to a moment; None for none."""
    if moment is None:
        return None
    return schedule_line(game.machine, (step.move for step in moment.line() if step.move is not None))


def annotate(game: Game, values: Mapping[str, Any]) -> None:
    """Give a game its annotations back; what does not fit is passed over: the file is not ours to trust."""
    game.light = values["light"] if isinstance(values.get("light"), bool) else game.light
    for text in _texts(values.get("break")):
        with suppress(PointError):
            game.session.breakpoints.append(parse_breakpoint(game.machine.program, text))
    for text in _texts(values.get("watch")):
        with suppress(PointError):
            game.session.watchpoints.append(parse_watchpoint(game.machine.program, text))
    places = (text.rpartition(":") for text in _texts(values.get(MARKS)))
    lines = ((file, int(line)) for file, _, line in places if line.isdecimal() and len(line) < MOST_DIGITS)
    marks = (statement_at(game.machine.program, file, line) for file, line in lines)
    game.marks = list(dict.fromkeys(mark for mark in marks if mark))[:MAX_MARKS]
    game.claimed_at = _moment(game, values.get("claimed"))
    game.disproof = _moment(game, values.get("disproof"))


def _texts(value: object) -> Iterator[str]:
    return (text for text in value if isinstance(text, str)) if isinstance(value, list) else iter(())


def _moment(game: Game, schedule: object) -> Moment | None:
    """The moment in the tree of a game to which a schedule leads; None where there is none."""
    moment: Moment | None = game.boot
    try:
        moves = move_numbers(game.machine, schedule) if isinstance(schedule, str) else None
    except ValueError:
        return None
    for move in moves or ():
        moment = next((child for child in moment.children if child.move == move), None) if moment else None
    return moment if moves is not None else None
