# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that travel along the steps that were taken, and to other branches."""

from __future__ import annotations

from tui.actions.arguments import count
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game


def _arrived(game: Game, before: int, nothing: str) -> Reply:
    """Where the session is now: the step, and what it did."""
    steps = game.session.now.steps
    if steps == before:
        return Reply((nothing,))
    return Reply((_at(game),))


def _at(game: Game) -> str:
    """Where the session is, and what is to be told of that."""
    steps = game.session.now.steps
    return ": ".join(filter(None, (f"at step {steps}" if steps else "at the start", "; ".join(game.step_sentences()))))


def back(game: Game, text: str) -> Reply:
    """Undo steps."""
    before = game.session.now.steps
    game.session.back(count(text))
    return _arrived(game, before, "this is the start")


def forward(game: Game, text: str) -> Reply:
    """Take undone steps again."""
    before = game.session.now.steps
    game.session.forward(count(text))
    return _arrived(game, before, "nothing was undone from here")


def rewind(game: Game, _text: str) -> Reply:
    """Go back to where the current run of one thread began."""
    before, thread = game.session.now.steps, game.session.now.thread
    game.session.back()
    while game.session.now.thread == thread and game.session.back():
        pass
    return _arrived(game, before, "this is the start")


def skip(game: Game, _text: str) -> Reply:
    """Go forward to where the next run of one thread ends."""
    before = game.session.now.steps
    game.session.forward()
    thread = game.session.now.thread
    while (after := game.session.now.chosen) is not None and after.thread == thread:
        game.session.forward()
    return _arrived(game, before, "nothing was undone from here")


def jump(game: Game, text: str) -> Reply:
    """Go to a step of this line."""
    before = game.session.now.steps
    game.session.jump(count(text, 0))
    return _arrived(game, before, f"at step {before} already")


def restart(game: Game, _text: str) -> Reply:
    """Go back to the start."""
    game.session.jump(0)
    comments = game.comments.get(game.session.now, ())
    return Reply(("; ".join(("at the start", *comments, "forward takes your steps again")),))


def last(game: Game, _text: str) -> Reply:
    """Go to the end of this line."""
    before = game.session.now.steps
    game.session.forward(10**6)
    return _arrived(game, before, "this is the end of what was played")


def branch(game: Game, _text: str) -> Reply:
    """Go to the other branch at the last fork; where there is none, at the first one ahead."""
    now = game.session.now
    before = [moment for moment in now.line() if moment is not now and len(moment.children) > 1]
    ahead = (moment for moment in (now, *now.future()) if len(moment.children) > 1)
    at = before[-1] if before else next(ahead, None)
    if at is None or at.chosen is None:
        raise CommandError("there is no other branch")
    others = at.children
    game.session.go(others[(others.index(at.chosen) + 1) % len(others)])
    now = game.session.now
    place = f"branch {others.index(now) + 1} of {len(others)}, at step {now.steps}"
    return Reply((f"{place}: {'; '.join(game.step_sentences())}",))
