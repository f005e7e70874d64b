# SPDX-License-Identifier: GPL-2.0-or-later
"""Hints that cannot be wrong, and the way back to where the goal was in reach: both from the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby

from puzzles.judging.faults import fault_text
from puzzles.replays.showing import moves_to
from puzzles.schedules import schedule_line
from puzzles.wins.help import RUNGS, HelpKind
from sim import CIRCLES
from sim.debugger import Moment, extend, letters, pending
from sim.explore import Doubted, Halted
from sim.machine.state import thread_of
from tui.actions.arguments import in_own_run
from tui.actions.reply import CommandError, Reply
from tui.actions.rungs import safe_rung
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.game.loss import lost_at, moment_text
from tui.view.counts import counts
from tui.view.standing import standing

MORE = " (h again: more)"
ALL = " (h again: all, no win)"
MOST_TURNS = 6
NEXT = "What is the next hint?"
NO_WAY = "no schedule at all reaches the goal of this level as it is here, not from its start either"
NO_WAY_ON = "no schedule reaches the goal from here any more; u steps back, to where one may"


def hint(game: Game, _text: str) -> Reply:
    """The next rung of the hint ladder; a step begins a new one. The highest that was read counts as help.

    The first rung is the author's words and tells nothing else: the others tell whether the goal can be reached.
    """
    in_own_run(game)
    if game.session.over:
        return Reply(("this run is over: u steps back, x starts again",), more=True)
    rung = game.rung % RUNGS + 1 if game.hinted is game.session.now else 1
    try:
        lost, text = _rung(game, rung)
    except Unknown as unknown:
        raise Unknown(unknown.topic, unknown.find, NEXT) from None  # the topic tells which kind of level it is
    if lost:
        game.help(HelpKind.RESCUE)
        return Reply((f"{lost}; rescue (o) goes to just before that",), more=True)
    game.rung, game.hinted = rung, game.session.now
    if rung == RUNGS:
        game.settle()
    game.help(HelpKind.RUNG, rung)
    return Reply((f"hint {rung}/{RUNGS}: {text}{_further(game, rung)}",), more=True)


def _rung(game: Game, rung: int) -> tuple[str, str]:
    """Where the goal went out of reach ("": nowhere), or else what a rung tells."""
    if rung == 1:
        return "", _in_words(game)
    if game.level.goal.safe:
        return "", safe_rung(game, rung)
    lost = _loss(game)
    return lost, "" if lost else _from_here(game, rung)


def _further(game: Game, rung: int) -> str:
    """What the next rung tells; the last one shows the way."""
    shows = rung == RUNGS - 1 and (game.level.goal.safe or _several_ways(game))
    return "" if rung == RUNGS else ALL if shows else MORE


def _several_ways(game: Game) -> bool:
    """Whether a level has more than one schedule: with one, whoever was told it could never win."""
    return len(game.machine.moves) > 1


def _loss(game: Game) -> str:
    """Where the goal went out of reach; "" where it did not, or where that is not known."""
    with suppress(Halted):
        return moment_text(game, lost_at(game))
    return ""


def _in_words(game: Game) -> str:
    return " ".join(game.level.hint.split()).rstrip(".")


def _from_here(game: Game, rung: int) -> str:
    try:
        plan = game.analysis.plan(game.session.now)
    except Halted as halt:
        raise CommandError(_untold(game, halt)) from None
    best = plan.best
    if best is None:
        return NO_WAY if game.session.now.parent is None else NO_WAY_ON
    runs = [list(run) for _, run in groupby(best.schedule)]
    if rung == 2:
        count = best.preemptions
        preemptions = f"{count} preemption{'' if count == 1 else 's'}"
        among = "" if plan.within is None else f", of those of up to {plan.within} steps"
        return f"the best way from here takes {preemptions}{among}; the turns are {_turns(game, runs)}"
    if rung == 3:
        return _window(game, runs[0], _mover(game, runs[1][0]) if len(runs) > 1 else "")
    if _several_ways(game):
        game.show_moves((*moves_to(game.session.now), *best.schedule))
    begun, way = f"{_typed(game, runs[0][0])}{len(runs[0])}", schedule_line(game.machine, best.schedule)
    return f"{begun} begins the best way from here: {counts(best)}: {way}"


def _turns(game: Game, runs: list[list[int]]) -> str:
    """Whose turns a schedule takes, one after the other; of many the first ones."""
    movers = [_typed(game, run[0]).upper() for run in runs]
    shown = ", then ".join(movers[:MOST_TURNS])
    return shown if len(movers) <= MOST_TURNS else f"{shown}, and so on, {len(movers)} in all"


def _typed(game: Game, move: int) -> str:
    """A move as it is typed: a, or ~a for a drain."""
    return ("~" if move < 0 else "") + letters(game.machine)[thread_of(move)].lower()


def _mover(game: Game, move: int) -> str:
    """Who makes a move, in words."""
    return _typed(game, move).upper() if move >= 0 else f"{_typed(game, move).upper()} (a drain)"


def _window(game: Game, run: list[int], following: str) -> str:
    who = _mover(game, run[0])
    if not following:
        circle = game.level.goal.outcome in CIRCLES
        return f"let {who} go on {'until it goes round in circles' if circle else 'to the end'}"
    at = game.session.now
    places: list[str] = []
    for move in run:
        at = _peek(game, at, move)
        places.append(_standing(game, at, thread_of(move)))
    then = f"then comes {following}"
    if run[0] < 0:
        return f"let {who} go on until {len(run)} more of its stores are seen by all; {then}"
    if not places[-1]:
        return f"let {who} go on until it has finished; {then}"
    times = places.count(places[-1])
    which = f", for the {_ordinal(times)} time," if times > 1 else ""
    return f"let {who} go on until{which} its next operation is: {places[-1]}; {then}"


def _standing(game: Game, moment: Moment, thread: int) -> str:
    """The operation that a thread will perform next, and where; "" once it has finished."""
    operation = pending(game.machine, moment.state, thread)
    return f"{operation.sentence} {standing(game.machine, moment, thread)}" if operation else ""


def _ordinal(number: int) -> str:
    special = {1: "st", 2: "nd", 3: "rd"} if number // 10 % 10 != 1 else {}
    return f"{number}{special.get(number % 10, 'th')}"


def _peek(game: Game, moment: Moment, move: int) -> Moment:
    """The moment after a move that is not kept in the tree."""
    kept = [child for child in moment.children if child.move == move]
    chosen = moment.chosen
    after = kept[0] if kept else extend(game.machine, moment, move)
    if not kept:
        moment.children.remove(after)
    moment.chosen = chosen
    return after


def light(game: Game, _text: str) -> Reply:
    """Tell from now on whether the goal can still be reached, or stop telling."""
    if not game.lit:
        with _decided(game):
            game.analysis.distance(game.session.now.state)
    game.light = not game.lit
    if game.light:
        game.help(HelpKind.LIGHT)
    reach = game.reach_sentence if game.light else ""
    return Reply((reach or f"light {'on' if game.light else 'off'}",))


def rescue(game: Game, _text: str) -> Reply:
    """Go to the last moment from which the goal can be reached."""
    with _decided(game):
        lost = lost_at(game)
    if lost is None:
        if not game.session.won:
            game.help(HelpKind.LIGHT)
        raise CommandError("the goal is not out of reach here")
    game.help(HelpKind.RESCUE)
    if lost.parent is None:
        raise CommandError(NO_WAY)
    text = moment_text(game, lost)
    game.session.back(game.session.now.steps - lost.parent.steps)
    place = f"at step {game.session.now.steps}, the last from which the goal can be reached"
    return Reply((place, text), brief=f"{place}; {text}")


@contextmanager
def _decided(game: Game) -> Iterator[None]:
    """Ask where the goal can be reached. Raises CommandError where no search tells."""
    try:
        yield
    except Halted as halt:
        raise CommandError(_untold(game, halt)) from None


def _untold(game: Game, halt: Halted) -> str:
    why = fault_text(game.machine, halt.fault) if isinstance(halt, Doubted) else str(halt)
    return f"whether the goal can be reached from here is undecided: {why}"
