# SPDX-License-Identifier: GPL-2.0-or-later
"""What belongs to a run beside its steps: points, hints, the light, a claim that was wrong, what was shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from puzzles.schedules import move_numbers, schedule_line
from sim.debugger import Moment, PointError, parse_breakpoint, parse_watchpoint
from tui.game.game import Game


def notes(game: Game) -> Mapping[str, Any]:
    """What belongs to a run beside its moments, as JSON holds it; only what is there."""
    session = game.session
    told = {
        "light": game.light,
        "hints": sorted(game.hints),
        "break": [str(point) for point in session.breakpoints],
        "watch": [str(point) for point in session.watchpoints],
        "claimed": _schedule(game, game.claimed_at),
        "disproof": _schedule(game, game.disproof),
        "shown": list(game.shown),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _schedule(game: Game, moment: Moment | None) -> str | None:
    """How to come to a moment; None for none."""
    if moment is None:
        return None
    return schedule_line(game.machine, (one.move for one in moment.line() if one.move is not None))


def recall(game: Game, told: Mapping[str, Any]) -> None:
    """Bring back what `notes` told; what does not fit is passed over: the file is not ours to trust."""
    game.light = told["light"] if isinstance(told.get("light"), bool) else game.light
    game.hints = set(_texts(told.get("hints")))
    for text in _texts(told.get("break")):
        with suppress(PointError):
            game.session.breakpoints.append(parse_breakpoint(game.machine.program, text))
    for text in _texts(told.get("watch")):
        with suppress(PointError):
            game.session.watchpoints.append(parse_watchpoint(game.machine.program, text))
    game.claimed_at = _moment(game, told.get("claimed"))
    game.disproof = _moment(game, told.get("disproof"))
    for line in _texts(told.get("shown")):
        with suppress(ValueError):
            game.show(line)


def _texts(value: object) -> Iterator[str]:
    return (one for one in value if isinstance(one, str)) if isinstance(value, list) else iter(())


def _moment(game: Game, schedule: object) -> Moment | None:
    """The moment in the tree of a game to which a schedule leads; None where there is none."""
    at: Moment | None = next(iter(game.session.now.line()))
    try:
        moves = move_numbers(game.machine, schedule) if isinstance(schedule, str) else None
    except ValueError:
        return None
    for move in moves or ():
        at = next((child for child in at.children if child.move == move), None) if at else None
    return at if moves is not None else None
