# SPDX-License-Identifier: GPL-2.0-or-later
"""Hints that cannot be wrong, and the way back to where the goal was in reach: both from the explorer."""

from __future__ import annotations

from itertools import takewhile

from sim.debugger import Moment, backtrace, extend, letters, pending
from sim.explore import Advisor, TooLarge
from tui.actions.reply import CommandError, Reply
from tui.game import Game
from tui.words import event_text

RUNGS = 4


def hint(game: Game, _text: str) -> Reply:
    """The next rung of the hint ladder; a step begins a new one. A text that was told before counts once."""
    game.rung = game.rung % RUNGS + 1 if game.hinted is game.session.now else 1
    game.hinted = game.session.now
    if game.rung > 1 and not game.session.over and lost_at(game) is not None:
        return _told(game, f"{lost_text(game)}; rescue (o) goes to just before that")
    text = _in_words(game) if game.rung == 1 else _from_here(game)
    more = "; h again: more" if game.rung < RUNGS else ""
    return _told(game, f"hint {game.rung}/{RUNGS}: {text}{more}")


def _told(game: Game, text: str) -> Reply:
    game.hints.add(text)
    return Reply((text,))


def _in_words(game: Game) -> str:
    return " ".join(game.level.hint.split()).rstrip(".")


def _from_here(game: Game) -> str:
    if game.session.over:
        return "this run is over; step back"
    known = _advisor(game)
    now = game.session.now
    names = letters(game.machine)
    if game.rung == 2:
        helpful = [names[thread] for thread in known.helpful(now.state)]
        return f"it is {' or '.join(helpful)} that should move now"
    plan = known.plan(now.state, now.thread)
    run = list(takewhile(lambda thread: thread == plan[0], plan))
    if game.rung == 3:
        return _window(game, names[plan[0]], run, names[plan[len(run)]] if len(run) < len(plan) else "")
    return f"{names[plan[0]].lower()}{len(run)} is on a shortest way; {len(plan)} steps are left"


def _window(game: Game, letter: str, run: list[int], following: str) -> str:
    if not following:
        return f"let {letter} go on to the end"
    at = game.session.now
    for thread in run:
        at = _peek(game, at, thread)
    operation = pending(game.machine, at.state, run[0])
    stack = backtrace(game.machine, at.state, run[0])
    where = f" in {stack[-1].function}" if stack else ""
    until = f"until its next operation is: {operation.sentence}{where}" if operation else "until it has finished"
    return f"let {letter} go on {until}; then it is {following}'s turn"


def _peek(game: Game, moment: Moment, thread: int) -> Moment:
    """The moment after a step that is not kept in the tree."""
    known = [child for child in moment.children if child.thread == thread]
    chosen = moment.chosen
    after = known[0] if known else extend(game.machine, moment, thread)
    if not known:
        moment.children.remove(after)
    moment.chosen = chosen
    return after


def light(game: Game, _text: str) -> Reply:
    """Tell from now on whether the goal can still be reached, or stop telling."""
    if not game.light:
        _advisor(game)
    game.light = not game.light
    return Reply(
        (f"the goal is {game.reach}" if game.light and game.reach else f"light {'on' if game.light else 'off'}",)
    )


def rescue(game: Game, _text: str) -> Reply:
    """Go to the last moment from which the goal can be reached."""
    lost = lost_at(game)
    if lost is None or lost.parent is None:
        raise CommandError("the goal is not out of reach here")
    text = lost_text(game)
    game.session.back(game.session.now.steps - lost.parent.steps)
    here = f"at step {game.session.now.steps}, the last from which the goal can be reached"
    return Reply((here, text), brief=f"{here}; {text}")


def lost_at(game: Game) -> Moment | None:
    """The moment at which the goal went out of reach; None where it can be reached, or has been."""
    known = _advisor(game)
    found = None
    at: Moment | None = game.session.now
    while at is not None and known.distance(at.state) is None:
        found, at = at, at.parent
    return found


def lost_text(game: Game) -> str:
    """Where the goal went out of reach, in words; "" where it did not, or where that cannot be told."""
    try:
        lost = lost_at(game)
    except CommandError:
        return ""
    if lost is None or not lost.events:
        return ""
    return f"the goal went out of reach at step {lost.steps}: {event_text(game.machine, lost.state, lost.events[0])}"


def _advisor(game: Game) -> Advisor:
    try:
        return game.advisor
    except TooLarge as problem:
        raise CommandError(f"this level has {problem}: too many to tell from here") from None
