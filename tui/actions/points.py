# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands about breakpoints and watchpoints."""

from __future__ import annotations

from sim.debugger import PointError, backtrace, parse_breakpoint, parse_watchpoint
from tui.actions.arguments import count, place_shown
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game


def break_(game: Game, text: str) -> Reply:
    """Set a breakpoint, or remove the one that is there."""
    try:
        point = parse_breakpoint(game.machine.program, place_shown(game, text) or _here(game))
    except PointError as problem:
        raise CommandError(str(problem)) from None
    if point in game.session.breakpoints:
        game.session.breakpoints.remove(point)
        return Reply((f"breakpoint at {point.text} removed",))
    game.session.breakpoints.append(point)
    return Reply((f"breakpoint at {point.text}",))


def _here(game: Game) -> str:
    stack = backtrace(game.machine, game.session.now.state, game.active)
    if not stack:
        raise CommandError("the thread has finished; give a function, a line, or file:line")
    span = stack[game.shown_depth(game.active)].span
    return f"{span.file}:{span.line}"


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
        return Reply((f"watchpoint on {point.text} removed",))
    game.session.watchpoints.append(point)
    return Reply((f"watchpoint on {point.text}",))


def delete(game: Game, text: str) -> Reply:
    """Remove one point by its number, or all."""
    points = [*game.session.breakpoints, *game.session.watchpoints]
    if text and not 1 <= count(text) <= len(points):
        raise CommandError(f"there is no point {text}; points lists them")
    gone = [points[count(text) - 1]] if text else points
    game.session.breakpoints = [one for one in game.session.breakpoints if one not in gone]
    game.session.watchpoints = [one for one in game.session.watchpoints if one not in gone]
    return Reply((f"{len(gone)} removed",))


def points(game: Game, _text: str) -> Reply:
    """List all points, with the numbers that delete takes."""
    found = [f"break {one.text}" for one in game.session.breakpoints]
    found += [f"watch {one.text}" for one in game.session.watchpoints]
    return Reply(tuple(f"{number} {text}" for number, text in enumerate(found, 1)) or ("no breakpoints",))
