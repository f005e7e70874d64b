# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading what stands behind a command's name."""

from __future__ import annotations

from sim import Span
from sim.debugger import Breakpoint, PointError, backtrace, parse_breakpoint
from tui.actions.reply import CommandError
from tui.game.game import Game


def thread_and_rest(game: Game, text: str) -> tuple[int, str]:
    """The thread that a text begins with, else the active one, and the rest. Raises CommandError for another word."""
    word, _, rest = text.partition(" ")
    if not word:
        return game.active, ""
    index = game.thread(word) if len(word) == 1 else None
    if index is None:
        letters = ", ".join(thread.letter.lower() for thread in game.machine.threads)
        raise CommandError(f"which thread? {word!r} is none of {letters}")
    return index, rest.strip()


def optional_thread(game: Game, text: str) -> tuple[int, str]:
    """The thread that a text begins with and the rest, or the active thread and the whole text."""
    word, _, rest = text.partition(" ")
    index = game.thread(word) if len(word) == 1 else None
    return (game.active, text) if index is None else (index, rest.strip())


def count(text: str, default: int = 1) -> int:
    """A number of steps. Raises CommandError."""
    if not text:
        return default
    if not text.isdecimal() or len(text) > 6:
        raise CommandError(f"{text!r} is not a number of steps")
    return int(text)


def span_shown(game: Game) -> Span | None:
    """Where the function that is shown of the active thread stands; None once the thread has finished."""
    stack = backtrace(game.machine, game.session.now.state, game.active)
    return stack[game.shown_depth(game.active)].span if stack else None


def place(game: Game, text: str) -> Breakpoint:
    """A place as it is typed; a bare number is a line of the kernel's own file, wherever one is. Raises CommandError.

    So it is where a line is marked or claimed, which has to mean the same wherever a thread stands.
    """
    try:
        return parse_breakpoint(game.machine.program, text)
    except PointError as problem:
        raise CommandError(str(problem)) from None


def in_own_run(game: Game) -> None:
    """Refuse what there is in the player's own run alone. Raises CommandError in a lesson and in a what if."""
    if game.lesson is not None:
        raise CommandError("this is a lesson, which wins nothing; lesson goes back to your own run")
    if game.what_if is not None:
        raise CommandError("this is a what if, which wins nothing; whatif goes back to your own run")
