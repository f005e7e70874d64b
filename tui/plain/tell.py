# SPDX-License-Identifier: GPL-2.0-or-later
"""What line mode says about a game: what happened, what comes next, how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.claims import SAFE, Settled
from puzzles.judge import judge
from sim.debugger import pending, reached, store_buffer, why_not
from tui.game import Game
from tui.library import Library, Saved, schedule_text
from tui.plain.pages import debrief_lines
from tui.words import left_out_sentence, par_lines


def next_line(game: Game) -> str:
    """What each thread will do next, or why it cannot move, on one line; and the light, where it is on."""
    state = game.session.now.state
    sentences = []
    for index, thread in enumerate(game.machine.threads):
        why = why_not(game.machine, state, index)
        operation = pending(game.machine, state, index)
        stores = store_buffer(game.machine, state, index)
        waiting = f"; in its store buffer: {', '.join(stores)}" if stores else ""
        sentences.append((why or f"{thread.letter} next: {operation.sentence if operation else 'nothing'}") + waiting)
    reach = game.reach if game.light else ""
    return ". ".join([*sentences, *([f"The goal is {reach}"] if reach else [])])


def ending_lines(game: Game, library: Library) -> Iterator[str]:
    """What is to be said once the run is over; a win is stored the first time it is told."""
    judged = judge(game.machine, game.session.now)
    what = f"{judged.outcome.words} with {judged.score}"
    yield from game.report
    if game.level.goal.safe:
        yield f"the run is over: {what}"
        yield _of_safe(game)
        return
    if not judged.won:
        yield f"the run is over: {what}; not the goal"
        yield "back undoes a step, rescue goes to where the goal was last in reach"
        return
    yield f"goal reached: {what}"
    game.solved = True
    schedule = schedule_text(game)
    if schedule not in game.saved:
        game.saved.add(schedule)
        if game.scored:
            yield from (f"{label}: {text}" for label, text in par_lines(game.proof))
        yield from _stored(library.save(game))
        yield from debrief_lines(game.level)


def _of_safe(game: Game) -> str:
    """What one run means where all of them are to be proved safe."""
    if reached(game.machine, game.session.now):
        return "so it is not safe"
    return "that was one schedule of many; claim safe says that none reaches it, back undoes a step"


def claimed_lines(game: Game, library: Library, settled: Settled) -> Iterator[str]:
    """What is to be said after a claim that is right; it is stored the first time it is told."""
    if SAFE not in game.saved:
        game.saved.add(SAFE)
        yield from _stored(library.save_claim(game, settled))
        if game.level.goal.safe:
            game.solved = True
            yield from debrief_lines(game.level)
    yield left_out_sentence(game.level)


def _stored(saved: Saved) -> Iterator[str]:
    yield saved.sentence
    if saved.replay:
        yield from saved.replay.splitlines()


def unfinished_lines(game: Game) -> Iterator[str]:
    """The run so far, so that nothing is lost when the game is left."""
    if game.session.now.steps:
        yield f"your run of {game.level.id} so far, to be typed again: {schedule_text(game)}"
