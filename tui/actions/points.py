# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands about breakpoints and watchpoints."""

from __future__ import annotations

from sim.debugger import Breakpoint, PointError, breakpoint_at, parse_watchpoint
from tui.actions.arguments import count, place, span_shown
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game


def break_(game: Game, text: str) -> Reply:
    """Set a breakpoint, or remove the one that is there."""
    point = place(game, text) if text else _place_shown(game)
    if point in game.session.breakpoints:
        game.session.breakpoints.remove(point)
        return Reply((f"breakpoint at {point.where} removed",))
    game.session.breakpoints.append(point)
    return Reply((f"breakpoint at {point.where}",))


def _place_shown(game: Game) -> Breakpoint:
    """The line at which the function that is shown stands."""
    shown = span_shown(game)
    if shown is None:
        raise CommandError("the thread has finished; give a function, a line, or file:line")
    try:
        return breakpoint_at(game.machine.program, shown.file, shown.line)
    except PointError as problem:
        raise CommandError(str(problem)) from None


def watch(game: Game, text: str) -> Reply:
    """Stop when a word changes."""
    if not text:
        raise CommandError("watch what? give a global lvalue, such as task.mems_allowed")
    try:
        point = parse_watchpoint(game.machine.program, text)
    except PointError as problem:
        raise CommandError(str(problem)) from None
    if point in game.session.watchpoints:
        game.session.watchpoints.remove(point)
        return Reply((f"watchpoint on {point} removed",))
    game.session.watchpoints.append(point)
    return Reply((f"watchpoint on {point}",))


def delete(game: Game, text: str) -> Reply:
    """Remove one point by its number, or all."""
    points = [*game.session.breakpoints, *game.session.watchpoints]
    if text and not 1 <= count(text) <= len(points):
        raise CommandError(f"there is no point {text}; points lists them")
    gone = [points[count(text) - 1]] if text else points
    game.session.breakpoints = [point for point in game.session.breakpoints if point not in gone]
    game.session.watchpoints = [point for point in game.session.watchpoints if point not in gone]
    return Reply((f"{len(gone)} removed",))


def points(game: Game, _text: str) -> Reply:
    """List all points, with the numbers that delete takes."""
    lines = [f"break {point}" for point in game.session.breakpoints]
    lines += [f"watch {point}" for point in game.session.watchpoints]
    return Reply(tuple(f"{number} {text}" for number, text in enumerate(lines, 1)) or ("no breakpoints",))
